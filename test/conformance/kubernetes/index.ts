import type { Check } from '../runner/check';
import { apiServerChecks } from './checks/api-server';
import { generatedFleetChecks } from './checks/generated';
import { kubeScoreCheck } from './checks/kube-score';
import { kubeconformCheck } from './checks/kubeconform';
import { kubesecCheck } from './checks/kubesec';
import { kustomizeChecks } from './checks/kustomize';
import { optionalLinterChecks } from './checks/optional-linters';
import { processChecks } from './checks/process';
import { selfTestChecks } from './checks/self-test';
import { sopsCheck } from './checks/sops';

/** The judges first prove that they can refuse, then they judge what was rendered. */
export const checks: readonly Check[] = [
  ...selfTestChecks,
  kubeconformCheck,
  kubeScoreCheck,
  kubesecCheck,
  ...kustomizeChecks,
  ...apiServerChecks,
  ...generatedFleetChecks,
  sopsCheck,
  ...optionalLinterChecks,
  ...processChecks,
];
