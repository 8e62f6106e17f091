import { told } from '../../validate/json-value';
import type { Policy } from '../../validate/knowledge';
import type { Block } from '../../validate/stack';
import { attachment } from './_attachment';
import { numberOf, textsOf } from './_place';
import { off, on, oneOfThese, ownKey, policy, requirement, something } from './_policy';

const everyEngine = ['aws_db_instance', 'aws_rds_cluster'];
const instances = ['aws_db_instance', 'aws_rds_cluster_instance'];

/** Aurora and RDS: what stands in the arguments of one resource. */
export const rdsPolicies: readonly Policy[] = [
  encrypted('CKV_AWS_16', 'AWS-0080', 'aws_db_instance'),
  encrypted('CKV_AWS_96', 'AWS-0079', 'aws_rds_cluster'),
  requirement({
    id: 'CKV_AWS_327', title: 'a database is encrypted with a key of your own', types: ['aws_rds_cluster'], at: 'kms_key_id', wanted: ownKey,
    remedy: 'set it to the ARN of a key',
  }),
  requirement({
    id: 'MARTY_AWS_DATABASE_KEY', title: 'a database is encrypted with a key of your own', types: ['aws_db_instance'],
    at: 'kms_key_id', wanted: ownKey, remedy: 'set it to the ARN of a key', where: isPrimary,
  }),
  requirement({
    id: 'CKV_AWS_17', also: ['AWS-0180'], title: 'no database has a public address', types: instances, at: 'publicly_accessible', wanted: off,
    mayBeUnset: true, remedy: 'set it to false',
  }),
  requirement({
    id: 'CKV_AWS_118', title: 'the operating system of a database is watched', types: instances,
    at: 'monitoring_interval', wanted: oneOfThese(1, 5, 10, 15, 30, 60), remedy: 'set it to 60 and monitoring_role_arn to a role',
  }),
  requirement({
    id: 'CKV_AWS_129', title: 'a database writes its logs to CloudWatch', types: ['aws_db_instance'],
    at: 'enabled_cloudwatch_logs_exports', wanted: something, remedy: 'name logs, such as postgresql and upgrade',
  }),
  requirement({
    id: 'CKV_AWS_324', title: 'a cluster writes its logs to CloudWatch', types: ['aws_rds_cluster'],
    at: 'enabled_cloudwatch_logs_exports', wanted: something, remedy: 'name logs, such as postgresql',
  }),
  requirement({
    id: 'CKV_AWS_325', title: 'a cluster of MySQL writes its audit log', types: ['aws_rds_cluster'],
    where: block => /^(aurora|aurora-mysql|mysql)$/.test(String(block.body.engine)),
    at: 'enabled_cloudwatch_logs_exports', wanted: { words: '"audit" among them', accepts: value => textsOf(value).includes('audit') },
    remedy: 'add "audit"',
  }),
  requirement({
    id: 'CKV_AWS_326', title: 'a cluster of Aurora MySQL can be turned back', types: ['aws_rds_cluster'],
    where: block => /^aurora(-mysql)?$/.test(String(block.body.engine)),
    at: 'backtrack_window', wanted: { words: 'seconds, 259200 at most', accepts: value => (numberOf(value) ?? 0) > 0 }, remedy: 'set it to 86400',
  }),
  requirement({
    id: 'CKV_AWS_133', title: 'a database is backed up', types: everyEngine, at: 'backup_retention_period', mayBeUnset: true,
    wanted: { words: '1 to 35 days', accepts: value => (numberOf(value) ?? 0) >= 1 && (numberOf(value) ?? 0) <= 35 }, remedy: 'set it to 7 or more',
  }),
  requirement({
    id: 'MARTY_AWS_BACKUP_DAYS', also: ['AWS-0077'], title: 'backups of a database outlive a day', types: everyEngine, where: isPrimary,
    at: 'backup_retention_period', wanted: { words: '2 days or more', accepts: value => (numberOf(value) ?? 0) >= 2 }, remedy: 'set it to 7 or more',
  }),
  requirement({
    id: 'CKV_AWS_157', title: 'a database has a stand-by in another zone', types: ['aws_db_instance'], at: 'multi_az', wanted: on,
    remedy: 'set it to true',
  }),
  requirement({
    id: 'CKV_AWS_161', also: ['AWS-0176'], title: 'a database lets identities in, not only passwords', types: ['aws_db_instance'],
    at: 'iam_database_authentication_enabled', wanted: on, remedy: 'set it to true',
  }),
  requirement({
    id: 'CKV_AWS_162', also: ['AWS-0176'], title: 'a cluster lets identities in, not only passwords', types: ['aws_rds_cluster'],
    at: 'iam_database_authentication_enabled', wanted: on, remedy: 'set it to true',
  }),
  requirement({
    id: 'CKV_AWS_211', title: 'the certificate of a database is of an authority that lasts', types: ['aws_db_instance'], at: 'ca_cert_identifier',
    mayBeUnset: true,
    wanted: oneOfThese('rds-ca-rsa2048-g1', 'rds-ca-rsa4096-g1', 'rds-ca-ecc384-g1'), remedy: 'set it to "rds-ca-rsa2048-g1"',
  }),
  requirement({
    id: 'CKV_AWS_226', title: 'corrections arrive by themselves', types: instances, at: 'auto_minor_version_upgrade', wanted: on,
    remedy: 'set it to true',
  }),
  requirement({
    id: 'CKV_AWS_293', also: ['AWS-0177'], title: 'a database is not deleted by mistake', types: ['aws_db_instance'],
    at: 'deletion_protection', wanted: on, remedy: 'set it to true; before the database is to go, deploy deletionProtection: { off: \'why\' } in a change of its own',
  }),
  requirement({
    id: 'CKV_AWS_139', also: ['AWS-0343'], title: 'a cluster is not deleted by mistake', types: ['aws_rds_cluster'],
    at: 'deletion_protection', wanted: on, remedy: 'set it to true; before the cluster is to go, deploy deletionProtection: { off: \'why\' } in a change of its own',
  }),
  requirement({
    id: 'CKV_AWS_353', also: ['AWS-0133'], title: 'what a database is busy with is recorded', types: instances,
    at: 'performance_insights_enabled', wanted: on, remedy: 'set it to true',
  }),
  requirement({
    id: 'CKV_AWS_354', also: ['AWS-0078'], title: 'what a database is busy with is encrypted with a key of your own', types: instances,
    at: 'performance_insights_kms_key_id', wanted: ownKey, remedy: 'set it to the ARN of a key',
  }),
  requirement({
    id: 'CKV_AWS_313', title: 'snapshots of a cluster carry its tags', types: ['aws_rds_cluster'], at: 'copy_tags_to_snapshot', wanted: on,
    remedy: 'set it to true',
  }),
  requirement({
    id: 'CKV2_AWS_60', title: 'snapshots of a database carry its tags', types: ['aws_db_instance'], at: 'copy_tags_to_snapshot', wanted: on,
    remedy: 'set it to true',
    where: block => !/^(neptune|aurora|docdb)$/.test(String(block.body.engine)),
  }),
  attachment({
    id: 'CKV2_AWS_8', title: 'a cluster is part of a plan of AWS Backup', types: ['aws_rds_cluster'], by: ['aws_backup_selection'],
    remedy: 'add its ARN to resources of an aws_backup_selection',
  }),
  policy({
    id: 'CKV_AWS_250', title: 'the extension log_fdw has its correction', types: everyEngine,
  }, block => fixedBefore(block, { 'postgres': { 10: 17, 11: 12, 12: 7, 13: 3, 14: 0 }, 'aurora-postgresql': { 10: 14, 11: 9, 12: 0 } })),
  policy({
    id: 'CKV_AWS_388', title: 'files of the host cannot be read', types: ['aws_db_instance'],
  }, block => fixedBefore(block, { 'aurora-postgresql': { 10: 14, 11: 9, 12: 0 } })),
  policy({
    id: 'MARTY_AWS_DATABASE_PASSWORD', title: 'the password of a database is in no state', types: everyEngine,
  }, block => ['password', 'master_password'].filter(at => block.body[at] !== undefined).map(at => ({
    at, message: 'is set, expected a password that the state does not hold; set manage_master_user_password to true, or use the write-only argument',
  }))),
];

function encrypted(id: string, trivy: string, type: string): Policy {
  return requirement({ id, also: [trivy], title: 'a database is encrypted', types: [type], at: 'storage_encrypted', wanted: on, remedy: 'set it to true', where: isPrimary });
}

/** A replica takes encryption, backups and keys from what it replicates. */
function isPrimary(block: Block): boolean {
  return block.body.replicate_source_db === undefined && block.body.replication_source_identifier === undefined;
}

/** Versions before the first minor version of each major one that has a correction; majors before the first known are all before it. */
function fixedBefore(block: Block, engines: Readonly<Record<string, Readonly<Record<number, number>>>>) {
  const fixes = engines[String(block.body.engine)];
  const version = block.body.engine_version;
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(String(version)) ?? [];
  if (!fixes || major === undefined) return [];
  const firsts = Object.keys(fixes).map(Number);
  const first = fixes[Number(major)];
  const kept = first === undefined ? Number(major) > Math.max(...firsts) : Number(minor) >= first;
  return kept ? [] : [{
    at: 'engine_version',
    message: `is ${told(version)}, expected ${first === undefined ? `${Math.max(...firsts)} or later` : `${major}.${first} or later`}; raise it`,
  }];
}
