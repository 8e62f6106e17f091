import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownershipFile } from '../../src/synth/ownership';
import { contentOf, marty, petstore, removeFolders, run, write } from './_world';

jest.setTimeout(60_000);
afterAll(removeFolders);

const environments = ['dev', 'production', 'production-eu', 'staging'];
const deploy = (folder: string) => contentOf(join(folder, 'deploy'));

/** The folders below the output that differ: `dev/web`, or `dev` for its index. */
function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(path => before[path] !== after[path]);
  return [...new Set(paths.map(path => path.split('/').slice(0, -1).join('/')))].sort();
}

/** Adds, renames or removes a service in every place of the project that names it. */
function edit(folder: string, fleet: (text: string) => string, releases: (versions: Record<string, string>) => void): void {
  writeFileSync(join(folder, 'fleet.ts'), fleet(readFileSync(join(folder, 'fleet.ts'), 'utf8')));
  for (const environment of environments) {
    const file = join(folder, 'releases', `${environment}.json`);
    const versions = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    releases(versions);
    writeFileSync(file, JSON.stringify(versions));
  }
}

describe('the petstore', () => {
  test('is written, and written again without a change; cdk8s writes the same, and fails where we fail', () => {
    const folder = petstore();
    const first = marty(folder, ['synth', '--json']);
    expect({ exit: first.exit, err: first.err }).toEqual({ exit: 0, err: '' });
    const ours = deploy(folder);
    expect([...new Set(Object.keys(ours).map(path => path.split('/')[0]))].sort()).toEqual(environments);
    expect(JSON.parse(marty(folder, ['synth', '--json']).out)).toMatchObject({ total: { written: 0, removed: 0, edited: 0 }, files: [] });

    const cdk8s = join(folder, 'node_modules', '.bin', 'cdk8s');
    expect(run(folder, cdk8s, ['synth']).exit).toBe(0);
    expect(deploy(folder)).toEqual(ours);
    expect(JSON.parse(marty(folder, ['synth', '--json']).out)).toMatchObject({ files: [] });

    write(folder, { 'releases/staging.json': '{ "orders": "latest" }' });
    const failed = marty(folder, ['synth']);
    expect(failed.exit).toBe(3);
    expect(failed.err).toMatch(/releases\/staging.json cannot be used:\n {2}orders: is "latest"/);
    expect(failed.err).not.toContain('    at ');
    expect(deploy(folder)).toEqual(ours);
    expect(run(folder, cdk8s, ['synth']).exit).not.toBe(0);
  });

  test('may gain, rename and lose a service that nobody calls: only its folders and the indexes change', () => {
    const folder = petstore();
    marty(folder, ['synth']);
    const before = deploy(folder);
    const service = (name: string) => `\nexport const ${name} = petstore.microservice({ name: '${name}', team: 'commerce', image: 'ghcr.io/petstore/${name}' });\nservices.push(${name} as never);\n`;
    const of = (...names: readonly string[]) => environments.flatMap(environment => [environment, ...names.map(name => `${environment}/${name}`)]).sort();

    edit(folder, text => text + service('mailer'), versions => { versions.mailer = '1.0.0'; });
    expect(marty(folder, ['synth']).err).toContain('written to');
    const added = deploy(folder);
    expect(changed(before, added)).toEqual(of('mailer'));

    edit(folder, text => text.replaceAll('mailer', 'postman'), versions => { versions.postman = versions.mailer; });
    marty(folder, ['synth']);
    const renamed = deploy(folder);
    expect(changed(added, renamed)).toEqual(of('mailer', 'postman'));

    edit(folder, text => text.replace(service('postman'), ''), () => undefined);
    marty(folder, ['synth']);
    expect(deploy(folder)).toEqual(before);
  });

  test('is written one environment at a time, and an unknown one is refused', () => {
    const folder = petstore();
    marty(folder, ['synth']);
    const before = deploy(folder);
    edit(folder, text => text, versions => { versions.notifications = '9.9.9'; });
    const { exit, out } = marty(folder, ['synth', '--env', 'dev,staging', '--json']);
    expect(exit).toBe(0);
    expect((JSON.parse(out) as { services: { environment: string }[] }).services.map(({ environment }) => environment)).toEqual([...Array(9).fill('dev'), ...Array(9).fill('staging')]);
    expect(changed(before, deploy(folder))).toEqual(['dev/notifications', 'staging/notifications']);

    const unknown = marty(folder, ['synth', '--env', 'prod']);
    expect(unknown.exit).toBe(3);
    expect(unknown.err).toContain('the app has no environment prod, expected one of dev, production, production-eu, staging');
  });

  test('says in every folder who writes it', () => {
    const folder = petstore();
    marty(folder, ['synth']);
    const files = Object.entries(deploy(folder)).filter(([path]) => path.endsWith(ownershipFile));
    expect(files.map(([, text]) => (JSON.parse(text) as { owner: string }).owner)).toEqual(Array(36).fill('petstore'));
  });
});
