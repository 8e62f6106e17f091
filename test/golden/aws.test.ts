import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressesOf, exampleStacks } from '../support/cloud';

const file = join(__dirname, 'aws/addresses.json');

test('every address of the examples is where it was (npm run golden:update writes them)', () => {
  const addresses = Object.fromEntries(Object.entries(exampleStacks('aws')).map(([name, stack]) => [name, addressesOf(stack)]));
  if (process.env.GOLDEN_UPDATE === '1') {
    mkdirSync(join(__dirname, 'aws'), { recursive: true });
    writeFileSync(file, `${JSON.stringify(addresses, null, 1)}\n`);
  }
  expect(addresses).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});
