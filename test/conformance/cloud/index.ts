import type { Check } from '../runner/check';
import { awsProviderChecks } from './checks/aws-provider';
import { cdktnChecks } from './checks/cdktn';
import { checkovChecks } from './checks/checkov';
import { checkovTwinChecks } from './checks/checkov-twins';
import { deployChecks } from './checks/deploy';
import { lifeCycleChecks } from './checks/life-cycle';
import { mockedChecks } from './checks/mocked';
import { sentinelChecks } from './checks/sentinel';
import { serviceChecks } from './checks/services';
import { stateChecks } from './checks/state';
import { trivyChecks } from './checks/trivy';
import { validateChecks } from './checks/validate';

/** The stacks of every cloud example before the real tools that people run on them, with a pretend cloud behind. */
export const checks: readonly Check[] = [
  ...validateChecks,
  ...mockedChecks,
  ...lifeCycleChecks,
  ...checkovChecks,
  ...checkovTwinChecks,
  ...deployChecks,
  ...serviceChecks,
  ...stateChecks,
  ...sentinelChecks,
  ...cdktnChecks,
  ...awsProviderChecks,
  ...trivyChecks,
];
