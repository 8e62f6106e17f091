import { isPlain } from './configuration';
import { environmentProblems, type PlatformSpec } from './environments';
import { schemaProblems } from './schema';
import type { Problem } from '../errors';

type Fields = Readonly<Record<string, unknown>>;
/** Something with a name, wherever it stands in a list; what has none is refused for that. */
interface Named { readonly index: number; readonly name: string; readonly fields: Fields }

/**
 * What a document refers to and does not hold, and what it holds twice. It looks at what was written, so that these problems
 * are told together with those of single fields.
 */
export function referenceProblems(document: Fields): Problem[] {
  const [services, topics, externals, contracts] = ['services', 'topics', 'externals', 'contracts'].map(list => namedIn(document[list]));
  const targets = new Map([...services, ...externals, ...contracts]
    .map(({ name, fields }) => [name, Object.keys(isPlain(fields.ports) ? fields.ports : {})]));
  return [
    ...Object.entries({ services, topics, externals, contracts }).flatMap(([list, all]) => twice(list, all)),
    ...services.flatMap(service => [...callProblems(service, targets), ...topicProblems(service, topics.map(({ name }) => name))]),
    ...topics.flatMap(({ index, fields: { message, ...rest } }) => [
      ...(isPlain(message) ? schemaProblems(message, `topics[${index}].message`) : []),
      ...(isPlain(document.platform) && isPlain(document.platform.environments) ? environmentProblems(document.platform as unknown as PlatformSpec, rest, `topics[${index}]`) : []),
    ]),
  ];
}

function namedIn(list: unknown): Named[] {
  return (Array.isArray(list) ? list : []).flatMap((fields: unknown, index) => (isPlain(fields) && typeof fields.name === 'string' ? [{ index, name: fields.name, fields }] : []));
}

function twice(list: string, all: readonly Named[]): Problem[] {
  return all.filter(({ name }, at) => all.findIndex(other => other.name === name) !== at)
    .map(({ index, name }) => ({ path: `${list}[${index}].name`, message: `is "${name}", which is the name of another one; each needs one of its own` }));
}

function callProblems({ index, fields }: Named, targets: ReadonlyMap<string, readonly string[]>): Problem[] {
  return Object.entries(isPlain(fields.calls) ? fields.calls : {}).flatMap(([alias, call]) => {
    if (!isPlain(call) || typeof call.service !== 'string') return [];
    const path = `services[${index}].calls.${alias}`;
    const ports = targets.get(call.service);
    if (!ports) return [{ path: `${path}.service`, message: `is "${call.service}", expected one of ${listed([...targets.keys()])}` }];
    return typeof call.port !== 'string' || ports.includes(call.port) ? [] : [{ path: `${path}.port`, message: `is "${call.port}", expected a port of ${call.service}: ${listed(ports)}` }];
  });
}

function topicProblems({ index, fields }: Named, topics: readonly string[]): Problem[] {
  return ['produces', 'consumes'].flatMap(field => Object.entries(isPlain(fields[field]) ? fields[field] : {})
    .filter(([, name]) => typeof name === 'string' && !topics.includes(name))
    .map(([alias, name]) => ({ path: `services[${index}].${field}.${alias}`, message: `is "${String(name)}", expected one of ${listed(topics)}` })));
}

const listed = (names: readonly string[]) => names.join(', ') || '(there is none)';
