import { told } from '../../validate/json-value';
import type { Policy } from '../../validate/knowledge';
import { allowed, nameOf, statementsOf } from './_document';
import { isTrue } from './_place';
import { ownKey, policy, requirement } from './_policy';
import { openStatements } from './_principals';

/** Queues and topics. */
export const snsSqsPolicies: readonly Policy[] = [
  policy({
    id: 'CKV_AWS_27', also: ['AWS-0096'], title: 'messages of a queue are encrypted', types: ['aws_sqs_queue'],
  }, block => isTrue(block.body.sqs_managed_sse_enabled) || Boolean(block.body.kms_master_key_id) ? [] : [{
    at: 'kms_master_key_id', message: 'is unset, expected a key; set it to the ARN of a key, or sqs_managed_sse_enabled to true',
  }]),
  requirement({
    id: 'CKV2_AWS_73', also: ['AWS-0135'], title: 'messages of a queue are encrypted with a key of your own', types: ['aws_sqs_queue'],
    at: 'kms_master_key_id', wanted: ownKey, mayBeUnset: true, remedy: 'set it to the ARN of a key',
  }),
  policy({
    id: 'CKV_AWS_168', title: 'no queue is open to everybody', types: ['aws_sqs_queue', 'aws_sqs_queue_policy'],
  }, block => openStatements(block, 'policy', 'a condition on the caller')),
  policy({
    id: 'CKV_AWS_387', title: 'a queue is for everybody under no circumstances without a condition', types: ['aws_sqs_queue_policy'],
  }, block => openStatements(block, 'policy', 'any condition')),
  policy({
    id: 'CKV_AWS_72', also: ['AWS-0097'], title: 'the policy of a queue names what may be done with it',
    types: ['aws_sqs_queue', 'aws_sqs_queue_policy'],
  }, block => statementsOf(block).filter(allowed).flatMap(statement => statement.actions.filter(action => /^(\*|sqs:\*)$/i.test(action)).map(action => ({
    at: `${statement.at}.Action`,
    message: `is ${told(action)} in ${nameOf(statement)}, expected actions by name; list them, such as sqs:SendMessage`,
  })))),
  requirement({
    id: 'CKV_AWS_26', also: ['AWS-0095', 'AWS-0136'], title: 'messages of a topic are encrypted with a key of your own', types: ['aws_sns_topic'],
    at: 'kms_master_key_id', wanted: ownKey, remedy: 'set it to the ARN of a key',
  }),
  policy({
    id: 'CKV_AWS_169', title: 'no topic is open to everybody', types: ['aws_sns_topic', 'aws_sns_topic_policy'],
  }, block => openStatements(block, 'policy', 'a condition on the caller')),
  policy({
    id: 'CKV_AWS_385', title: 'another account reaches a topic only under a condition', types: ['aws_sns_topic_policy'],
  }, block => statementsOf(block).filter(statement => allowed(statement) && statement.conditions.length === 0)
    .filter(statement => statement.principals.some(({ kind, value }) => kind === 'AWS' && /^arn:aws[^:]*:iam::/.test(value)))
    .map(statement => ({
      at: `${statement.at}.Condition`,
      message: `is unset in ${nameOf(statement)}, expected a condition beside principals of AWS; add one such as aws:SourceAccount`,
    }))),
];
