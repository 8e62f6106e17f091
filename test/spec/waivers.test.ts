import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { checkManifests } from '../../src/check';
import { rules } from '../../src/check/rules';
import { waive } from '../../src/spec';
import { waivable, waivedPrefix, type Waivable } from '../../src/spec/waivable';
import { waiverAnnotations, type WaivableRule } from '../../src/spec/waivers';
import { manifestsIn, oneOf, renderPlatform, type Manifest } from '../support/manifests';
import { linesOf } from '../support/problems';
import { minimal, problemsWith, shop } from '../support/shop';

const table: Readonly<Record<string, Waivable>> = waivable;
const reason = 'it is meant to be so';

test('every rule can be waived, for the same checks of other linters that it stands for', () => {
  type Row = { readonly id: string; readonly upstream: readonly string[] };
  const upstream = (list: readonly Row[]) => Object.fromEntries(list.map(rule => [rule.id, [...rule.upstream].sort()]));
  expect(upstream(Object.entries(table).map(([id, row]) => ({ id, ...row })))).toEqual(upstream(rules));
});

describe('of every finding in the recorded cases', () => {
  const folder = join(__dirname, '../check/verdicts/cases');
  const cases = readdirSync(folder).map(file => parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map(document => document.toJS() as Manifest & { metadata: { annotations?: object } }));

  test('the waiver is about the kind of object that has it', () => {
    const strange = cases.flatMap(objects => checkManifests(objects)).filter(({ rule, object }) => {
      const { kinds } = table[rule];
      return kinds !== 'all' && !kinds.includes(object.kind);
    });
    expect(strange.map(({ rule, object }) => `${rule} on ${object.kind}`)).toEqual([]);
  });

  test.each([
    ['the annotations take it away', () => true, () => true],
    ['those of other linters do, where there are any', (id: string) => !id.startsWith('pod-security:'), (key: string) => !key.startsWith(waivedPrefix)],
  ])('%s', (_, isTold: (id: string) => boolean, isKept: (key: string) => boolean) => {
    const left = cases.flatMap(objects => {
      const found = checkManifests(objects).filter(({ upstream }) => upstream.length === 0 ? isKept(waivedPrefix) : upstream.some(isTold));
      return [...new Set(found.map(({ rule }) => rule))].flatMap(rule => {
        const waived = objects.filter(Boolean).map(object => {
          const said = Object.entries(waiverAnnotations([{ rule: rule as WaivableRule, reason }], object.kind)).filter(([key]) => isKept(key));
          return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata?.annotations, ...Object.fromEntries(said) } } };
        });
        return checkManifests(waived).filter(finding => finding.rule === rule);
      });
    });
    expect(left.map(({ rule, object }) => `${rule} on ${object.kind}/${object.name}`)).toEqual([]);
  });
});

test('annotations tell the reason, each linter in its own notation', () => {
  expect(waiverAnnotations([waive('container-cpu-request', reason), waive('container-cpu-limit', reason), waive('service-node-port', reason)], 'Deployment')).toEqual({
    'marty-msf/waived-container-cpu-request': reason,
    'marty-msf/waived-container-cpu-limit': reason,
    'ignore-check.kube-linter.io/unset-cpu-requirements': reason,
    'polaris.fairwinds.com/cpuRequestsMissing-exempt': 'true',
    'polaris.fairwinds.com/cpuLimitsMissing-exempt': 'true',
    'kube-score/ignore': 'container-resources',
  });
});

test('a waiver stands on the objects that the rule is about, in the environments that it is said for', () => {
  const service = shop.microservice({ ...minimal, waivers: shop.per({ dev: [], production: [waive('disruption-budget-eviction-policy', reason), waive('container-image-tag', reason)] }) });
  const annotated = (environment: string) => manifestsIn(renderPlatform([service], environment).text()).filter(({ metadata }) => Object.keys((metadata as { annotations?: object }).annotations ?? {}).some(key => key.startsWith('marty-msf/waived')));
  expect(annotated('dev')).toEqual([]);
  expect(annotated('production').map(({ kind }) => kind).sort()).toEqual(['Deployment', 'PodDisruptionBudget']);
  expect(oneOf(annotated('production'), 'PodDisruptionBudget').metadata).toMatchObject({ annotations: { 'ignore-check.kube-linter.io/pdb-unhealthy-pod-eviction-policy': reason } });
});

test.each([
  ['of no rule', [{ rule: 'container-cpu-limits', reason }], 'waivers[0].rule: is "container-cpu-limits", expected the id of a rule, such as container-cpu-limit'],
  ['without a reason', [{ rule: 'container-cpu-limit', reason: '  because ' }], 'waivers[0].reason: is "  because ", expected at least 10 characters'],
  ['twice', [waive('container-cpu-limit', reason), waive('container-cpu-limit', reason)], 'waivers[1].rule: names a rule that another one waives already; leave one of the two out'],
])('a waiver %s is refused', (_, waivers, problem) => {
  expect(linesOf(problemsWith({ waivers }))).toEqual([problem]);
});
