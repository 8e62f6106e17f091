import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack, type TerraformResource } from 'cdktf';
import { EksStack } from '../lib/cloud/aws';
import type { BlockSchema, ProviderSchema } from '../lib/cloud/validate/knowledge';
import { clusterOf } from '../examples/aws/complete/clusters';
import { services } from '../examples/aws/complete/fleet';

type Json = Readonly<Record<string, unknown>>;
interface Written { readonly resource: Readonly<Record<string, Readonly<Record<string, Json>>>>; readonly data: Written['resource']; readonly output: Readonly<Record<string, Json>> }
type Make = new (scope: TerraformStack, id: string, config: object) => TerraformResource;

const load = createRequire(__filename);
const schema = load('../lib/cloud/aws/schema.json') as ProviderSchema;

/** The stack of the complete example, from constructs to bytes. */
function ours(app: App): void {
  new EksStack(app, 'production', {
    account: '333333333333', environment: 'production', region: 'eu-central-1', state: 'local',
    network: { cidr: '10.30.0.0/16', zones: ['a', 'b', 'c'], internet: { reason: 'images from elsewhere' } },
    cluster: clusterOf('production'), services, topics: {},
    buckets: { accessLogs: { 'eu-central-1': 'acme-logs-frankfurt', 'eu-west-1': 'acme-logs-dublin' }, replica: { region: 'eu-west-1' } },
  });
  app.synth();
}

/** A reference to an attribute of another resource, made as people make it: by the construct of that resource. */
interface Reference { readonly address: string; readonly attribute: string }
type Prepared = (attributeOf: (reference: Reference) => string) => unknown;

/** The same resources as somebody would write them with cdktf alone: one construct for each, which refers to the others by their attributes. */
function peerOf(written: Written): (app: App) => void {
  const plain = new Map<string, { Construct: Make; name: string; prepared: Prepared }>((['resource', 'data'] as const).flatMap(kind => Object.entries(written[kind]).flatMap(([type, blocks]) => {
    const known = (kind === 'data' ? schema.data_source_schemas : schema.resource_schemas)[type]?.block ?? {};
    const Construct = constructOf(kind, type);
    return Object.entries(blocks).map(([name, { '//': _, ...body }]) => [`${kind === 'data' ? 'data.' : ''}${type}.${name}`, { Construct, name, prepared: prepare(camel(body, known)) }] as const);
  })));
  const outputs = Object.entries(written.output)
    .map(([name, { value, description }]) => ({ name, description: String(description), prepared: prepare(value) }));
  return app => {
    const stack = new TerraformStack(app, 'production');
    new AwsProvider(stack, 'aws', { region: 'eu-central-1', allowedAccountIds: ['333333333333'] });
    const made = new Map<string, TerraformResource>();
    const attributeOf = ({ address, attribute }: Reference) => constructAt(address).getStringAttribute(attribute);
    const constructAt = (address: string): TerraformResource => {
      const { Construct, name, prepared } = plain.get(address) ?? (() => { throw new Error(`${address} is not there`); })();
      const construct = made.get(address) ?? new Construct(stack, name, prepared(attributeOf) as object);
      if (!made.has(address)) construct.overrideLogicalId(name);
      made.set(address, construct);
      return construct;
    };
    for (const address of plain.keys()) constructAt(address);
    for (const { name, prepared, description } of outputs) {
      new TerraformOutput(stack, name, { value: prepared(attributeOf), description, staticId: true });
    }
    app.synth();
  };
}

const referring = /\$\{((?:data\.)?aws_\w+\.[\w-]+)\.([a-z_]+)\}/g;

/** What can be told of a value beforehand, so that only making it is timed. */
function prepare(value: unknown): Prepared {
  if (typeof value === 'string') {
    const parts: (string | Reference)[] = [];
    let at = 0;
    for (const match of value.matchAll(referring)) {
      parts.push(value.slice(at, match.index), { address: match[1], attribute: match[2] });
      at = match.index + match[0].length;
    }
    if (parts.length === 0) return () => value;
    parts.push(value.slice(at));
    return attributeOf => parts.map(part => (typeof part === 'string' ? part : attributeOf(part))).join('');
  }
  if (Array.isArray(value)) {
    const items = value.map(prepare);
    return attributeOf => items.map(item => item(attributeOf));
  }
  if (typeof value !== 'object' || value === null) return () => value;
  const entries = Object.entries(value).map(([key, item]) => [key, prepare(item)] as const);
  return attributeOf => Object.fromEntries(entries.map(([key, item]) => [key, item(attributeOf)]));
}

function constructOf(kind: 'resource' | 'data', type: string): Make {
  const words = type.replace(/^aws_/, '').split('_');
  const name = `${kind === 'data' ? 'DataAws' : ''}${words.map(word => word[0].toUpperCase() + word.slice(1)).join('')}`;
  const module = load(`@cdktf/provider-aws/lib/${kind === 'data' ? 'data-aws-' : ''}${words.join('-')}`) as Record<string, Make>;
  // Some names would be those of other constructs.
  return module[name] ?? module[`${name}A`];
}

/** Names of arguments as cdktf has them; keys of maps stay what they are. */
function camel(body: Json, { attributes = {}, block_types: blocks = {} }: BlockSchema): Json {
  return Object.fromEntries(Object.entries(body).map(([key, value]) => {
    const name = key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    if (key === 'depends_on') return [name, (value as string[]).map(fqn => ({ fqn }))];
    if (key === 'lifecycle') return [name, camel(value as Json, { block_types: {}, attributes: {} })];
    const nested = blocks[key]?.block;
    if (!nested || key in attributes) return [name, value];
    return [name, Array.isArray(value) ? value.map(each => camel(each as Json, nested)) : camel(value as Json, nested)];
  }));
}

function synthesized(make: (app: App) => void): { ms: number; written: Written } {
  const outdir = mkdtempSync(join(tmpdir(), 'marty-bench-'));
  try {
    const start = performance.now();
    make(new App({ outdir }));
    const ms = performance.now() - start;
    return { ms, written: JSON.parse(readFileSync(join(outdir, 'stacks/production/cdk.tf.json'), 'utf8')) as Written };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The resources alone: what cdktf says about where they come from differs. */
const resourcesOf = ({ resource, data }: Written) => JSON.stringify([resource, data].map(kind => Object.entries(kind).map(([type, blocks]) => [
  type, Object.entries(blocks).map(([name, { '//': _, ...body }]) => [name, body]),
])));

const [which] = process.argv.slice(2);
const first = synthesized(ours);
const make = which === 'ours' ? ours : peerOf(first.written);
const { ms, written } = synthesized(make);
if (resourcesOf(written) !== resourcesOf(first.written)) throw new Error(`${which}: wrote other resources`);
process.stdout.write(JSON.stringify({ ms, resources: Object.values(written.resource).reduce((sum, blocks) => sum + Object.keys(blocks).length, 0) }));
