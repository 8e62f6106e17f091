import type { Policy } from '../../validate/knowledge';
import { backupPolicies } from './backup';
import { cidrPolicies } from './cidrs';
import { ecrPolicies } from './ecr';
import { eksPolicies, launchTemplatePolicies } from './eks';
import { eksAccessPolicies } from './eks-access';
import { elasticachePolicies } from './elasticache';
import { iamPolicies } from './iam';
import { iamTrustPolicies } from './iam-trust';
import { keyRegionPolicies } from './key-region';
import { kmsPolicies } from './kms';
import { logPolicies } from './logs';
import { networkPolicies } from './network';
import { rdsPolicies } from './rds';
import { rdsParameterPolicies } from './rds-parameters';
import { s3Policies } from './s3';
import { sameNamePolicies } from './same-name';
import { secretPolicies } from './secrets';
import { securityGroupPolicies } from './security-groups';
import { snsSqsPolicies } from './sns-sqs';
import { supportPolicies } from './support';

export { leftOut, leftOutOfTrivy, type LeftOut } from './left-out';

/** The policies for AWS as they stand on a day: what AWS supports changes with it. */
export function awsPoliciesOn(today: () => Date): readonly Policy[] {
  return [
    ...eksPolicies, ...eksAccessPolicies, ...launchTemplatePolicies, ...supportPolicies(today), ...iamPolicies, ...iamTrustPolicies, ...kmsPolicies,
    ...networkPolicies, ...cidrPolicies, ...securityGroupPolicies, ...rdsPolicies, ...rdsParameterPolicies, ...elasticachePolicies, ...s3Policies,
    ...snsSqsPolicies, ...secretPolicies, ...logPolicies, ...backupPolicies, ...ecrPolicies, ...keyRegionPolicies, ...sameNamePolicies,
  ];
}

/** The policies for AWS as they stand today. */
export const awsPolicies: readonly Policy[] = awsPoliciesOn(() => new Date());
