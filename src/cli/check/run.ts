import { reviewManifests } from '../../check/check';
import { catalogue } from '../../check/catalogue';
import type { KubernetesVersion } from '../../check/cluster-view';
import type { Finding, ObjectReference, Severity } from '../../check/finding';
import type { Rule } from '../../check/rule';
import { rules } from '../../check/rules';
import { schemaRules } from '../../check/schema-rules';
import { targetVersionOf } from '../../check/target-version';
import { textAt } from '../../check/value';
import { waiverIdle } from '../../check/waiver';
import type { CheckFinding, CheckResult } from './result';
import type { CheckedObject, CheckedSet, CheckSource } from './source';

/** What is checked for. */
export interface Selection {
  /** The minor version of Kubernetes. @default - what the Namespace of a set pins, else the newest */
  readonly kubernetes?: KubernetesVersion;
  /** Leave out what is less grave. @default 'info' */
  readonly severity?: Severity;
  /** Only these rules. @default - all */
  readonly rules?: readonly string[];
  /** Policies, as rules, besides our own. @default [] */
  readonly policies?: readonly Rule[];
}

const everyRule: readonly Rule[] = [...rules, ...schemaRules];
const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Holds the rules against what was read, set by set. */
export function check(source: CheckSource, { kubernetes, severity = 'info', rules: wanted, policies = [] }: Selection = {}): CheckResult {
  const isAsked = (rule: string, grave: Severity) => (wanted?.includes(rule) ?? true) && ranks[grave] <= ranks[severity];
  const remedies = new Map([...catalogue, ...policies].map(({ id, remedy }) => [id, remedy]));
  const chosen = [...everyRule, ...policies].filter(rule => wanted?.includes(rule.id) ?? true);
  const sets: CheckResult['sets'] = [];
  const result: Pick<CheckResult, 'findings' | 'waived' | 'notRun'> = { findings: [], waived: [], notRun: [] };
  for (const set of source.sets) {
    const objects = set.objects.map(({ object }) => object);
    const version = kubernetes ?? targetVersionOf(objects);
    const placeOf = places(set);
    const review = reviewManifests(objects, { rules: chosen, kubernetesVersion: version });
    sets.push({ name: set.name, kubernetes: version, objects: set.objects.length });
    const isMeant = (finding: Finding) => isAsked(finding.rule, finding.severity);
    const told = (finding: Finding) => ({ ...located(finding, placeOf(finding.object)), remedy: remedies.get(finding.rule) ?? '' });
    result.findings.push(...review.findings.filter(isMeant).map(told));
    result.waived.push(...review.waived.filter(isMeant).map(finding => ({ ...told(finding), reason: finding.waived ?? '' })));
    result.notRun.push(...review.notRun.map(({ rule, object, reason }) => ({ rule, object, ...placed(placeOf(object)), reason })));
  }
  const having = (grave: Severity) => result.findings.filter(finding => finding.severity === grave).length;
  return {
    sets,
    findings: result.findings.sort(byPlace),
    waived: result.waived.sort(byPlace),
    notRun: result.notRun,
    skipped: source.skipped.map(({ place, reason }) => ({ place, reason })),
    total: {
      objects: sets.reduce((sum, { objects }) => sum + objects, 0),
      error: having('error'), warning: having('warning'), info: having('info'),
      waived: result.waived.length, notRun: result.notRun.length,
    },
  };
}

/** The ids that `--rule` can name. */
export const ruleIds: readonly string[] = [...everyRule.map(({ id }) => id), waiverIdle.id].sort();

/** Finds the object of a set that a reference names. */
function places({ objects }: CheckedSet): (object: ObjectReference) => CheckedObject {
  const named = new Map<string, CheckedObject[]>();
  for (const each of objects) {
    const name = `${textAt(each.object, 'metadata.namespace')}/${textAt(each.object, 'metadata.name')}`;
    const others = named.get(name);
    if (others) others.push(each);
    else named.set(name, [each]);
  }
  return ({ apiVersion, kind, namespace, name }) => named.get(`${namespace}/${name}`)?.findLast(({ object }) => textAt(object, 'kind') === kind
    && textAt(object, 'apiVersion') === apiVersion && textAt(object, 'metadata.namespace') === namespace && textAt(object, 'metadata.name') === name) ?? objects[0];
}

interface Placed { readonly file: string; readonly line: number; readonly construct?: string }

function placed(where: CheckedObject, path?: string): Placed {
  const { file, construct } = where;
  return { file, line: path === undefined ? where.line : where.lineOf(path), ...(construct === undefined ? {} : { construct }) };
}

function located({ rule, severity, object, path, message, upstream }: Finding, where: CheckedObject): Omit<CheckFinding, 'remedy'> {
  return {
    rule, severity, object, ...placed(where, path), ...(path === undefined ? {} : { path }), message,
    upstream: [...upstream],
  };
}

function byPlace(one: CheckFinding, other: CheckFinding): number {
  const grave = ranks[one.severity] - ranks[other.severity];
  if (grave) return grave;
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || (one.rule < other.rule ? -1 : one.rule > other.rule ? 1 : 0);
}
