import { told } from '../../validate/json-value';
import type { Policy } from '../../validate/knowledge';
import type { Block, SynthesizedStack } from '../../validate/stack';
import { referrersOf } from './_attached';
import { attachment } from './_attachment';
import { allowed, nameOf, statementsOf } from './_document';
import { blocksIn, isTrue, textsOf, valueOf } from './_place';
import { on, oneOfThese, ownKey, policy, requirement } from './_policy';
import { forEverybody, openStatements } from './_principals';

const bucket = ['aws_s3_bucket'];
const block_ = ['aws_s3_bucket_public_access_block'];
const encryption = 'aws_s3_bucket_server_side_encryption_configuration';
const algorithm = 'rule.apply_server_side_encryption_by_default.sse_algorithm';

/** Buckets. */
export const s3Policies: readonly Policy[] = [
  attachment({
    id: 'CKV_AWS_18', also: ['AWS-0089'], title: 'access to a bucket is logged', types: bucket, by: ['aws_s3_bucket_logging'],
    unless: ({ body }) => body.logging !== undefined, remedy: 'add an aws_s3_bucket_logging',
  }),
  policy({
    id: 'CKV_AWS_19', also: ['AWS-0088'], title: 'a bucket is encrypted', types: bucket,
  }, (block, stack) => algorithms(block, stack).filter(value => value !== 'AES256' && !/^aws:kms(:dsse)?$/.test(String(value))).map(value => wrongAlgorithm(value, '"aws:kms"'))),
  policy({
    id: 'CKV_AWS_145', also: ['AWS-0132'], title: 'a bucket is encrypted with a key of KMS', types: bucket,
  }, (block, stack) => {
    const found = algorithms(block, stack);
    return found.length > 0 && found.every(value => /^aws:kms(:dsse)?$/.test(String(value))) ? [] : [wrongAlgorithm(found[0], '"aws:kms"')];
  }),
  requirement({
    id: 'MARTY_AWS_BUCKET_KEY', also: ['AWS-0132'], title: 'a bucket is encrypted with a key of your own', types: [encryption],
    at: 'rule.apply_server_side_encryption_by_default.kms_master_key_id', wanted: ownKey, remedy: 'set it to the ARN of a key',
    where: block => /^aws:kms/.test(String(valueOf(block.body, algorithm))),
  }),
  acl('CKV_AWS_20', ['public-read', 'public-read-write']),
  acl('CKV_AWS_57', ['public-read-write']),
  attachment({
    id: 'CKV_AWS_21', also: ['AWS-0090'], title: 'what is overwritten in a bucket can be had back', types: bucket, by: ['aws_s3_bucket_versioning'],
    unless: ({ body }) => isTrue(valueOf(body, 'versioning.enabled')), remedy: 'add an aws_s3_bucket_versioning with the status "Enabled"',
  }),
  requirement({
    id: 'MARTY_AWS_BUCKET_VERSIONS', also: ['AWS-0090'], title: 'versions of a bucket are switched on', types: ['aws_s3_bucket_versioning'],
    at: 'versioning_configuration.status', wanted: oneOfThese('Enabled'), remedy: 'set it to "Enabled"',
  }),
  ...([['CKV_AWS_53', 'AWS-0086', 'block_public_acls'], ['CKV_AWS_54', 'AWS-0087', 'block_public_policy'],
    ['CKV_AWS_55', 'AWS-0091', 'ignore_public_acls'], ['CKV_AWS_56', 'AWS-0093', 'restrict_public_buckets']] as const)
    .map(([id, trivy, at]) => requirement({ id, also: [trivy], title: `public access to a bucket is shut off (${at})`, types: block_, at, wanted: on, remedy: 'set it to true' })),
  attachment({
    id: 'CKV2_AWS_6', also: ['AWS-0094'], title: 'public access to a bucket is shut off', types: bucket, by: block_,
    remedy: 'add an aws_s3_bucket_public_access_block with all four arguments true',
  }),
  policy({
    id: 'CKV_AWS_70', title: 'no bucket is for everybody', types: ['aws_s3_bucket', 'aws_s3_bucket_policy'],
  }, block => openStatements(block, 'policy', 'a condition on the caller')),
  policy({
    id: 'CKV_AWS_93', title: 'the policy of a bucket locks nobody out', types: ['aws_s3_bucket', 'aws_s3_bucket_policy'],
  }, block => statementsOf(block)
    .filter(statement => !allowed(statement) && forEverybody(statement) && statement.conditions.length === 0)
    .filter(statement => statement.actions.some(action => /^(\*|s3:\*|s3:Put\*|s3:\*BucketPolicy|s3:PutBucketPolicy)$/i.test(action)))
    .map(statement => ({
      at: statement.at,
      message: `denies everybody the change of the policy (${nameOf(statement)}), expected a way back besides the root user; name the actions, or add a condition`,
    }))),
  policy({
    id: 'MARTY_AWS_BUCKET_TLS', title: 'a bucket speaks over TLS only', types: bucket,
  }, (block, stack) => referrersOf(block, 'aws_s3_bucket_policy', stack).some(deniesPlainText) ? [] : [{
    at: '',
    message: 'accepts requests without TLS, expected a policy that denies them; add an aws_s3_bucket_policy that denies s3:* where aws:SecureTransport is "false"',
  }]),
  requirement({
    id: 'CKV_AWS_143', title: 'a lock on a bucket is switched on', types: bucket, at: 'object_lock_configuration.object_lock_enabled',
    wanted: oneOfThese('Enabled'),
    remedy: 'set it to "Enabled"', where: block => blocksIn(block.body, 'object_lock_configuration').length > 0,
  }),
  policy({
    id: 'CKV_AWS_144', title: 'a bucket has a copy elsewhere', types: bucket,
  }, (block, stack) => {
    const rules = [
      ...blocksIn(block.body, 'replication_configuration.rules'),
      ...referrersOf(block, 'aws_s3_bucket_replication_configuration', stack).flatMap(other => blocksIn(other.body, 'rule')),
    ];
    return rules.some(({ value }) => value.status === 'Enabled') ? [] : [{
      at: '', message: 'is copied nowhere, expected a replication that is on; add an aws_s3_bucket_replication_configuration with an enabled rule, or waive it with the reason',
    }];
  }),
  policy({
    id: 'CKV_AWS_300', title: 'uploads that were given up are cleared away', types: ['aws_s3_bucket_lifecycle_configuration'],
  }, block => blocksIn(block.body, 'rule').some(({ value }) => value.status === 'Enabled' && blocksIn(value, 'abort_incomplete_multipart_upload').length > 0 && forAll(value)) ? [] : [{
    at: 'rule',
    message: 'has no rule for all objects with abort_incomplete_multipart_upload, expected one with the status "Enabled"; add one of 7 days',
  }]),
  attachment({
    id: 'CKV2_AWS_61', title: 'objects of a bucket have a life cycle', types: bucket, by: ['aws_s3_bucket_lifecycle_configuration'],
    unless: ({ body }) => body.lifecycle_rule !== undefined, remedy: 'add an aws_s3_bucket_lifecycle_configuration',
  }),
  attachment({
    id: 'CKV2_AWS_62', title: 'changes of a bucket are told to somebody', types: bucket, by: ['aws_s3_bucket_notification'],
    remedy: 'add an aws_s3_bucket_notification (eventbridge = true costs nothing), or waive it with the reason',
  }),
  requirement({
    id: 'CKV2_AWS_65', title: 'a bucket has no access control lists', types: ['aws_s3_bucket_ownership_controls'],
    at: 'rule.object_ownership', wanted: oneOfThese('BucketOwnerEnforced'), remedy: 'set it to "BucketOwnerEnforced"',
  }),
];

function algorithms(block: Block, stack: SynthesizedStack): readonly unknown[] {
  const own = valueOf(block.body, `server_side_encryption_configuration.${algorithm}`);
  return [...own === undefined ? [] : [own], ...referrersOf(block, encryption, stack).map(other => valueOf(other.body, algorithm))];
}

function wrongAlgorithm(value: unknown, expected: string) {
  return { at: '', message: `is encrypted with ${told(value)}, expected ${expected}; add an ${encryption} with it and a key` };
}

function acl(id: string, forbidden: readonly string[]): Policy {
  return policy({ id, also: ['AWS-0092'], title: 'no list opens a bucket to everybody', types: ['aws_s3_bucket', 'aws_s3_bucket_acl'] }, block =>
    textsOf(block.body.acl).filter(value => forbidden.includes(value)).map(value => ({
      at: 'acl', message: `is ${told(value)}, expected "private"; take it out and give access by policy`,
    })));
}

/** Whether a rule speaks of every object: a filter that names something does not. */
function forAll(rule: Readonly<Record<string, unknown>>): boolean {
  return !rule.prefix && blocksIn(rule, 'filter').every(({ value }) => ['prefix', 'object_size_greater_than', 'object_size_less_than', 'tag', 'and']
    .every(name => value[name] === undefined || value[name] === '' || (Array.isArray(value[name]) && value[name].length === 0)));
}

function deniesPlainText(block: Block): boolean {
  const statements = statementsOf(block);
  return statements.length === 0 || statements.some(statement => !allowed(statement)
    && statement.conditions.some(({ operator, key, values }) => /^Bool(IfExists)?$/i.test(operator) && key.toLowerCase() === 'aws:securetransport' && values.includes('false')));
}
