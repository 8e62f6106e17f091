import type { Block } from '../../validate/stack';
import { arn, length, oneOf, pattern, within } from '../../validate/rule-kinds';
import { blocksIn, numberOf } from '../policies/_place';
import { kmsKeyArn, roleArn, type RuledType } from './_kinds';

const vaultName = pattern(/^[0-9A-Za-z_-]{2,50}$/, 'databases');
const days = within(1, 36500);

/** Backups. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/backup_plan */
export const backupRules: Readonly<Record<string, RuledType>> = {
  aws_backup_vault: { values: { name: vaultName, kms_key_arn: kmsKeyArn } },
  aws_backup_plan: {
    values: {
      'name': pattern(/^[0-9A-Za-z_.-]{1,50}$/, 'databases'), 'rule.rule_name': pattern(/^[0-9A-Za-z_.-]{1,50}$/, 'daily'),
      'rule.target_vault_name': vaultName,
      'rule.schedule': pattern(/^(cron\(\S+( \S+){5}\)|rate\(\d+ (minutes?|hours?|days?)\))$/, 'cron(0 5 * * ? *)'),
      'rule.schedule_expression_timezone': pattern(/^[A-Za-z]+([/_+-][A-Za-z0-9]+)*$/, 'Europe/Berlin'), 'rule.start_window': within(60, 527040),
      'rule.completion_window': within(60, 527040), 'rule.lifecycle.cold_storage_after': days, 'rule.lifecycle.delete_after': days,
      'rule.copy_action.destination_vault_arn': arn('backup'), 'rule.copy_action.lifecycle.cold_storage_after': days,
      'rule.copy_action.lifecycle.delete_after': days, 'rule.target_logically_air_gapped_backup_vault_arn': arn('backup'),
      'rule.recovery_point_tags.*': length(0, 256), 'advanced_backup_setting.resource_type': oneOf('EC2'),
      'rule.scan_action.malware_scanner': oneOf('GUARDDUTY'), 'rule.scan_action.scan_mode': oneOf('FULL_SCAN', 'INCREMENTAL_SCAN'),
      'scan_setting.malware_scanner': oneOf('GUARDDUTY'), 'scan_setting.resource_types': oneOf('EBS', 'EC2', 'S3', 'ALL'),
      'scan_setting.scanner_role_arn': roleArn,
    },
    whole: planProblems,
    free: ['rule.recovery_point_tags', 'advanced_backup_setting.backup_options'],
  },
  aws_backup_selection: {
    values: { 'name': pattern(/^[0-9A-Za-z_.-]{1,50}$/, 'databases'), 'iam_role_arn': roleArn, 'plan_id': pattern(/^[0-9A-Za-z-]{1,64}$/, '1234abcd-12ab-34cd-56ef-1234567890ab'), 'resources': pattern(/^(\*|arn:[^:]+:[^:]+:[^:]*:[^:]*:.+)$/, 'arn:aws:rds:eu-central-1:111122223333:cluster:orders'), 'not_resources': pattern(/^arn:/, 'arn:aws:rds:eu-central-1:111122223333:cluster:orders'), 'selection_tag.type': oneOf('STRINGEQUALS') },
    atLeastOne: [['resources', 'not_resources', 'selection_tag', 'condition']],
    free: ['condition', 'selection_tag.key', 'selection_tag.value'],
  },
};

/** What goes to cold storage stays there for 90 days at least. */
function planProblems({ body }: Block) {
  return ['rule.lifecycle', 'rule.copy_action.lifecycle'].flatMap(path => blocksIn(body, path)).flatMap(({ at, value }) => {
    const cold = numberOf(value.cold_storage_after);
    const end = numberOf(value.delete_after);
    return cold !== undefined && end !== undefined && end < cold + 90
      ? [{ at: `${at}.delete_after`, message: `is ${end}, expected ${cold + 90} or more: 90 days after cold_storage_after (${cold}); raise it` }]
      : [];
  });
}
