import { guardedKinds, upgradeProblems } from '../../src/manifests/upgrade';
import { frozenCases } from '../support/frozen-fields';
import { frozenFields } from '../../src/manifests/upgrade/frozen-fields';

const linesOf = (before: object, after: object) => upgradeProblems(before as never, after as never).map(({ path, message }) => `${path} ${message}`);

test.each(frozenCases.map(each => [each.title, each] as const))('%s', (_, { before, accepted, refused, path }) => {
  expect(linesOf(before, accepted)).toEqual([]);
  const problems = upgradeProblems(before as never, refused as never);
  expect(problems.map(problem => problem.path)).toEqual([path]);
  for (const { message, remedy } of problems) expect([message, remedy].map(text => text.length > 20)).toEqual([true, true]);
});

test('every field that is frozen has such a pair', () => {
  const covered = new Set(frozenCases.map(({ before, path }) => `${before.apiVersion.split('/').length > 1 ? before.apiVersion.split('/')[0] : ''}/${before.kind} ${path}`));
  const frozen = Object.entries(frozenFields).flatMap(([kind, fields]) => fields.map(({ path }) => `${kind} ${path}`));
  expect(frozen.filter(field => ![...covered].some(path => path.startsWith(field)))).toEqual([]);
  expect(guardedKinds.size).toBe(16);
});

const claim = (spec: object, name = 'data') => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: 'shop' }, spec });
const sized = (storage: unknown) => claim({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } });

test('what is refused says what it is, what it was and why', () => {
  expect(linesOf(sized('10Gi'), sized('10G'))).toEqual(['spec.resources.requests.storage is 10G, was 10Gi: a claim never shrinks']);
  expect(linesOf(sized(1024), sized('1Ki'))).toEqual([]);
  expect(linesOf(sized('1Gi'), claim({ accessModes: ['ReadWriteMany', 'ReadOnlyMany'], storageClassName: 'slow', resources: { requests: { storage: '1Gi' } } }))).toEqual([
    'spec.accessModes is ReadWriteMany, ReadOnlyMany, was ReadWriteOnce: the access to a claim never changes',
    'spec.storageClassName is slow, was unset: a claim stays in its storage class',
  ]);
});

test('values of a Secret are not told', () => {
  const secret = (data: string) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, immutable: true, data: { key: data } });
  expect(linesOf(secret('aHVudGVyMg=='), secret('b3RoZXI='))).toEqual(['data.key is changed: it is immutable, as it says itself']);
});

test('two objects, or objects of other kinds, are not compared', () => {
  expect(upgradeProblems(sized('2Gi'), { ...sized('1Gi'), metadata: { name: 'other', namespace: 'shop' } })).toEqual([]);
  expect(upgradeProblems({ ...sized('2Gi'), kind: 'Widget' }, { ...sized('1Gi'), kind: 'Widget' })).toEqual([]);
});

test.each([[undefined], [null], ['text'], [{}], [{ volumeClaimTemplates: [null, 1, { spec: [] }] }], [{ resources: [] }], [{ ports: 1, ipFamilies: {} }]])('a spec that is %j breaks nothing', spec => {
  for (const { before } of frozenCases) {
    const broken = { ...before, spec };
    expect(() => [upgradeProblems(broken as never, before as never), upgradeProblems(before as never, broken as never)]).not.toThrow();
  }
});
