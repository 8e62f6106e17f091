import type { Policy } from '../../validate/knowledge';
import { attachment } from './_attachment';
import { off, on, policy, requirement } from './_policy';
import { openStatements } from './_principals';

/** Keys. */
export const kmsPolicies: readonly Policy[] = [
  requirement({
    id: 'CKV_AWS_7', also: ['AWS-0065'], title: 'keys are rotated', types: ['aws_kms_key'], at: 'enable_key_rotation', wanted: on,
    remedy: 'set it to true',
    where: block => /^SYMMETRIC_DEFAULT$|^HMAC/.test(String(block.body.customer_master_key_spec ?? 'SYMMETRIC_DEFAULT')),
  }),
  requirement({
    id: 'CKV_AWS_227', title: 'keys are switched on', types: ['aws_kms_key'], at: 'is_enabled', wanted: on, mayBeUnset: true,
    remedy: 'set it to true, or take the key out',
  }),
  attachment({
    id: 'CKV2_AWS_64', title: 'a key says who may use it', types: ['aws_kms_key'], by: ['aws_kms_key_policy'],
    unless: block => block.body.policy !== undefined && block.body.policy !== '', remedy: 'set policy',
  }),
  policy({
    id: 'CKV_AWS_33', title: 'no key is for everybody', types: ['aws_kms_key'],
  }, block => openStatements(block, 'policy', 'any condition')),
  requirement({
    id: 'MARTY_AWS_KMS_LOCKOUT', title: 'the rules about a locked-out key stay on', types: ['aws_kms_key'],
    at: 'bypass_policy_lockout_safety_check', wanted: off, mayBeUnset: true,
    remedy: 'take it out and let the key policy name the account, or nobody can change it again',
  }),
];
