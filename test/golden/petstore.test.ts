import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleFleets } from '../support/examples';
import { renderPlatform } from '../support/manifests';

const folder = join(__dirname, 'petstore');
const update = process.env.GOLDEN_UPDATE === '1';
const [petstore] = exampleFleets().filter(({ name }) => name === 'petstore');

/** The oldest and the newest Kubernetes, without and with everything; the other two differ from these in numbers. */
const environments = ['dev', 'production'];

test.each(environments)('the petstore in %s is rendered as it is written down (npm run golden:update writes it)', environment => {
  const text = renderPlatform(petstore.services, environment, join(petstore.folder, 'releases')).text();
  const file = join(folder, `${environment}.yaml`);
  if (update) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
});

test('nothing is written down of environments that are not there', () => {
  expect(readdirSync(folder).sort()).toEqual(environments.map(environment => `${environment}.yaml`).sort());
});
