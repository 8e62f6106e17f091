import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { importManifests } from '../../src/cli/import/import';
import { exampleFleets } from '../support/examples';
import { renderPlatform } from '../support/manifests';
import { accountProblems, outcomesOf } from './import-accounts';
import { deployment, importOf, named, service, sourceOf, yamlOf } from './_manifests';
import { repository } from './_world';
import type { ImportResult } from '../../src/cli/import/result';

const cases = join(repository, 'test', 'check', 'verdicts', 'cases');
const texts = readdirSync(cases).map(file => readFileSync(join(cases, file), 'utf8'));

function problemsOf(text: string, environment = 'production'): string[] {
  const source = sourceOf(text);
  return accountProblems(source, importManifests(source, { environment }));
}

describe('every object that is read ends in exactly one way', () => {
  test('in the recorded cases', () => {
    expect(texts.flatMap(text => problemsOf(text))).toEqual([]);
  });

  const examples = exampleFleets().flatMap(({ name, services, environments }) => environments.map(environment => ({ name, services, environment })));
  test.each(examples)('in the example $name in $environment', ({ services, environment }) => {
    expect(problemsOf(renderPlatform(services, environment).text(), environment)).toEqual([]);
  });

  test('where one of two of a name says its namespace, and the other does not', () => {
    const said = deployment();
    const { metadata } = said as { metadata: Record<string, unknown> };
    const { namespace: _, ...unsaid } = { ...metadata, labels: { other: 'label' } } as Record<string, unknown>;
    const objects = [{ ...said, metadata: { ...metadata, namespace: 'shop' } }, { ...said, metadata: unsaid }];
    expect(problemsOf(yamlOf(...objects))).toEqual([]);
    expect(importOf(...objects).accounts.map(({ as }) => as)).toEqual([expect.stringMatching(/described|patched/), 'skipped']);
  });

  test('in any mixture of the recorded cases, where names meet', () => {
    const documents = texts.flatMap(text => parseAllDocuments(text).map(document => document.toJS() as object)).filter(Boolean);
    fc.assert(fc.property(fc.array(fc.constantFrom(...documents), { minLength: 1, maxLength: 6 }), objects => {
      expect(problemsOf(yamlOf(...objects))).toEqual([]);
    }), { numRuns: 30 });
  });
});

describe('the proof of it', () => {
  const objects = [deployment(), service(), named('v1', 'ConfigMap', 'settings', { data: { a: '1' } }), named('scheduling.k8s.io/v1', 'PriorityClass', 'high', { value: 1 })];
  const source = sourceOf(yamlOf(...objects));
  const result = importOf(...objects);
  const tampered = (change: (copy: { -readonly [K in keyof ImportResult]: ImportResult[K] }) => void) => {
    const copy = JSON.parse(JSON.stringify(result)) as ImportResult;
    change(copy);
    return accountProblems(source, copy).join('\n');
  };

  test('accepts what is so', () => {
    expect(tampered(() => undefined)).toBe('');
    expect(outcomesOf(result)).toBe('1 object, 2 patched, 1 platform');
  });

  test.each<[string, (copy: ImportResult) => void, RegExp]>([
    ['an object that is left out', ({ accounts }) => void accounts.pop(), /3 objects are accounted for, expected 4/],
    ['an object that changes places with another one', ({ accounts }) => void accounts.reverse(), /stands in the place of another one/],
    ['an object of the platform that is not listed', ({ platform }) => void platform.pop(), /PriorityClass\/high is platform, but not listed/],
    ['a raw object that is not there', ({ description }) => void delete (description?.services[0] as { objects?: unknown }).objects, /ConfigMap\/settings is object, but among the objects of nobody/],
    ['a patch that is not there', ({ description }) => void delete (description?.services[0] as { patches?: unknown }).patches, /Deployment\/web-v1 is not rendered as it was read/],
    ['a patched object that is said to be described', ({ accounts }) => void (accounts[0].as = 'described'), /Deployment\/web-v1 is described, but patched/],
    ['one that is skipped without a reason', ({ accounts }) => void (accounts[2].as = 'skipped'), /ConfigMap\/settings is skipped, without a reason/],
  ])('refuses %s', (_, change, expected) => {
    expect(tampered(change)).toMatch(expected);
  });
});
