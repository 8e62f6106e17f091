import { checkManifests, rules } from '../../src/check';
import type { Finding } from '../../src/check';
import { acceptedBy, objectNamed, refusedBy, valueAt } from './pair-objects';
import { pairs } from './pairs';

describe('each rule accepts one set and refuses another that differs in one field', () => {
  test.each(pairs)('$rule at $field of $object', (pair) => {
    const before = rulesOf(checkManifests(acceptedBy(pair)));
    const after = checkManifests(refusedBy(pair));

    expect(before).not.toContain(pair.rule);
    expect(rulesOf(after).filter((rule) => !before.includes(rule))).toEqual([pair.rule, ...(pair.also ?? [])].sort());
  });

  test('no rule is left out', () => {
    expect([...new Set(pairs.map(({ rule }) => rule))].sort()).toEqual(rules.map(({ id }) => id).sort());
  });
});

describe('what a rule says of itself', () => {
  test('ids are unique and kebab-case', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(rules.map(({ id }) => id).filter((id) => !/^[a-z]+(-[a-z]+)+$/.test(id))).toEqual([]);
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))('%s has a title, a reason and a remedy', (_, rule) => {
    expect(rule.title).toMatch(/^[^A-Z].*[^.]$/);
    expect(rule.why).toMatch(/^[A-Z].*\.$/);
    expect(rule.remedy).toMatch(/^[A-Z].*\.$/);
  });
});

test.each(pairs)('the finding of $rule names only upstream checks of its rule, and a place that is there', (pair) => {
  const objects = refusedBy(pair);
  const rule = rules.find(({ id }) => id === pair.rule);
  for (const finding of checkManifests(objects).filter((found) => found.rule === pair.rule)) {
    expect(rule?.upstream).toEqual(expect.arrayContaining([...finding.upstream]));
    expect([finding.path, parentExists(objects, finding)]).toEqual([finding.path, true]);
  }
});

test('a user 0 that `runAsNonRoot` keeps from starting is told as what it is', () => {
  const pair = pairs.find(({ rule }) => rule === 'container-root-user');
  const messages = pair ? checkManifests(refusedBy(pair)).filter(({ rule }) => rule === pair.rule).map(({ message }) => message) : [];
  expect(messages).toEqual(['container api: securityContext.runAsUser is 0, expected above 0']);
});

function rulesOf(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.map(({ rule }) => rule))].sort();
}

/** Whether a path can be followed up to its last list item; fields after that may be the missing ones. */
function parentExists(objects: readonly unknown[], { object, path = '' }: Finding): boolean {
  const target = objectNamed(objects, object.kind, object.name);
  const keys = [...path.matchAll(/\['([^']+)'\]|([^.[\]]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const certain = keys.slice(0, Math.max(1, keys.findLastIndex((key) => /^\d+$/.test(key)) + 1));
  return valueAt(target, certain) !== undefined;
}
