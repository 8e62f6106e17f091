import { delivered, rendered, source, type Delivering } from '../../support/delivered';
import { exampleFleets } from '../../support/examples';
import { minimal, shop } from '../../support/shop';
import { nameOf } from '../../../src/synth/gitops/unit';
import type { MicroserviceSpec } from '../../../src/spec';
import type { FluxDelivery } from '../../../src/synth/gitops/options';

const [petstore] = exampleFleets().filter(({ name }) => name === 'petstore');
const objects = rendered(petstore.services, ['dev', 'production']);
const byFlux = (options: Partial<FluxDelivery> = {}) => delivered(objects, { tool: 'flux', ...source, ...options }).delivering;
const named = (all: readonly Delivering[], name: string, kind = 'Kustomization') => all.find(object => object.kind === kind && object.metadata.name === name) as Delivering;

describe('a Kustomization', () => {
  const all = byFlux({ disposable: ['dev'], credentials: 'git' });

  test('waits for what the service cannot do without, and until it is there itself', () => {
    expect(named(all, 'petstore.production.orders').spec).toEqual({
      dependsOn: [{ name: 'petstore.production.platform.shared' }, { name: 'petstore.production.payments' }],
      interval: '10m0s', retryInterval: '1m0s', sourceRef: { kind: 'GitRepository', name: 'petstore.production' }, path: './deploy/production/orders',
      prune: true, wait: true, timeout: '360s', deletionPolicy: 'Orphan',
    });
  });

  test('takes away what it applied where an environment is disposable, and nowhere else', () => {
    expect(named(all, 'petstore.dev.orders').spec.deletionPolicy).toBe('WaitForTermination');
    expect(named(all, 'petstore.production.platform.shared').spec).toMatchObject({ prune: false, deletionPolicy: 'Orphan' });
  });

  test('of the whole environment does not wait for itself', () => {
    expect(named(all, 'petstore.dev').spec).toMatchObject({ path: './deploy/_flux/dev', wait: false, prune: true });
  });

  test('reads from the branch, with credentials where there are any', () => {
    expect(named(all, 'petstore.dev', 'GitRepository').spec).toEqual({ interval: '1m0s', timeout: '60s', url: source.repository, ref: { branch: 'main' }, secretRef: { name: 'git' } });
  });
});

describe('a service with a migration', () => {
  const steps = byFlux().filter(({ folder }) => folder === '_flux/dev/users');
  const rendering = objects.filter(({ folder }) => folder === 'dev/users').map(({ manifest }) => `${manifest.kind}/${manifest.metadata?.name}`);
  const appliedBy = ({ spec }: Delivering) => {
    const without = (spec.patches as { target: { kind: string; name: string } }[]).map(({ target }) => `${target.kind}/${target.name.slice(1, -1)}`);
    return rendering.filter(object => !without.includes(object));
  };

  test('is applied in steps that wait for each other: others wait for the last', () => {
    expect(steps.map(({ metadata, spec }) => [metadata.name, (spec.dependsOn as { name: string }[])[0].name])).toEqual([
      ['petstore.dev.users.step-0', 'petstore.dev.platform.shared'],
      ['petstore.dev.users.step-1', 'petstore.dev.users.step-0'],
      ['petstore.dev.users', 'petstore.dev.users.step-1'],
    ]);
    expect(named(byFlux(), 'petstore.dev.gateway').spec.dependsOn).toContainEqual({ name: 'petstore.dev.users' });
  });

  test('has each object in one step: the migration alone, then the pods', () => {
    expect(appliedBy(steps[1])).toEqual([expect.stringMatching(/^Job\/users-migrate-/)]);
    expect(appliedBy(steps[2])).toEqual(['Deployment/users']);
    expect(steps.flatMap(appliedBy).sort()).toEqual([...rendering].sort());
  });

  test('has as much time as the migration may take', () => {
    expect(steps.map(({ spec }) => spec.timeout)).toEqual(['660s', '660s', '660s']);
  });

  test('asks for claims with the pods, since some storage is bound only then', () => {
    const service = shop.microservice({ ...minimal, migration: { command: ['/migrate'] }, volumes: { data: { kind: 'claim', at: '/data', sizeGiB: 1, access: 'many' } } }) as unknown as MicroserviceSpec;
    const [first] = delivered(rendered([service], ['dev']), { tool: 'flux', ...source }).delivering.filter(({ metadata }) => metadata.name === 'shop.dev.api.step-0');
    expect((first.spec.patches as { target: { kind: string } }[]).map(({ target }) => target.kind).sort()).toEqual(['Deployment', 'Job', 'PersistentVolumeClaim']);
  });
});

test('two things never have one name, and none is longer than a label', () => {
  const long = (letter: string) => letter.repeat(40);
  expect(nameOf('shop', 'production-eu', 'orders')).not.toBe(nameOf('shop', 'production', 'eu-orders'));
  const names = [nameOf(long('a'), long('b'), 'x'), nameOf(long('a'), long('b'), 'y'), nameOf(long('a'), long('b'))];
  expect(new Set(names).size).toBe(3);
  expect(names.filter(name => name.length > 63 || !/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(name))).toEqual([]);
});
