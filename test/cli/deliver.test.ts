import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthResultSchema } from '../../src/cli/synth/result';
import { contentOf, marty, petstore, removeFolders, write } from './_world';

afterAll(removeFolders);

const source = "repository: 'https://git.example/petstore/deploy.git', path: 'deploy'";

/** The petstore, told to whoever delivers it. */
function delivered(deliver: string): string {
  const folder = petstore();
  const main = readFileSync(join(folder, 'main.ts'), 'utf8');
  return write(folder, { 'main.ts': main.replace('synthesize(app)', `synthesize(app, { deliver: ${deliver} })`) });
}

describe('marty synth of an app that says who delivers it', () => {
  const clusters = "clusters: { 'dev': 'a', 'production': 'b', 'production-eu': 'c' }";
  const folder = delivered(`[{ tool: 'argo-cd', ${source}, ${clusters} }, { tool: 'flux', ${source} }]`);
  const result = (...args: readonly string[]) => synthResultSchema.parse(JSON.parse(marty(folder, ['synth', '--json', ...args]).out));

  test('writes both, environment by environment, and nothing the second time', () => {
    const { services } = result();
    expect(services.filter(({ service }) => service.endsWith('orders')).map(({ environment, service }) => `${environment} ${service}`).sort()).toEqual(
      ['dev', 'production', 'production-eu', 'staging'].flatMap(environment => ['_argo-cd/orders', '_flux/orders', 'orders'].map(service => `${environment} ${service}`)));
    const { 'deploy/_flux/dev/kustomization.yaml': index, 'deploy/dev/kustomization.yaml': plain } = contentOf(folder);
    expect(index).toBe(plain);
    expect(result().total.written).toBe(0);
  }, 120_000);

  test('of one environment leaves what delivers the others alone', () => {
    const before = contentOf(folder);
    expect(result('--env', 'dev').services.map(({ environment }) => environment)).toEqual(expect.not.arrayContaining(['staging']));
    expect(contentOf(folder)).toEqual(before);
  }, 60_000);
});

test('what is wrong with the delivery is told, and nothing is written', () => {
  const folder = delivered("{ tool: 'flux', repository: 'git.example', path: '../deploy', disposable: ['def'] }");
  const { exit, err } = marty(folder, ['synth']);
  expect(exit).toBe(3);
  expect(err).toContain('deliver.repository: is "git.example", expected the URL of a Git repository');
  expect(Object.keys(contentOf(folder)).filter(path => path.startsWith('deploy'))).toEqual([]);
}, 60_000);

test('environments that one cluster would be told of in one namespace are refused', () => {
  const folder = delivered(`{ tool: 'argo-cd', ${source}, clusters: { dev: 'a', staging: 'a' } }`);
  const { exit, err } = marty(folder, ['synth']);
  expect(exit).toBe(3);
  expect(err).toContain('deliver.clusters: sends dev, staging to the namespace petstore of a, where each would undo the other');
  expect(err).toContain('deliver.clusters: sends production-eu, production to the namespace petstore of in-cluster');
  expect(contentOf(folder)).not.toHaveProperty('deploy');
}, 60_000);
