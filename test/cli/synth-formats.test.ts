import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { synthResultSchema } from '../../src/cli/synth/result';
import { ownershipFile } from '../../src/synth/ownership';
import { both, deploy, project, staged, synth } from './_staged';
import { contentOf, removeFolders, write } from './_world';

afterAll(removeFolders);

const filesOf = (folder: string, format: string) => Object.keys(contentOf(join(folder, format))).filter(file => !file.endsWith(ownershipFile));

describe('marty synth --format', () => {
  test('writes base and overlays beside the plain manifests, with an index of each environment', async () => {
    const folder = project();
    const { exit, err } = await synth(folder, staged(both), ['--format', 'kustomize']);
    expect(exit).toBe(0);
    expect(filesOf(folder, 'kustomize')).toEqual([
      ...['dev', 'prod'].map(environment => `_environments/${environment}/kustomization.yaml`),
      ...['orders', 'web'].flatMap(service => ['dev', 'prod'].flatMap(environment => ['configmap.yaml', 'kustomization.yaml'].map(file => `${service}/overlays/${environment}/${file}`))),
    ]);
    expect(contentOf(join(folder, 'kustomize'))['_environments/dev/kustomization.yaml']).toContain('resources:\n  - "../../orders/overlays/dev"\n  - "../../web/overlays/dev"\n');
    expect(existsSync(join(folder, 'deploy'))).toBe(false);
    expect(err).toContain('environment  service  objects  written  kept  removed\ndev          orders         1        2     0        0\n');
  });

  test('writes a chart per service', async () => {
    const folder = project();
    const { out } = await synth(folder, staged(['dev/orders', 'prod/orders']), ['--format', 'helm', '--json']);
    expect(filesOf(folder, 'helm')).toEqual(['.helmignore', 'Chart.yaml', 'templates/configmap.yaml', 'values-dev.yaml', 'values-prod.yaml', 'values.schema.json', 'values.yaml'].map(file => `orders/${file}`));
    expect(synthResultSchema.parse(JSON.parse(out)).services.map(({ environment, service, objects }) => [environment, service, objects])).toEqual([['chart', 'orders', 0], ['templates', 'orders', 1]]);
  });

  test.each(['kustomize', 'helm'])('writes %s once, removes what is no more, and nothing else', async format => {
    const folder = project();
    await synth(folder, staged(both), ['--format', format]);
    write(folder, { [`${format}/notes.txt`]: 'mine' });
    const again = synthResultSchema.parse(JSON.parse((await synth(folder, staged(both), ['--format', format, '--json'])).out));
    expect(again.files).toEqual([]);
    await synth(folder, staged(['dev/orders', 'prod/orders']), ['--format', format]);
    expect(filesOf(folder, format).filter(file => file.includes('web'))).toEqual([]);
    expect(contentOf(join(folder, format))['notes.txt']).toBe('mine');
  });

  test('refuses a file in the way, and writes nothing then', async () => {
    const folder = write(project(), { 'kustomize/orders/overlays/dev/configmap.yaml': 'mine' });
    const { exit, err } = await synth(folder, staged(both), ['--format', 'kustomize']);
    expect([exit, filesOf(folder, 'kustomize')]).toEqual([3, ['orders/overlays/dev/configmap.yaml']]);
    expect(err).toContain('is there already and was not written by us');
  });

  test('only tells what would be done when it is asked to', async () => {
    const folder = project();
    const { out } = await synth(folder, staged(['dev/orders']), ['--format', 'helm', '--dry-run', '--out', 'charts']);
    expect(out).toContain('write  orders/Chart.yaml\n');
    expect(existsSync(join(folder, 'charts'))).toBe(false);
  });

  test('refuses the folder of another format, whose files would go', async () => {
    const folder = project();
    await synth(folder, staged(both));
    const before = deploy(folder);
    expect(await synth(folder, staged(both), ['--format', 'kustomize', '--out', 'deploy'])).toMatchObject({ exit: 2, err: expect.stringContaining('--out is deploy, the folder of the format plain, whose files would go') as string });
    expect(deploy(folder)).toEqual(before);
  });

  test('refuses an unknown format, and one of only some environments', async () => {
    const folder = project();
    expect(await synth(folder, staged(both), ['--format', 'jsonnet'])).toMatchObject({ exit: 2, err: expect.stringContaining('--format is jsonnet, expected plain, kustomize, helm') as string });
    expect(await synth(folder, staged(both), ['--format', 'helm', '--env', 'dev'])).toMatchObject({ exit: 2, err: expect.stringContaining('--format is helm for dev only, expected all environments') as string });
  });
});
