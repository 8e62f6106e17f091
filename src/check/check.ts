import { viewOf } from './cluster-view';
import type { KubernetesVersion } from './cluster-view';
import { compareFindings } from './finding';
import type { Finding } from './finding';
import type { NotRun } from './not-run';
import type { Rule } from './rule';
import { rules as allRules } from './rules';
import { idleWaivers } from './waiver';

/** How a set of manifests is checked. */
export interface CheckOptions {
  /**
   * The rules to hold the set against.
   * @default every rule there is
   */
  readonly rules?: readonly Rule[];
  /**
   * The Kubernetes minor version the set is meant for, which decides what counts as outdated.
   * @default '1.36'
   */
  readonly kubernetesVersion?: KubernetesVersion;
}

/**
 * Holds rules against a set of Kubernetes objects, taken as all there is: a Service whose pods are not in the set
 * selects nothing. Lists are taken apart; whatever is not a manifest is passed over.
 *
 * Exemption annotations of the upstream linters count: they take the exempted check out of a finding, and the finding
 * with its last one. What our own waivers are about is left out whole.
 * @returns findings in an order that does not depend on the order of the objects
 * @throws USAGE when `kubernetesVersion` is not of the form 1.<minor>
 */
export function checkManifests(objects: readonly unknown[], options: CheckOptions = {}): readonly Finding[] {
  return reviewManifests(objects, options).findings;
}

/** What was found in a set of manifests. */
export interface Review {
  /** What is wrong; a waiver that waives nothing is, too. */
  readonly findings: readonly Finding[];
  /** What would be wrong without a waiver, each with its reason. */
  readonly waived: readonly Finding[];
  /** What could not be judged, and is not known to be right. */
  readonly notRun: readonly NotRun[];
}

/**
 * Holds rules against a set of Kubernetes objects, as {@link checkManifests} does, and tells as well what is waived.
 * @returns findings in an order that does not depend on the order of the objects
 * @throws USAGE when `kubernetesVersion` is not of the form 1.<minor>
 */
export function reviewManifests(objects: readonly unknown[], options: CheckOptions = {}): Review {
  const { rules = allRules, kubernetesVersion = '1.36' } = options;
  const view = viewOf(objects, kubernetesVersion);
  const found = rules.flatMap((rule) => rule.check(view)).sort(compareFindings);
  const waived = found.filter((finding) => finding.waived !== undefined);
  const idle = idleWaivers(view.objects, { waived, judged: idsOf(rules), known: idsOf([...allRules, ...rules]) });
  const findings = [...found.filter((finding) => finding.waived === undefined), ...idle].sort(compareFindings);
  return { findings, waived, notRun: rules.flatMap((rule) => rule.notRun?.(view) ?? []) };
}

const idsOf = (rules: readonly Rule[]) => new Set(rules.map(({ id }) => id));
