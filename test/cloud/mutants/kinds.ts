import { isJson, sitesIn, textsIn, type Json, type Site, type TextSite } from './sites';
import type { Random } from './random';
import type { AttributeSchema, NestedBlockSchema, ProviderKnowledge, TerraformType } from '../../../src/cloud/validate/knowledge';
import { referencesIn } from '../../../src/cloud/validate/references';
import type { TerraformJson } from '../../../src/cloud/validate/stack';

/** A stack to break, and what to break it with. */
export interface World {
  readonly json: TerraformJson;
  readonly knowledge: ProviderKnowledge;
  readonly random: Random;
}

/** Breaks one thing and says what; nothing where the stack has nothing of the kind. */
export type Kind = (world: World) => string | undefined;

const sites = ({ json, knowledge }: World, fits: (site: Site) => boolean = () => true) => sitesIn(json, knowledge.schema).filter(fits);
const isBlock = ({ kind, at }: Site) => at === '' && kind !== 'provider';
const isResource = ({ kind, at }: Site) => at === '' && kind === 'resource';
const where = ({ address, at }: { address: string; at: string }, key = '') => [address, [at, key].filter(Boolean).join('.')].filter(Boolean).join(' ');

/** Chooses a site and a key of it. */
function choose(world: World, keys: (site: Site) => readonly string[], fits?: (site: Site) => boolean): { site: Site; key: string } | undefined {
  const site = world.random.pick(sites(world, fits).filter(candidate => keys(candidate).length > 0));
  const key = site && world.random.pick(keys(site));
  return site && key !== undefined ? { site, key } : undefined;
}

const settable = ({ computed, optional, required }: AttributeSchema) => Boolean(optional || required || !computed);
const givenAttributes = (fits: (schema: AttributeSchema) => boolean) => ({ body, schema }: Site) => Object.entries(schema.attributes ?? {})
  .filter(([name, attribute]) => body[name] !== undefined && body[name] !== null && fits(attribute)).map(([name]) => name);
const isSingle = ({ body }: Site) => body.count === undefined && body.for_each === undefined;
const hasAttribute = (name: string) => ({ schema }: Site) => name in (schema.attributes ?? {});
const givenBlocks = (fits: (block: NestedBlockSchema) => boolean) => ({ body, schema }: Site) => Object.entries(schema.block_types ?? {})
  .filter(([name, block]) => body[name] && fits(block)).map(([name]) => name);
const attributesOf = (fits: (schema: AttributeSchema) => boolean) => ({ schema }: Site) => Object.entries(schema.attributes ?? {})
  .filter(([, attribute]) => fits(attribute)).map(([name]) => name);
const absentAttributes = (fits: (schema: AttributeSchema) => boolean) => ({ body, schema }: Site) => Object.entries(schema.attributes ?? {})
  .filter(([name, attribute]) => body[name] === undefined && fits(attribute)).map(([name]) => name);
const isKnownName = (schema: Site['schema'], name: string) => name in (schema.attributes ?? {}) || name in (schema.block_types ?? {});

function misspell(word: string, random: Random): string {
  const at = 1 + random.below(Math.max(1, word.length - 2));
  const [before, after] = [word.slice(0, at), word.slice(at + 1)];
  return random.pick([before + after, `${before}${word[at]}${word[at]}${after}`, `${before}x${after}`]) ?? word;
}

const rename = (body: Json, from: string, to: string) => {
  body[to] = body[from];
  delete body[from];
};

function unfit(type: TerraformType | undefined, random: Random): unknown {
  const kind = typeof type === 'string' ? type : type?.[0];
  const wrong: Readonly<Record<string, readonly unknown[]>> = {
    string: [['a'], { a: 'b' }], number: ['many', true, ['1']], bool: ['perhaps', 3, [true]], list: ['a', 1, { a: 'b' }], set: ['a', 1, { a: 'b' }], map: ['a', 1, ['a']],
  };
  return random.pick(wrong[kind ?? ''] ?? []);
}

type Change = (text: TextSite, reference: string) => string | undefined;

/** Puts something else in the place of a reference inside of a text. */
function rewrite({ random, json }: World, fits: (text: TextSite) => boolean, change: Change): string | undefined {
  const text = random.pick(textsIn(json).filter(fits));
  if (!text) return undefined;
  const reference = random.pick(referencesIn(text.text).filter(({ kind }) => kind === 'resource' || kind === 'data'));
  const changed = reference && change(text, reference.address);
  if (changed === undefined || changed === text.text) return undefined;
  text.holder[text.key] = changed;
  return `${where(text)}: ${changed}`;
}

const refersToBlock = ({ text }: TextSite) => referencesIn(text).some(({ kind }) => kind === 'resource' || kind === 'data');

/** A chain of references, from one block over others to the last. */
function chain({ json, random }: World): string[] {
  const to = new Map<string, string[]>();
  for (const { address, text } of textsIn(json)) {
    to.set(address, [...to.get(address) ?? [], ...referencesIn(text).filter(({ kind }) => kind === 'resource').map(reference => reference.address)]);
  }
  const path = [random.pick([...to.keys()].filter(address => (to.get(address) ?? []).length > 0)) ?? ''];
  for (let steps = 1 + random.below(3); steps > 0; steps--) {
    const next = random.pick((to.get(path[path.length - 1]) ?? []).filter(address => !path.includes(address)));
    if (next === undefined) break;
    path.push(next);
  }
  return path;
}

const bodyOf = ({ json }: World, address: string): Json | undefined => {
  const [name, type, kind] = address.split('.').reverse();
  return (kind === 'data' ? json.data : json.resource)?.[type]?.[name] as Json | undefined;
};
const variablesOf = ({ json }: World): Json => {
  const whole = json as Json;
  whole.variable ??= {};
  return whole.variable as Json;
};
const addTo = (body: Json, name: string, ...members: readonly unknown[]) => {
  body[name] = [...[body[name] ?? []].flat(), ...members];
};

/** Ways to break a stack that Terraform refuses by the schema and by what expressions say. */
export const kinds: Readonly<Record<string, Kind>> = {
  'misspelt argument': world => {
    const chosen = choose(world, ({ body, schema }) => Object.keys(body).filter(name => name !== '//' && name.length > 2 && isKnownName(schema, name)));
    if (!chosen) return undefined;
    const to = misspell(chosen.key, world.random);
    if (isKnownName(chosen.site.schema, to)) return undefined;
    rename(chosen.site.body, chosen.key, to);
    return where(chosen.site, to);
  },
  'unknown argument': world => {
    const site = world.random.pick(sites(world, isBlock));
    if (!site) return undefined;
    site.body.no_such_argument = 'x';
    return where(site);
  },
  'unknown nested argument': world => {
    const site = world.random.pick(sites(world, ({ at, kind }) => at !== '' && kind !== 'provider'));
    if (!site) return undefined;
    site.body.no_such_argument = true;
    return where(site);
  },
  'wrong type': world => {
    const chosen = choose(world, givenAttributes(attribute => settable(attribute) && attribute.type !== undefined));
    const value = chosen && unfit(chosen.site.schema.attributes?.[chosen.key]?.type, world.random);
    if (!chosen || value === undefined) return undefined;
    chosen.site.body[chosen.key] = value;
    return `${where(chosen.site, chosen.key)}: ${JSON.stringify(value)}`;
  },
  'expression of a wrong type': world => {
    const chosen = choose(world, givenAttributes(({ type, ...attribute }) => settable(attribute) && Array.isArray(type) && type[0] !== 'object'), isResource);
    const other = world.random.pick(sites(world, site => isResource(site) && site.address !== chosen?.site.address && hasAttribute('arn')(site) && isSingle(site)));
    if (!chosen || !other) return undefined;
    chosen.site.body[chosen.key] = `\${${other.address}.arn}`;
    return where(chosen.site, chosen.key);
  },
  'missing argument': world => {
    const chosen = choose(world, givenAttributes(({ required }) => Boolean(required)));
    if (!chosen) return undefined;
    delete chosen.site.body[chosen.key];
    return where(chosen.site, chosen.key);
  },
  'too many blocks': world => {
    const chosen = choose(world, givenBlocks(block => block.max_items === 1));
    if (!chosen) return undefined;
    const first = [chosen.site.body[chosen.key]].flat()[0];
    chosen.site.body[chosen.key] = [first, first];
    return where(chosen.site, chosen.key);
  },
  'missing block': world => {
    const chosen = choose(world, givenBlocks(block => Boolean(block.min_items)));
    if (!chosen) return undefined;
    delete chosen.site.body[chosen.key];
    return where(chosen.site, chosen.key);
  },
  'block given as a value': world => {
    const chosen = choose(world, givenBlocks(() => true));
    if (!chosen) return undefined;
    chosen.site.body[chosen.key] = world.random.pick(['on', true, 5]);
    return where(chosen.site, chosen.key);
  },
  'value given as a block': world => {
    const chosen = choose(world, givenAttributes(({ type, ...attribute }) => settable(attribute) && typeof type === 'string'));
    if (!chosen) return undefined;
    chosen.site.body[chosen.key] = [{ value: chosen.site.body[chosen.key] }];
    return where(chosen.site, chosen.key);
  },
  'read-only argument': world => {
    const chosen = choose(world, absentAttributes(attribute => !settable(attribute) && attribute.type === 'string'));
    if (!chosen) return undefined;
    chosen.site.body[chosen.key] = 'x';
    return where(chosen.site, chosen.key);
  },
  'dangling reference': world => rewrite(world, refersToBlock, ({ text }, address) => text.replaceAll(address, `${address}_gone`)),
  'misspelt reference': world => rewrite(world, refersToBlock, ({ text }, address) => {
    const name = address.slice(address.lastIndexOf('.') + 1);
    const to = `${address.slice(0, -name.length)}${misspell(name, world.random)}`;
    return bodyOf(world, to) ? undefined : text.replaceAll(address, to);
  }),
  'reference to an unknown type': world => rewrite(world, refersToBlock, ({ text }, address) => text.replaceAll(address, address.replace(/aws_/, 'aws_no_such_'))),
  'reference to a missing attribute': world => rewrite(
    world,
    ({ text }) => /\baws_\w+\.[\w-]+(\[\d+\])?\.\w+/.test(text),
    ({ text }) => text.replace(/(\baws_\w+\.[\w-]+(?:\[[^\]]+\])?)\.(\w+)/, '$1.$2_gone'),
  ),
  'index on a single block': world => rewrite(world, refersToBlock, ({ text }, address) => {
    const body = bodyOf(world, address);
    return !body || body.count !== undefined || body.for_each !== undefined ? undefined : text.replaceAll(`${address}.`, `${address}[0].`);
  }),
  'missing index': world => rewrite(world, ({ text }) => /(aws_\w+\.[\w-]+)\[[^\]]+\]\./.test(text), ({ text }) => text.replace(/(aws_\w+\.[\w-]+)\[[^\]]+\]\./, '$1.')),
  'unknown type': world => {
    const site = world.random.pick(sites(world, isBlock));
    const section = site && world.json[site.kind as 'resource' | 'data'];
    if (!site || !section) return undefined;
    const type = `${misspell(site.type, world.random)}q`;
    (section as Record<string, unknown>)[type] = { mutant: site.body };
    return `${site.kind} ${type}`;
  },
  'cycle': world => {
    const path = chain(world);
    const last = path.length > 1 ? bodyOf(world, path[path.length - 1]) : undefined;
    if (!last) return undefined;
    addTo(last, 'depends_on', path[0]);
    return [...path, path[0]].join(' → ');
  },
  'cycle by a value': world => {
    const path = chain(world);
    const last = sites(world, site => path.length > 1 && isResource(site) && site.address === path[path.length - 1] && hasAttribute('tags')(site))[0];
    const first = sites(world, site => isBlock(site) && site.address === path[0] && hasAttribute('id')(site) && isSingle(site))[0];
    if (!last || !first) return undefined;
    last.body.tags = { ...isJson(last.body.tags) ? last.body.tags : {}, mutant: `\${${path[0]}.id}` };
    return [...path, path[0]].join(' → ');
  },
  'self-reference': world => {
    const texts = givenAttributes(({ type, ...attribute }) => settable(attribute) && type === 'string');
    const chosen = choose(world, texts, site => isResource(site) && hasAttribute('id')(site) && isSingle(site));
    if (!chosen) return undefined;
    chosen.site.body[chosen.key] = `\${${chosen.site.address}.id}`;
    return where(chosen.site, chosen.key);
  },
  'unknown function': world => rewrite(world, ({ text }) => /^\$\{[^{}]*\}$/.test(text), ({ text }) => `\${no_such_function(${text.slice(2, -1)})}`),
  'wrong number of values': world => rewrite(world, ({ text }) => /^\$\{[^{}]*\}$/.test(text), ({ text }) => `\${cidrsubnet(${text.slice(2, -1)})}`),
  'broken expression': world => rewrite(world, refersToBlock, ({ text }) => world.random.pick(['$1', '$1 +}', '$1 ++}', '$1.}'].map(broken => text.replace(/^(.*?\$\{[^{}]*)\}/s, broken)))),
  'ignored argument that does not exist': world => {
    const site = world.random.pick(sites(world, isResource));
    if (!site) return undefined;
    site.body.lifecycle = { ignore_changes: [misspell('description', world.random), 'no_such_argument'] };
    return where(site);
  },
  'unknown lifecycle argument': world => {
    const site = world.random.pick(sites(world, isResource));
    if (!site) return undefined;
    site.body.lifecycle = { ...isJson(site.body.lifecycle) ? site.body.lifecycle : {}, [world.random.pick(['prevent_destruction', 'ignore_change', 'create_before_destory']) ?? '']: true };
    return where(site);
  },
  'dependency that does not exist': world => {
    const site = world.random.pick(sites(world, isBlock));
    if (!site) return undefined;
    addTo(site.body, 'depends_on', world.random.pick(['aws_vpc.no_such_network', `${site.type}.${site.name}_gone`, 'data.aws_region.gone']));
    return where(site, 'depends_on');
  },
  'dependency on an attribute': world => {
    const site = world.random.pick(sites(world, isBlock));
    const other = world.random.pick(sites(world, candidate => isResource(candidate) && candidate.address !== site?.address));
    if (!site || !other) return undefined;
    addTo(site.body, 'depends_on', `${other.address}.id`);
    return where(site, 'depends_on');
  },
  'bad argument of a provider': world => {
    const site = world.random.pick(sites(world, ({ kind }) => kind === 'provider'));
    if (!site) return undefined;
    site.body[world.random.pick(['regoin', 'no_such_argument', 'tag']) ?? ''] = 'x';
    return where(site);
  },
  'unknown provider': world => {
    const site = world.random.pick(sites(world, isResource));
    if (!site) return undefined;
    site.body.provider = 'aws.nowhere';
    return where(site);
  },
  'variable that does not exist': world => rewrite(world, refersToBlock, ({ text }) => text.replace(/\$\{.*\}/s, '${var.no_such_variable}')),
  'local that does not exist': world => rewrite(world, refersToBlock, ({ text }) => text.replace(/\$\{.*\}/s, '${local.no_such_local}')),
  'each without for_each': world => rewrite(world, ({ address, text }) => refersToBlock({ text } as TextSite) && !bodyOf(world, address)?.for_each, ({ text }) => text.replace(/\$\{.*\}/s, '${each.key}')),
  'index without count': world => rewrite(world, ({ address, text }) => refersToBlock({ text } as TextSite) && bodyOf(world, address)?.count === undefined, ({ text }) => text.replace(/\$\{.*\}/s, '${count.index}')),
  'self outside of a provisioner': world => rewrite(world, refersToBlock, ({ text }) => text.replace(/\$\{.*\}/s, '${self.id}')),
  'count beside for_each': world => {
    const site = world.random.pick(sites(world, isResource));
    if (!site) return undefined;
    Object.assign(site.body, { count: 1, for_each: { a: 'a' } });
    return where(site);
  },
  'wrong for_each': world => {
    const site = world.random.pick(sites(world, candidate => isResource(candidate) && candidate.body.count === undefined));
    if (!site) return undefined;
    site.body.for_each = world.random.pick([['a', 'b'], 'text', 5]);
    return where(site);
  },
  'ephemeral value that would be kept': world => {
    const chosen = choose(world, givenAttributes(({ write_only: writeOnly, type, ...attribute }) => settable(attribute) && !writeOnly && type === 'string'), isResource);
    if (!chosen) return undefined;
    variablesOf(world).mutant = { type: 'string', ephemeral: true };
    chosen.site.body[chosen.key] = '${var.mutant}';
    return where(chosen.site, chosen.key);
  },
  'ephemeral value that is put out': world => {
    const [name, output] = world.random.pick(Object.entries(world.json.output ?? {})) ?? [];
    if (!output) return undefined;
    variablesOf(world).mutant = { type: 'string', ephemeral: true };
    (output as Json).value = '${upper(var.mutant)}';
    return `output.${name}`;
  },
  'unknown argument of an output': world => {
    const [name, output] = world.random.pick(Object.entries(world.json.output ?? {})) ?? [];
    if (!output) return undefined;
    (output as Json).no_such_argument = 'x';
    return `output.${name}`;
  },
  'output of something that is not there': world => {
    const [name, output] = world.random.pick(Object.entries(world.json.output ?? {})) ?? [];
    if (!output) return undefined;
    (output as Json).value = world.random.pick(['${aws_vpc.gone.id}', '${no_such_function("a")}', '${local.gone}']);
    return `output.${name}`;
  },
};

/** Ways that Terraform lets pass, and that we do not. */
export const ownKinds: Readonly<Record<string, Kind>> = {
  'secret in the clear': world => {
    const chosen = choose(world, attributesOf(({ sensitive, type }) => Boolean(sensitive) && type === 'string'), isResource);
    if (!chosen) return undefined;
    chosen.site.body[chosen.key] = 'hunter2-hunter2';
    return where(chosen.site, chosen.key);
  },
  'output of a secret': world => {
    const secrets = attributesOf(({ sensitive, write_only: writeOnly }) => Boolean(sensitive) && !writeOnly);
    const chosen = choose(world, secrets, site => isResource(site) && isSingle(site));
    const output = world.random.pick(Object.values(world.json.output ?? {}));
    if (!chosen || !output) return undefined;
    (output as Json).value = `\${${chosen.site.address}.${chosen.key}}`;
    return where(chosen.site, chosen.key);
  },
  'value out of its rule': world => {
    const chosen = choose(world, site => givenAttributes(settable)(site).filter(name => site.at === '' && world.knowledge.rules[site.type]?.values?.[name]));
    const rule = chosen && world.knowledge.rules[chosen.site.type]?.values?.[chosen.key];
    const value = rule && world.random.pick(['', '?', 'no such value', -1, 10 ** 9].filter(candidate => rule(candidate) !== undefined));
    if (!chosen || value === undefined) return undefined;
    chosen.site.body[chosen.key] = Array.isArray(chosen.site.body[chosen.key]) ? [value] : value;
    return `${where(chosen.site, chosen.key)}: ${JSON.stringify(value)}`;
  },
};
