import { Identifiers } from './identifiers';
import { Code, literalOf, textOf } from './literal';
import { portsOf, serviceText, type Module } from './service-text';
import { fieldsAt, listAt, textAt, type Fields } from './value';
import { platformLines, type ImportResult } from './result';

/** A description as the TypeScript module that a user would have written; what it does not say stands above it. */
export function typescriptOf(result: ImportResult): string {
  const { description, differences, releases, environment, assumed } = result;
  const services = listAt(description, 'services');
  const [topics, externals] = [listAt(description, 'topics'), listAt(description, 'externals')];
  const { sorted, early } = callOrder(services);
  const module: Module = { identifiers: new Identifiers(), early, externals: new Set(externals.map(({ name }) => String(name))) };
  const of = (kind: Parameters<Identifiers['of']>[0], { name }: Fields) => module.identifiers.of(kind, String(name));
  const body = [
    `const platform = definePlatform(${literalOf({ name: textAt(description, 'platform', 'name'), environments: fieldsAt(description, 'platform', 'environments') })});\n`,
    ...topics.map(topic => `const ${of('topic', topic)} = ${topicText(topic)};\n`),
    ...externals.map(external => `const ${of('external', external)} = platform.external(${literalOf({ ...external, ports: portsOf(external.ports) })});\n`),
    ...services.filter(({ name }) => early.has(String(name))).map(service => `const ${of('contract', service)} = ${contractText(service)};\n`),
    ...sorted.map(service => serviceText(service, module)),
    `export const services = [${sorted.map(service => of('service', service)).join(', ')}];\n`,
  ].join('\n');
  const used = ['definePlatform', 'grpc', 'http', 'https', 'secret', 'tcp'].filter(word => new RegExp(`(?<![.\\w])${word}\\(`).test(body));
  return [
    ...comments('not expressed', differences),
    ...comments('of the platform', platformLines(result)),
    ...comments('assumed', assumed),
    `// releases/${environment}.json: ${JSON.stringify(releases)}\n`,
    ...(/\bz\.\w+\(/.test(body) ? ["import { z } from 'zod';\n"] : []),
    `import { ${used.join(', ')} } from 'marty-msf/spec';\n\n`,
    body,
  ].join('');
}

const comments = (title: string, lines: readonly string[]) => lines.map(line => `// ${title}: ${line.replace(/\s+/g, ' ')}\n`);

/** The topic, whose messages are known by nothing but the field that orders them. */
function topicText({ name, message: _, ...options }: Fields): string {
  const message = new Code(`z.object(${literalOf({ [String(options.key)]: new Code('z.unknown()') })})`);
  return `platform.topic(${textOf(String(name))}, ${literalOf({ message, ...options })})`;
}

function contractText({ name, ports, adopt }: Fields): string {
  return `platform.contract(${literalOf({ name, ports: portsOf(ports), ...(adopt === undefined ? {} : { adopt }) })})`;
}

/** The services in an order in which each stands behind those that it calls, and those that are called before they stand. */
function callOrder(services: readonly Fields[]): { sorted: Fields[]; early: Set<string> } {
  const sorted: Fields[] = [];
  const early = new Set<string>();
  const open = new Set<Fields>();
  const visit = (service: Fields): void => {
    if (sorted.includes(service)) return;
    if (open.has(service)) return void early.add(String(service.name));
    open.add(service);
    const called = Object.values(fieldsAt(service, 'calls')).map(call => textAt(call, 'service'));
    services.filter(({ name }) => called.includes(String(name))).forEach(visit);
    sorted.push(service);
  };
  services.forEach(visit);
  return { sorted, early };
}
