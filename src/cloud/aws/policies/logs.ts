import { told } from '../../validate/json-value';
import type { Policy } from '../../validate/knowledge';
import { numberOf } from './_place';
import { ownKey, policy, requirement } from './_policy';

/** Groups of logs. */
export const logPolicies: readonly Policy[] = [
  policy({
    id: 'CKV_AWS_66', title: 'logs have an end', types: ['aws_cloudwatch_log_group'],
  }, block => block.body.retention_in_days === undefined
    ? [{ at: 'retention_in_days', message: 'is unset, expected a number of days; set it to 365' }]
    : []),
  policy({
    id: 'CKV_AWS_338', title: 'logs are kept for a year', types: ['aws_cloudwatch_log_group'],
  }, block => {
    const days = numberOf(block.body.retention_in_days);
    return days === undefined || days === 0 || days >= 365 ? [] : [{
      at: 'retention_in_days', message: `is ${told(days)}, expected 365 or more, or 0 for ever; set it to 365`,
    }];
  }),
  requirement({
    id: 'CKV_AWS_158', also: ['AWS-0017'], title: 'logs are encrypted with a key of your own', types: ['aws_cloudwatch_log_group'],
    at: 'kms_key_id', wanted: ownKey, remedy: 'set it to the ARN of a key that logs.<region>.amazonaws.com may use',
  }),
];
