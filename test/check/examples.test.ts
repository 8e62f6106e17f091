import { join } from 'node:path';
import { checkManifests } from '../../src/check';
import { exampleFleets } from '../support/examples';
import { renderPlatform } from '../support/manifests';

const petstore = exampleFleets().find(({ name }) => name === 'petstore');

it.each(['dev', 'staging', 'production', 'production-eu'])('no rule finds anything in the petstore of %s', environment => {
  const { manifests } = renderPlatform(petstore?.services ?? [], environment, join(petstore?.folder ?? '', 'releases'));
  expect(manifests.length).toBeGreaterThan(35);
  expect(checkManifests(manifests).map(({ rule, object, message }) => `${object.kind} ${object.name}: ${rule}: ${message}`)).toEqual([]);
});
