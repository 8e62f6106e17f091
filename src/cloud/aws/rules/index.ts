import type { TypeRules } from '../../validate/knowledge';
import { everyFree, everyType, type RuledType } from './_kinds';
import { backupRules } from './backup';
import { dnsRules } from './dns';
import { eksRules } from './eks';
import { elasticacheRules } from './elasticache';
import { iamRules } from './iam';
import { keyAndLogRules } from './keys-logs';
import { launchTemplateRules } from './launch-template';
import { messagingRules } from './messaging';
import { networkRules } from './network';
import { rdsRules } from './rds';
import { s3Rules } from './s3';
import { secretAndImageRules } from './secrets-images';
import { securityGroupRules } from './security-groups';

const ruled: Readonly<Record<string, RuledType>> = {
  ...networkRules, ...securityGroupRules, ...dnsRules, ...keyAndLogRules, ...iamRules, ...eksRules, ...launchTemplateRules, ...messagingRules,
  ...rdsRules, ...elasticacheRules, ...backupRules, ...s3Rules, ...secretAndImageRules,
};

/** What the code of the AWS provider checks and its schema does not show, by type of resource; of data sources with `data.` before the type. */
export const awsRules: Readonly<Record<string, TypeRules>> = Object.fromEntries(Object.entries(ruled).map(([type, { free: _, ...rules }]) => [
  type, { ...rules, values: { ...everyType, ...rules.values } },
]));

/** Arguments that may hold any value of their type; an argument stands for all that is nested in it. */
export const awsFree: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(ruled).map(([type, { free = [] }]) => [type, [...everyFree, ...free]]),
);
