import { viewOf } from './cluster-view';
import type { KubernetesVersion } from './cluster-view';
import { compareFindings } from './finding';
import type { Finding } from './finding';
import type { Rule } from './rule';
import { rules as allRules } from './rules';

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
 * with its last one.
 * @returns findings in an order that does not depend on the order of the objects
 * @throws USAGE when `kubernetesVersion` is not of the form 1.<minor>
 */
export function checkManifests(objects: readonly unknown[], options: CheckOptions = {}): readonly Finding[] {
  const { rules = allRules, kubernetesVersion = '1.36' } = options;
  const view = viewOf(objects, kubernetesVersion);
  return rules.flatMap((rule) => rule.check(view)).sort(compareFindings);
}
