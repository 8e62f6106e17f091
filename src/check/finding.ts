import type { UpstreamId } from './upstream';

/** How bad a finding is: `error` breaks or endangers the cluster, `warning` costs safety or availability. */
export type Severity = 'error' | 'warning' | 'info';

/** Which object a finding is about; `namespace` is `''` when the manifest names none. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** One fault of one object. */
export interface Finding {
  /** The id of the rule that found it. */
  readonly rule: string;
  readonly severity: Severity;
  readonly object: ObjectReference;
  /** Where in the object, such as `spec.template.spec.containers[0].image`. */
  readonly path?: string;
  /** `<field> is <got>, expected <allowed>`. */
  readonly message: string;
  /** The checks of other linters that would report this very instance; empty for a fault only we see. */
  readonly upstream: readonly UpstreamId[];
  /** Why it is right, as the waiver of the rule on the object says; absent where there is none. */
  readonly waived?: string;
}

/** Orders findings by object, then rule, then place, whatever the order of the manifests was. */
export function compareFindings(left: Finding, right: Finding): number {
  const [one, other] = [left.object, right.object];
  return compareTexts(one.namespace, other.namespace) || compareTexts(one.kind, other.kind)
    || compareTexts(one.name, other.name) || compareTexts(one.apiVersion, other.apiVersion)
    || compareTexts(left.rule, right.rule) || compareTexts(left.path ?? '', right.path ?? '')
    || compareTexts(left.message, right.message) || compareTexts(left.upstream.join(), right.upstream.join());
}

function compareTexts(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
