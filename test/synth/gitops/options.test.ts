import { isMartyError } from '../../../src/errors';
import { checkDeliveries, type DeliveryOptions } from '../../../src/synth/gitops/options';
import { source } from '../../support/delivered';

const problemsOf = (...given: readonly object[]) => {
  try {
    checkDeliveries(given.length === 1 ? given[0] as DeliveryOptions : given as DeliveryOptions[], ['dev', 'production']);
    return [];
  } catch (error) {
    return isMartyError(error, 'PROPS_INVALID') ? error.problems.map(({ path, message }) => `${path}: ${message}`) : [String(error)];
  }
};
const argoCd = { tool: 'argo-cd', ...source };

test.each([
  { repository: 'ssh://git@git.example/shop.git' }, { path: '.' }, { path: 'a/b-c/d_e.f' }, { branch: 'release/1.x' }, { disposable: ['dev'] }, { clusters: { production: 'https-cluster' } },
])('accepts %j', more => {
  expect(problemsOf({ ...argoCd, ...more })).toEqual([]);
});

test.each([
  [{ tool: 'spinnaker' }, 'deliver.tool: is "spinnaker", expected argo-cd or flux'],
  [{ repository: 'git@git.example:shop.git' }, 'deliver.repository: is "git@git.example:shop.git", expected'],
  [{ repository: 'https://bot:token@git.example/shop.git' }, 'holds a password'],
  [{ path: '/deploy' }, 'deliver.path: is "/deploy", expected'],
  [{ path: '../deploy' }, 'leaves the repository'],
  [{ branch: 'a..b' }, 'deliver.branch: is "a..b", expected'],
  [{ disposable: ['prodution'] }, 'deliver.disposable: names "prodution", expected one of dev, production; did you mean production?'],
  [{ manual: ['staging'] }, 'deliver.manual: names "staging"'],
  [{ clusters: { staging: 'x' } }, 'deliver.clusters: names "staging"'],
  [{ hydrated: true }, 'deliver.hydrated: is not a field that exists here; did you mean hydrate?'],
])('refuses %j', (more, message) => {
  const found = problemsOf({ ...argoCd, ...more });
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(message);
});

test('shows no password in a message', () => {
  expect(problemsOf({ ...argoCd, repository: 'https://bot:hunter2@git.example/shop.git' }).join()).not.toContain('hunter2');
});

test('refuses one tool twice', () => {
  expect(problemsOf(argoCd, argoCd)).toEqual(['deliver[1].tool: is "argo-cd" a second time; leave one of the two out']);
});

test.each([null, 'argo-cd', ['flux'], [null]])('refuses %j, which is no delivery', given => {
  expect(() => checkDeliveries(given as never, ['dev'])).toThrow(/deliver(\[0\])?: is (null|"argo-cd"|"flux"), expected \{ tool: 'argo-cd' or 'flux', … \}/);
});
