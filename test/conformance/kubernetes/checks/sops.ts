import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { App, Yaml } from 'cdk8s';
import { parse } from 'yaml';
import { PlatformChart } from '../../../../src/charts';
import { definePlatform, secret, type MicroserviceSpec } from '../../../../src/spec';
import { synthesize } from '../../../../src/synth';
import type { FoundJudge } from '../../judges/judge';
import { verdictOf, type Check, type Verdict } from '../../runner/check';
import { execute, removeScratch, scratchFolder, type Outcome } from '../../runner/processes';
import { parseManifests } from '../manifest';

/** What a user encrypts: fields in an order of their own, and more than the least. */
const metadata = { namespace: 'shop', name: 'api-secrets', labels: { zone: 'b', area: 'a' }, annotations: { 'acme.example/on': 'yes', 'acme.example/at': '2026-01-02' } };
const values = { 'secrets.token': 'line one\nline two\n', 'secrets.key': '0012', 'secrets.empty': '' };
const base64 = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));
const cases: readonly { readonly title: string; readonly plain: object; readonly options?: readonly string[] }[] = [
  { title: 'texts', plain: { kind: 'Secret', apiVersion: 'v1', type: 'Opaque', stringData: values, metadata } },
  { title: 'base64', plain: { apiVersion: 'v1', metadata, data: base64, immutable: true, kind: 'Secret' } },
  { title: 'as kubectl writes it', plain: { apiVersion: 'v1', data: base64, kind: 'Secret', metadata: { creationTimestamp: null, ...metadata } } },
  { title: 'with a MAC over what is encrypted only', plain: { apiVersion: 'v1', kind: 'Secret', metadata, stringData: values }, options: ['--mac-only-encrypted'] },
];

/** What SOPS encrypted comes out of both ways to synthesize so that SOPS decrypts it, and its MAC holds. */
export const sopsCheck: Check = {
  name: 'sops',
  judges: ['sops', 'age-keygen'],
  run: context => judge(context.judge('sops'), context.judge('age-keygen')),
};

async function* judge(sops: FoundJudge, keygen: FoundJudge): AsyncIterable<Verdict> {
  const folder = scratchFolder('sops');
  try {
    const key = join(folder, 'age.key');
    const { stdout, stderr } = await execute(keygen.path, ['-o', key]);
    const recipient = /age1[a-z0-9]+/.exec(stdout + stderr)?.[0] ?? '';
    const env = { ...process.env, SOPS_AGE_KEY_FILE: key };
    for (const [index, { title, plain, options = [] }] of cases.entries()) {
      const at = join(folder, String(index));
      mkdirSync(join(at, 'secrets/production'), { recursive: true });
      const clear = join(at, 'clear.yaml');
      writeFileSync(clear, Yaml.stringify(plain));
      const encrypted = await execute(sops.path, ['--encrypt', '--age', recipient, '--encrypted-regex', '^(data|stringData)$', ...options, clear], { env });
      const decrypt: Decrypt = async (name, text) => {
        writeFileSync(join(at, name), text);
        return execute(sops.path, ['decrypt', join(at, name)], { env });
      };
      yield verdictOf(sops, `a Secret ${title}`, 3, encrypted.code === 0 ? await problemsOf(at, encrypted.stdout, plain, decrypt) : [encrypted.stderr]);
    }
  } finally {
    removeScratch(folder);
  }
}

type Decrypt = (name: string, text: string) => Promise<Outcome>;

async function problemsOf(at: string, encrypted: string, plain: object, decrypt: Decrypt): Promise<string[]> {
  writeFileSync(join(at, 'secrets/production/api.yaml'), encrypted);
  const app = appWith(join(at, 'secrets'), join(at, 'deploy'));
  synthesize(app, { owner: 'conformance' });
  const file = readFileSync(join(at, 'deploy/production/api/secret-api-secrets.yaml'), 'utf8');
  const [other] = parseManifests(app.synthYaml() as string, 'cdk8s synth').filter(({ object }) => object.kind === 'Secret');
  const problems: string[] = [];
  for (const [name, text] of [['ours.yaml', file], ['cdk8s.yaml', other.text]]) {
    const { code, stdout, stderr } = await decrypt(name, text);
    if (code !== 0) problems.push(`${name}: it cannot be decrypted, ${stderr.trim()}`);
    else if (!isDeepStrictEqual(parse(stdout), plain)) problems.push(`${name}: it is decrypted to something else`);
  }
  // Without this, the judge would prove nothing: what cdk8s makes of other objects is refused by it.
  const sorted = sortedBelow(parse(file) as object);
  const refused = await decrypt('sorted.yaml', Yaml.stringify(sorted));
  if (refused.code === 0) problems.push('sorted.yaml: it is decrypted, expected a MAC that does not fit');
  return problems;
}

function appWith(secrets: string, outdir: string): App {
  const platform = definePlatform({ name: 'shop', environments: { production: { kubernetes: '1.37', domain: 'shop.example', secretStore: { kind: 'existing' } } } });
  const api = platform.microservice({
    name: 'api', team: 'web', image: 'ghcr.io/shop/api', secrets: { token: secret('token'), key: secret('key'), empty: secret('empty') },
  }) as unknown as MicroserviceSpec;
  const app = new App({ outdir });
  new PlatformChart(app, 'production', { environment: 'production', services: [api], releases: { api: '1.0.0' }, secrets });
  return app;
}

function sortedBelow(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inside]) => [key, sortedBelow(inside)]));
}
