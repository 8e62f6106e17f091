import { told } from '../../validate/json-value';
import type { Policy } from '../../validate/knowledge';
import { attachment } from './_attachment';
import { numberOf, valueOf } from './_place';
import { on, ownKey, policy, requirement } from './_policy';
import { openStatements } from './_principals';

/** Secrets Manager. */
export const secretPolicies: readonly Policy[] = [
  requirement({
    id: 'CKV_AWS_149', also: ['AWS-0098'], title: 'secrets are encrypted with a key of your own', types: ['aws_secretsmanager_secret'],
    at: 'kms_key_id', wanted: { ...ownKey, accepts: value => ownKey.accepts(value) && !String(value).includes('aws/') },
    remedy: 'set it to the ARN of a key',
  }),
  attachment({
    id: 'CKV2_AWS_57', title: 'secrets are rotated', types: ['aws_secretsmanager_secret'], by: ['aws_secretsmanager_secret_rotation'],
    remedy: 'add an aws_secretsmanager_secret_rotation with its secret_id',
  }),
  policy({
    id: 'CKV_AWS_304', title: 'secrets are rotated within 90 days', types: ['aws_secretsmanager_secret_rotation'],
  }, block => {
    const days = numberOf(valueOf(block.body, 'rotation_rules.automatically_after_days'));
    const schedule = valueOf(block.body, 'rotation_rules.schedule_expression');
    if ((days !== undefined && days <= 90) || withinNinetyDays(schedule)) return [];
    return [days !== undefined || schedule === undefined
      ? { at: 'rotation_rules.automatically_after_days', message: `is ${told(days)}, expected 90 at most; set it to 90 or less` }
      : { at: 'rotation_rules.schedule_expression', message: `is ${told(schedule)}, expected 90 days at most; write rate(90 days) or less` }];
  }),
  policy({
    id: 'MARTY_AWS_SECRET_POLICY', title: 'no secret is for everybody', types: ['aws_secretsmanager_secret', 'aws_secretsmanager_secret_policy'],
  }, block => openStatements(block, 'policy', 'a condition on the caller')),
  requirement({
    id: 'MARTY_AWS_SECRET_POLICY_BLOCKED', title: 'AWS refuses policies that open a secret to everybody', types: ['aws_secretsmanager_secret_policy'],
    at: 'block_public_policy', wanted: on, remedy: 'set it to true',
  }),
];

const perDay: Readonly<Record<string, number>> = { day: 1, hour: 24, minute: 1440 };

/** A rate of 90 days or less; of a cron expression nobody asks. */
function withinNinetyDays(schedule: unknown): boolean {
  if (typeof schedule !== 'string') return false;
  const [, count, unit] = /^rate\((\d+)\s+(day|hour|minute)s?\)$/.exec(schedule) ?? [];
  return count === undefined ? /^cron\(|\$\{/.test(schedule) : Number(count) <= 90 * perDay[unit];
}
