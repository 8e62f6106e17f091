import { builtin } from './builtin';
import type { BlockSchema, ProviderKnowledge } from './knowledge';
import { isRecord } from './json-value';
import type { Arguments, Block, Finding, SynthesizedStack } from './stack';
import { closest } from '../../errors';

/** Something in a stack that may hold expressions, and that a finding can name. */
export interface Place {
  readonly kind: Block['kind'] | 'ephemeral' | 'output' | 'variable' | 'local' | 'module' | 'terraform';
  /** What expressions call it: `aws_vpc.network`, `local.zone`, `output.id`. */
  readonly address: string;
  /** The path of the construct, or the address where nothing tells. */
  readonly path: string;
  readonly type: string;
  readonly name: string;
  /** What it says; of a local its value. */
  readonly body: unknown;
}

/** A stack with what is known about its types. */
export interface JudgedStack {
  readonly stack: SynthesizedStack;
  readonly places: readonly Place[];
  readonly knowledge: readonly ProviderKnowledge[];
  placeAt(address: string): Place | undefined;
  /** The end of a message about an address that does not exist: which one was meant, or what there is. */
  meantBy(address: string): string;
  /** What is known of the provider of a type; nothing where the stack asks for another version. */
  providerOf(type: string): ProviderKnowledge | undefined;
  /** Whether the stack says that it uses a provider, by its local name. */
  requires(provider: string): boolean;
  /** The schema of a resource, a data source or a provider. */
  schemaOf(place: Place): BlockSchema | undefined;
}

/** The provider that a type belongs to by its name: `aws` of `aws_vpc`. */
export function prefixOf(type: string): string {
  const end = type.indexOf('_');
  return end < 0 ? type : type.slice(0, end);
}

/** Notes what is wrong with a place. */
export type Report = (rule: string, place: Place, at: string, message: string) => void;

/** A list of findings, and what adds to it. */
export function collector(): { readonly findings: Finding[]; readonly report: Report } {
  const findings: Finding[] = [];
  return { findings, report: (rule, { path, address }, at, message) => void findings.push({ rule, path, address, at, message }) };
}

/** Reads a stack for those who judge it by what is known. */
export function judgedStack(stack: SynthesizedStack, knowledge: readonly ProviderKnowledge[]): JudgedStack {
  const required = requiredVersions(stack);
  const usable = [builtin, ...knowledge.filter(({ name, version }) => allows(required[name], version))];
  const places = [...stack.blocks, ...otherPlaces(stack)];
  const byAddress = new Map(places.map(place => [place.address, place]));
  const byPrefix = new Map(usable.map(known => [known.name, known]));
  const providerOf = (type: string) => byPrefix.get(prefixOf(type));
  return {
    stack, places, knowledge: usable,
    placeAt: address => byAddress.get(address),
    meantBy: address => meantBy(address, places),
    providerOf,
    requires: provider => Object.hasOwn(required, provider) || stack.blocks.some(({ kind, type }) => kind === 'provider' && type === provider),
    schemaOf: ({ kind, type }) => {
      const schema = providerOf(type)?.schema;
      if (kind === 'resource') return own(schema?.resource_schemas, type)?.block;
      if (kind === 'data') return own(schema?.data_source_schemas, type)?.block;
      if (kind === 'ephemeral') return own(schema?.ephemeral_resource_schemas, type)?.block;
      return kind === 'provider' ? schema?.provider?.block : undefined;
    },
  };
}

function meantBy(address: string, places: readonly Place[]): string {
  const addresses = places.filter(({ kind }) => kind === 'resource' || kind === 'data' || kind === 'ephemeral').map(place => place.address);
  const type = address.slice(0, address.lastIndexOf('.') + 1);
  const alike = addresses.filter(other => other.startsWith(type));
  const meant = closest(address, alike) ?? closest(address, addresses);
  if (meant !== undefined) return `; did you mean ${meant}?`;
  return alike.length > 0 && alike.length <= 5 ? `, expected ${alike.join(', ')}` : '; add it to this stack, or remove the reference';
}

/** The entry of a record, and not what every object has. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

function otherPlaces({ json, name: stackName }: SynthesizedStack): Place[] {
  const paths = outputPaths(json['//'], stackName);
  const entries = (value: unknown) => Object.entries(isRecord(value) ? value : {});
  const section = (kind: 'output' | 'variable' | 'module', prefix: string) => entries(json[kind]).map(([name, body]): Place => {
    const address = `${prefix}.${name}`;
    const path = (kind === 'output' ? paths.get(name) : pathOf(body)) ?? address;
    return { kind, type: '', name, address, path, body: isRecord(body) ? withoutAbout(body) : body };
  });
  const ephemeral = entries(json.ephemeral).flatMap(([type, named]) => entries(named).map(([name, body]): Place => {
    const address = `ephemeral.${type}.${name}`;
    return { kind: 'ephemeral', type, name, address, path: pathOf(body) ?? address, body: isRecord(body) ? withoutAbout(body) : body };
  }));
  const locals = Object.entries(json.locals ?? {}).filter(([name]) => name !== '//')
    .map(([name, body]): Place => ({ kind: 'local', type: '', name, address: `local.${name}`, path: `local.${name}`, body }));
  const terraform: Place[] = json.terraform ? [{ kind: 'terraform', type: '', name: '', address: 'terraform', path: stackName, body: json.terraform }] : [];
  return [...ephemeral, ...section('output', 'output'), ...section('variable', 'var'), ...section('module', 'module'), ...locals, ...terraform];
}

function withoutAbout({ '//': _, ...body }: Arguments): Arguments {
  return body;
}

function pathOf(body: unknown): string | undefined {
  const about = isRecord(body) && isRecord(body['//']) ? body['//'].metadata : undefined;
  return isRecord(about) && typeof about.path === 'string' ? about.path : undefined;
}

/** cdktf tells the constructs of outputs as a tree of ids that ends in the names of the outputs. */
function outputPaths(about: unknown, stackName: string): Map<string, string> {
  const paths = new Map<string, string>();
  const visit = (tree: unknown, path: readonly string[]): void => {
    if (typeof tree === 'string') paths.set(tree, (path.length ? path : [stackName, tree]).join('/'));
    else if (isRecord(tree)) for (const [id, inner] of Object.entries(tree)) visit(inner, [...path, id]);
  };
  if (isRecord(about)) visit(about.outputs, []);
  return paths;
}

function requiredVersions({ json }: SynthesizedStack): Readonly<Record<string, string | undefined>> {
  const required = json.terraform?.required_providers;
  const all = (Array.isArray(required) ? required as unknown[] : [required]).filter(isRecord);
  return Object.fromEntries(all.flatMap(entry => Object.entries(entry)).map(([name, wanted]) => {
    const version = isRecord(wanted) ? wanted.version : wanted;
    return [name, typeof version === 'string' ? version : undefined];
  }));
}

/** Whether a constraint such as `~> 6.25, < 7` takes a version. */
function allows(constraint: string | undefined, version: string): boolean {
  const numbers = (text: string) => text.split('.').map(Number);
  const compare = (a: readonly number[], b: readonly number[]) => [0, 1, 2].map(index => (a[index] ?? 0) - (b[index] ?? 0)).find(Boolean) ?? 0;
  return (constraint ?? '').split(',').map(part => part.trim()).filter(Boolean).every(part => {
    const [, sign = '=', wanted = ''] = /^(=|!=|>=|<=|>|<|~>)?\s*v?([\d.]+)$/.exec(part) ?? [];
    const order = compare(numbers(version), numbers(wanted));
    switch (sign) {
      case '=': return order === 0;
      case '!=': return order !== 0;
      case '>=': return order >= 0;
      case '<=': return order <= 0;
      case '>': return order > 0;
      case '<': return order < 0;
      default: return order >= 0 && numbers(wanted).slice(0, -1).every((number, index) => numbers(version)[index] === number);
    }
  });
}
