import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { exampleFleets } from '../support/examples';
import { renderPlatform } from '../support/manifests';

const [petstore] = exampleFleets().filter(({ name }) => name === 'petstore');
const here = petstore.environments.map(environment => renderPlatform(petstore.services, environment, join(petstore.folder, 'releases')).text()).join('');

/** Renders the petstore in a process of its own. */
function elsewhere(env: Readonly<Record<string, string>>): string {
  const { PATH = '' } = process.env;
  return execFileSync(join(__dirname, '../../node_modules/.bin/jiti'), [join(__dirname, '_render.ts')], { encoding: 'utf8', env: { PATH, ...env }, maxBuffer: 2 ** 25 });
}

test.each([
  ['on an island where it is tomorrow', { TZ: 'Pacific/Kiritimati', LC_ALL: 'C' }],
  ['in Turkish', { TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }],
])('the petstore is rendered byte for byte the same %s', (_, env) => {
  expect(elsewhere(env)).toBe(here);
}, 30_000);
