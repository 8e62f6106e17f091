import { both, deploy, object, project, resultOf, staged, synth } from './_staged';
import { contentOf, emptyFolder, removeFolders, write } from './_world';

afterAll(removeFolders);

describe('an output folder with several writers', () => {
  test('refuses to write over a file that it did not write, and writes nothing at all', async () => {
    const folder = write(project(), { 'deploy/dev/web/configmap.yaml': 'mine' });
    const { exit, err } = await synth(folder, staged(both));
    expect(exit).toBe(3);
    expect(err).toContain('dev/web/configmap.yaml: is there already and was not written by us; move it away');
    expect(deploy(folder)).toEqual({ 'dev/web/configmap.yaml': 'mine' });
  });

  test('refuses a folder of another owner, and says whose it is', async () => {
    const [ours, theirs, out] = [project('shop'), project('bank'), emptyFolder()];
    await synth(ours, staged(['dev/web']), ['--out', out]);
    const before = contentOf(out);
    const { exit, err } = await synth(theirs, staged(['dev/web', 'dev/ledger'], 'bank'), ['--out', out]);
    expect(exit).toBe(3);
    expect(err).toContain('dev/web: belongs to "shop", not to "bank"');
    expect(contentOf(out)).toEqual(before);
  });

  test('holds the folders of two repositories, each of which removes only its own', async () => {
    const [ours, theirs, out] = [project('shop'), project('bank'), emptyFolder()];
    await synth(ours, staged(['dev/web', 'dev/orders']), ['--out', out]);
    await synth(theirs, staged(['dev/ledger', 'dev/cards'], 'bank'), ['--out', out]);
    expect(contentOf(out)['dev/kustomization.yaml']).toContain('- cards\n  - ledger\n  - orders\n  - web\n');
    await synth(ours, staged(['dev/web']), ['--out', out]);
    expect(contentOf(out)['dev/kustomization.yaml']).toContain('- cards\n  - ledger\n  - web\n');
    expect(Object.keys(contentOf(out)).some(path => path.startsWith('dev/orders'))).toBe(false);
  });

  test('takes --owner in place of the name in package.json, and leaves owners that the app names', async () => {
    const folder = project();
    const { services } = await resultOf(folder, { ...staged(['dev/web']), ...staged(['dev/cards'], 'bank') }, '--owner', 'team-a');
    expect(services.map(({ service, owner }) => [service, owner])).toEqual([['cards', 'bank'], ['web', 'team-a']]);
  });

  test('leaves the folders of the project alone when the app writes for another owner', async () => {
    const folder = project('shop');
    await synth(folder, staged(both));
    const before = deploy(folder);
    await synth(folder, staged(['dev/pr-42'], 'previews'));
    expect(deploy(folder)).toMatchObject(Object.fromEntries(Object.entries(before).filter(([path]) => !path.endsWith('kustomization.yaml'))));
    expect(Object.keys(deploy(folder)).some(path => path.startsWith('dev/pr-42/'))).toBe(true);
  });

  test('says which files were changed by hand: what is written again, and what is left to whoever changed it', async () => {
    const folder = project();
    await synth(folder, staged(both));
    write(folder, { 'deploy/dev/web/configmap.yaml': 'edited', 'deploy/prod/web/configmap.yaml': 'edited' });
    const { err } = await synth(folder, staged(['dev/orders', 'dev/web', 'prod/orders']));
    expect(err).toContain('dev/web/configmap.yaml was changed by hand and is written again\n');
    expect(err).toContain('prod/web/configmap.yaml was changed by hand and is not removed; from now on it is yours\n');
    expect(err).toMatch(/^environment .* edited$/m);
    expect(deploy(folder)['dev/web/configmap.yaml']).toBe(object('dev-web'));
    expect(deploy(folder)['prod/web/configmap.yaml']).toBe('edited');
  });
});
