import type { ValueRule } from '../../validate/knowledge';
import type { Block } from '../../validate/stack';
import { and, arn, either, length, oneOf, pattern, within } from '../../validate/rule-kinds';
import { blocksIn, isTrue, numberOf } from '../policies/_place';
import { between, dashed, dashedPrefix, day, id, kmsKey, kmsKeyArn, port, roleArn, week, zone, type RuledType } from './_kinds';

const instanceClass = pattern(/^db\.(serverless|[a-z][a-z0-9-]*\.[a-z0-9]+(\.[a-z0-9.]+)?)$/, 'db.r8g.large');
const snapshotName = pattern(/^[A-Za-z](-?[0-9A-Za-z]+)*$/, 'orders-final');
const engineVersion = pattern(/^\d+(\.[\w]+)*(\.mysql_aurora[\w.]*)?(-[\w.]+)?$/, '17.5');
const lifecycle = oneOf('open-source-rds-extended-support', 'open-source-rds-extended-support-disabled');
const monitoring = oneOf(0, 1, 5, 10, 15, 30, 60);
const certificate = pattern(/^rds-ca-[a-z0-9-]+$/, 'rds-ca-rsa2048-g1');
const userName = pattern(/^[A-Za-z_][0-9A-Za-z_@.-]{0,62}$/, 'owner');
const time = pattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, '2026-08-22T10:00:00Z');
const insightsDays: ValueRule = value => {
  const days = numberOf(value) ?? -1;
  return days === 7 || days === 731 || (days > 0 && days <= 713 && days % 31 === 0) ? undefined : `is ${JSON.stringify(value)}, expected 7, a multiple of 31 up to 713, or 731`;
};
const parameterGroupName = and(length(1, 255), pattern(/^[a-z](-?[0-9a-z.]+)*$/, 'orders-postgres17'));
const subnetGroupName = and(length(1, 255), pattern(/^(?!default$)[0-9a-z_ .-]+$/, 'shop-databases'));

const parameterGroup = (family: ValueRule): RuledType => ({
  values: { name: parameterGroupName, name_prefix: dashedPrefix(229, 'orders-'), description: length(1, 255), family, 'parameter.apply_method': oneOf('immediate', 'pending-reboot'), 'parameter.name': pattern(/^[a-z0-9_.-]+$/i, 'log_statement') },
  conflicts: [['name', 'name_prefix']],
  free: ['parameter.value'],
});

/** Aurora and RDS. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/rds_cluster */
export const rdsRules: Readonly<Record<string, RuledType>> = {
  aws_rds_cluster: {
    values: {
      'cluster_identifier': dashed(63, 'orders'), 'cluster_identifier_prefix': dashedPrefix(37, 'orders-'),
      'engine': either('aurora-mysql, aurora-postgresql, mysql or postgres', oneOf('aurora-mysql', 'aurora-postgresql', 'mysql', 'postgres'), pattern(/^custom-/, 'custom-')),
      'engine_mode': oneOf('global', 'multimaster', 'parallelquery', 'provisioned', 'serverless', ''), 'engine_lifecycle_support': lifecycle,
      'engine_version': engineVersion, 'allocated_storage': within(1, 65536), 'availability_zones': zone,
      'backup_retention_period': within(1, 35), 'backtrack_window': within(0, 259200), 'cluster_scalability_type': oneOf('limitless', 'standard'),
      'ca_certificate_identifier': certificate,
      'database_insights_mode': oneOf('standard', 'advanced'), 'database_name': pattern(/^[A-Za-z_][0-9A-Za-z_]{0,63}$/, 'orders'),
      'db_cluster_instance_class': instanceClass, 'db_subnet_group_name': subnetGroupName,
      'db_cluster_parameter_group_name': parameterGroupName, 'db_instance_parameter_group_name': parameterGroupName,
      'enabled_cloudwatch_logs_exports': oneOf('audit', 'error', 'general', 'iam-db-auth-error', 'instance', 'postgresql', 'slowquery', 'upgrade'),
      'final_snapshot_identifier': snapshotName, 'iam_roles': roleArn, 'iops': within(1000, 256000),
      'kms_key_id': kmsKeyArn, 'master_user_secret_kms_key_id': kmsKey, 'master_username': userName,
      'master_password_wo_version': within(1, 2147483647), 'monitoring_interval': monitoring, 'monitoring_role_arn': roleArn,
      'network_type': oneOf('IPV4', 'DUAL'), 'performance_insights_kms_key_id': kmsKeyArn, 'performance_insights_retention_period': insightsDays,
      'port': within(1150, 65535), 'preferred_backup_window': day,
      'preferred_maintenance_window': week, 'storage_type': oneOf('aurora', 'aurora-iopt1', 'io1', 'io2', 'gp3', ''),
      'vpc_security_group_ids': id('sg'),
      'restore_to_point_in_time.restore_to_time': time, 'restore_to_point_in_time.restore_type': oneOf('copy-on-write', 'full-copy'),
      'scaling_configuration.timeout_action': oneOf('ForceApplyCapacityChange', 'RollbackCapacityChange'),
      'scaling_configuration.seconds_before_timeout': within(60, 600), 'scaling_configuration.seconds_until_auto_pause': within(300, 86400),
      'scaling_configuration.max_capacity': within(1, 384), 'scaling_configuration.min_capacity': within(1, 384),
      'serverlessv2_scaling_configuration.max_capacity': between(1, 256, 0.5),
      'serverlessv2_scaling_configuration.min_capacity': between(0, 256, 0.5),
      'serverlessv2_scaling_configuration.seconds_until_auto_pause': within(300, 86400),
    },
    conflicts: [
      ['cluster_identifier', 'cluster_identifier_prefix'], ['manage_master_user_password', 'master_password', 'master_password_wo'],
      ['restore_to_point_in_time', 's3_import', 'snapshot_identifier'],
      ['restore_to_point_in_time.restore_to_time', 'restore_to_point_in_time.use_latest_restorable_time'],
    ],
    exactlyOne: [['restore_to_point_in_time.source_cluster_identifier', 'restore_to_point_in_time.source_cluster_resource_id']],
    together: { master_password_wo: ['master_password_wo_version'], master_password_wo_version: ['master_password_wo'], monitoring_role_arn: ['monitoring_interval'] },
    whole: block => [...capacityProblems(block), ...windowProblem(block, 'preferred_backup_window', 'preferred_maintenance_window'), ...originProblem(block, 'master_username'), ...snapshotProblem(block)],
    free: ['cluster_members', 'db_system_id', 'domain', 'domain_iam_role_name', 'global_cluster_identifier', 'master_password', 'master_password_wo', 'replication_source_identifier', 'snapshot_identifier', 'source_region', 'restore_to_point_in_time', 's3_import'],
  },
  aws_rds_cluster_instance: {
    values: {
      identifier: dashed(63, 'orders-1'), identifier_prefix: dashedPrefix(37, 'orders-'), cluster_identifier: dashed(63, 'orders'),
      engine: either('aurora-mysql, aurora-postgresql, mysql or postgres', oneOf('aurora-mysql', 'aurora-postgresql', 'mysql', 'postgres'), pattern(/^custom-/, 'custom-')),
      engine_version: engineVersion, instance_class: instanceClass, availability_zone: zone, ca_cert_identifier: certificate,
      db_parameter_group_name: parameterGroupName, db_subnet_group_name: subnetGroupName, monitoring_interval: monitoring,
      monitoring_role_arn: roleArn, performance_insights_kms_key_id: kmsKeyArn, performance_insights_retention_period: insightsDays,
      preferred_backup_window: day, preferred_maintenance_window: week, promotion_tier: within(0, 15),
      custom_iam_instance_profile: pattern(/^AWSRDSCustom.*$/, 'AWSRDSCustomProfile'),
    },
    conflicts: [['identifier', 'identifier_prefix']],
    whole: block => [...monitoringProblem(block), ...windowProblem(block, 'preferred_backup_window', 'preferred_maintenance_window')],
  },
  aws_rds_cluster_parameter_group: parameterGroup(pattern(/^(aurora-(mysql|postgresql)|mysql|postgres)\d+(\.\d+)?$/, 'aurora-postgresql17')),
  aws_db_parameter_group: parameterGroup(pattern(/^[a-z][a-z0-9-]*\d+(\.\d+)?$/, 'postgres17')),
  aws_db_subnet_group: {
    values: { name: subnetGroupName, name_prefix: and(length(1, 229), pattern(/^[0-9a-z_ .-]+$/, 'shop-')), description: length(1, 255), subnet_ids: id('subnet') },
    conflicts: [['name', 'name_prefix']],
  },
  aws_db_instance: {
    values: {
      'identifier': dashed(63, 'orders'), 'identifier_prefix': dashedPrefix(37, 'orders-'),
      'engine': either('an engine such as postgres', oneOf('postgres', 'mysql', 'mariadb', 'aurora-mysql', 'aurora-postgresql'), pattern(/^(oracle|sqlserver|db2|custom)-[a-z0-9-]+$/, 'oracle-ee')),
      'engine_version': engineVersion, 'engine_lifecycle_support': lifecycle, 'instance_class': instanceClass, 'allocated_storage': within(5, 65536),
      'max_allocated_storage': within(0, 65536), 'availability_zone': zone, 'backup_retention_period': within(0, 35),
      'backup_target': oneOf('outposts', 'region'), 'backup_window': day, 'maintenance_window': week, 'ca_cert_identifier': certificate,
      'database_insights_mode': oneOf('standard', 'advanced'), 'db_name': pattern(/^[A-Za-z_][0-9A-Za-z_]{0,63}$/, 'orders'),
      'db_subnet_group_name': subnetGroupName, 'domain_auth_secret_arn': arn('secretsmanager'),
      'enabled_cloudwatch_logs_exports': oneOf('agent', 'alert', 'audit', 'diag.log', 'error', 'general', 'iam-db-auth-error', 'listener', 'notify.log', 'oemagent', 'postgresql', 'slowquery', 'trace', 'upgrade'),
      'final_snapshot_identifier': snapshotName, 'iops': within(1000, 256000),
      'kms_key_id': kmsKeyArn,
      'license_model': oneOf('bring-your-own-license', 'general-public-license', 'license-included', 'marketplace-license', 'postgresql-license'),
      'master_user_secret_kms_key_id': kmsKey, 'monitoring_interval': monitoring,
      'monitoring_role_arn': roleArn, 'network_type': oneOf('IPV4', 'DUAL'), 'parameter_group_name': parameterGroupName,
      'password_wo_version': within(1, 2147483647), 'performance_insights_kms_key_id': kmsKeyArn,
      'performance_insights_retention_period': insightsDays,
      'port': port, 'replica_mode': oneOf('mounted', 'open-read-only'), 'storage_throughput': within(125, 4000),
      'storage_type': oneOf('gp2', 'gp3', 'io1', 'io2', 'standard'), 'username': userName, 'vpc_security_group_ids': id('sg'),
      'restore_to_point_in_time.restore_time': time, 'custom_iam_instance_profile': pattern(/^AWSRDSCustom.*$/, 'AWSRDSCustomProfile'),
    },
    conflicts: [
      ['identifier', 'identifier_prefix'], ['manage_master_user_password', 'password', 'password_wo'], ['replicate_source_db', 'db_name'],
      ['replicate_source_db', 'username'], ['replicate_source_db', 'restore_to_point_in_time', 's3_import', 'snapshot_identifier'],
      ['restore_to_point_in_time.restore_time', 'restore_to_point_in_time.use_latest_restorable_time'],
    ],
    together: { password_wo: ['password_wo_version'], password_wo_version: ['password_wo'] },
    whole: block => [...monitoringProblem(block), ...windowProblem(block, 'backup_window', 'maintenance_window'), ...originProblem(block, 'username'), ...snapshotProblem(block), ...storageProblem(block)],
    free: ['character_set_name', 'domain', 'domain_dns_ips', 'domain_fqdn', 'domain_iam_role_name', 'domain_ou', 'nchar_character_set_name', 'option_group_name', 'password', 'password_wo', 'replicate_source_db', 'snapshot_identifier', 'timezone', 'restore_to_point_in_time', 's3_import'],
  },
};

function capacityProblems({ body }: Block) {
  return blocksIn(body, 'serverlessv2_scaling_configuration').flatMap(({ at, value }) => {
    const min = numberOf(value.min_capacity);
    const max = numberOf(value.max_capacity);
    if (min !== undefined && max !== undefined && min > max) return [{ at: `${at}.min_capacity`, message: `is ${min}, expected max_capacity (${max}) or less; lower it` }];
    return value.seconds_until_auto_pause !== undefined && min !== undefined && min > 0
      ? [{ at: `${at}.seconds_until_auto_pause`, message: `is set, expected nothing where min_capacity is ${min}: only a cluster that may go to 0 is paused; remove it` }]
      : [];
  });
}

/** Watching needs a role, and a role needs watching. */
function monitoringProblem({ body }: Block) {
  const interval = numberOf(body.monitoring_interval) ?? 0;
  return interval > 0 && body.monitoring_role_arn === undefined
    ? [{ at: 'monitoring_role_arn', message: `is missing, expected the ARN of a role where monitoring_interval is ${interval}; add it` }]
    : [];
}

/** A new database needs an owner; one that is restored or replicated has one. */
function originProblem({ body }: Block, userArgument: string) {
  const origins = ['snapshot_identifier', 'restore_to_point_in_time', 'replicate_source_db', 'replication_source_identifier', 'global_cluster_identifier'];
  const password = userArgument === 'username' ? 'password' : 'master_password';
  if (origins.some(name => body[name] !== undefined && !(Array.isArray(body[name]) && body[name].length === 0))) return [];
  if (body[userArgument] === undefined) return [{ at: userArgument, message: 'is missing, expected a name where the database is new; add it' }];
  const known = isTrue(body.manage_master_user_password) || body[password] !== undefined || body[`${password}_wo`] !== undefined || typeof body.manage_master_user_password === 'string';
  return known ? [] : [{ at: 'manage_master_user_password', message: 'is not true, expected a password from somewhere; set it to true' }];
}

/** What is deleted leaves a snapshot, unless it is told not to: without a name for it, deletion fails. */
function snapshotProblem({ body }: Block) {
  return isTrue(body.skip_final_snapshot) || body.final_snapshot_identifier !== undefined || typeof body.skip_final_snapshot === 'string'
    ? []
    : [{ at: 'final_snapshot_identifier', message: 'is missing, expected a name where skip_final_snapshot is not true, or deletion fails; add it' }];
}

function storageProblem({ body }: Block) {
  const size = numberOf(body.allocated_storage);
  const most = numberOf(body.max_allocated_storage);
  return size !== undefined && most !== undefined && most !== 0 && most <= size
    ? [{ at: 'max_allocated_storage', message: `is ${most}, expected more than allocated_storage (${size}), or 0; raise it` }]
    : [];
}

/** Backups do not run while the database is maintained. */
function windowProblem({ body }: Block, backup: string, maintenance: string) {
  const daily = minutesOf(body[backup], /^(\d\d):(\d\d)-(\d\d):(\d\d)$/);
  const weekly = minutesOf(body[maintenance], /^\w{3}:(\d\d):(\d\d)-\w{3}:(\d\d):(\d\d)$/);
  if (!daily || !weekly || daily.start > daily.end || weekly.start > weekly.end) return [];
  return daily.start < weekly.end && weekly.start < daily.end
    ? [{ at: backup, message: `is ${JSON.stringify(body[backup])}, expected a time apart from ${maintenance} (${String(body[maintenance])}); move one of them` }]
    : [];
}

function minutesOf(value: unknown, shape: RegExp): { readonly start: number; readonly end: number } | undefined {
  const match = typeof value === 'string' ? shape.exec(value) : undefined;
  if (!match) return undefined;
  const [a, b, c, d] = match.slice(1).map(Number);
  return { start: a * 60 + b, end: c * 60 + d };
}
