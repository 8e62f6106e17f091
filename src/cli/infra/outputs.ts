import { MartyError, type Problem } from '../../errors';
import { isRecord } from '../../spec/frozen';
import { checkInfrastructure, type Infrastructure } from '../../spec/infrastructure';

/** A file of outputs, and how it is called in messages. */
export interface OutputsFile { readonly text: string; readonly subject: string }

/** The output `infrastructure` of one stack, of which, and in which file. */
interface Found { readonly stack: string | undefined; readonly value: unknown; readonly subject: string }

/**
 * Reads what `terraform output -json` printed of each stack, or what `cdktf deploy --outputs-file` wrote, where every stack has its own.
 *
 * @param environment the environment of a stack that does not name one.
 * @returns what each environment was given.
 * @throws INPUT_INVALID with everything that is wrong with it.
 */
export function infrastructuresOf(files: readonly OutputsFile[], environment: string | undefined): Readonly<Record<string, Infrastructure>> {
  const found = files.flatMap(foundIn);
  const subjects = files.map(({ subject }) => subject).join(', ');
  const problems: Problem[] = [];
  const made: Record<string, Infrastructure> = {};
  const first: Record<string, string> = {};
  for (const { stack: named, value, subject } of found) {
    const infrastructure = checkInfrastructure(value, named === undefined ? subject : `${subject}: the stack ${named}`);
    const stack = named ?? (files.length > 1 ? subject : undefined);
    const name = found.length === 1 && environment !== undefined ? environment : infrastructure.environment ?? named;
    if (name === undefined) {
      problems.push({ path: 'environment', message: 'is missing; name the environment with --environment, or give the stack one' });
    } else if (Object.hasOwn(made, name)) {
      const clashes = clashesOf(made[name], infrastructure, first[name]);
      problems.push(...clashes.map(message => ({ path: stack ?? name, message: `is for ${name} as ${first[name]} is, and ${message}` })));
      if (clashes.length === 0) made[name] = merged(made[name], infrastructure);
    } else {
      [made[name], first[name]] = [{ ...infrastructure, environment: name }, stack ?? name];
    }
  }
  if (environment !== undefined && found.length > 1) problems.push({ path: '--environment', message: `names one, but there are ${found.length} stacks: ${found.map(({ stack, subject }) => stack ?? subject).join(', ')}` });
  if (problems.length) throw new MartyError('INPUT_INVALID', `${subjects} cannot be used:`, { problems });
  return made;
}

/** Why two stacks cannot be of one environment. */
function clashesOf(one: Infrastructure, other: Infrastructure, first: string): string[] {
  const place = ({ account, region, cluster }: Infrastructure) => `${cluster.name} of Kubernetes ${cluster.kubernetes} in ${region} of ${account}`;
  const [of, wanted] = [place(other), place(one)];
  if (of !== wanted) return [`of the cluster ${of}, expected ${wanted}; correct it, or give one of them another environment`];
  return [
    ...Object.keys(other.stores).filter(store => Object.hasOwn(one.stores, store)).map(store => `has ${store}, which ${first} has too; let one of them make it`),
    ...Object.entries(other.dns?.zones ?? {})
      .filter(([zone, { id }]) => one.dns && Object.hasOwn(one.dns.zones, zone) && one.dns.zones[zone].id !== id)
      .map(([zone]) => `has a zone called ${zone}, as ${first} has another; call one of them otherwise`),
    ...one.topics && other.topics && one.topics.prefix !== other.topics.prefix
      ? [`has topics that begin with ${other.topics.prefix}, expected ${one.topics.prefix}; say the same prefix in the topics of both`] : [],
  ];
}

/** What several stacks made for one environment. */
function merged(one: Infrastructure, other: Infrastructure): Infrastructure {
  const dns = one.dns && other.dns
    ? { zones: { ...one.dns.zones, ...other.dns.zones }, certificates: { ...one.dns.certificates, ...other.dns.certificates } }
    : one.dns ?? other.dns;
  return {
    ...other, ...one, ...dns && { dns }, stores: { ...one.stores, ...other.stores },
    cluster: { ...one.cluster, zones: Math.max(one.cluster.zones, other.cluster.zones) },
    network: { ...one.network, data: [...new Set([...one.network.data, ...other.network.data])] },
  };
}

function parsed(text: string, subject: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new MartyError('INPUT_INVALID', `${subject}: is no JSON${text.trim() === '' ? ', it is empty' : ''}; expected what \`terraform output -json\` prints`, { cause });
  }
}

/** @throws INPUT_INVALID where a file tells of no stack with a cluster. */
function foundIn({ text, subject }: OutputsFile): Found[] {
  const json = parsed(text, subject);
  if (isRecord(json)) {
    const own = json.infrastructure;
    if (isRecord(own)) return [{ stack: undefined, value: 'value' in own && 'type' in own ? own.value : own, subject }];
    const stacks = Object.entries(json).flatMap(([stack, outputs]) => (
      isRecord(outputs) && isRecord(outputs.infrastructure) ? [{ stack, value: outputs.infrastructure, subject }] : []));
    if (stacks.length > 0) return stacks;
  }
  const names = isRecord(json) ? Object.keys(json) : [];
  throw new MartyError('INPUT_INVALID', `${subject}: has no output named infrastructure${names.length ? `, only ${names.join(', ')}` : ''}; expected what \`terraform output -json\` prints, or \`cdktf deploy --outputs-file\` writes, of a stack with a cluster`);
}
