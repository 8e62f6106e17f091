import type { Check } from '../runner/check';
import { argoCdChecks } from './checks/argo-cd';
import { catalogueCheck } from './checks/catalogue';
import { fluxChecks } from './checks/flux';
import { cdk8sCliChecks } from './checks/cdk8s-cli';
import { linterChecks } from './checks/linters';
import { helmChecks } from './checks/helm';
import { helmInteropChecks } from './checks/helm-interop';
import { clusterDiffChecks } from './checks/cluster-diff';
import { driftChecks } from './checks/drift';
import { kustomizeChecks } from './checks/kustomize';
import { policyChecks } from './checks/policies';
import { upgradeGuardChecks } from './checks/upgrade-guard';

/** What is delivered, before the real tools that deliver it. */
export const checks: readonly Check[] = [
  ...linterChecks,
  ...cdk8sCliChecks,
  ...kustomizeChecks,
  ...helmChecks,
  ...helmInteropChecks,
  ...policyChecks,
  ...argoCdChecks,
  ...fluxChecks,
  catalogueCheck,
  ...upgradeGuardChecks,
  ...driftChecks,
  ...clusterDiffChecks,
];
