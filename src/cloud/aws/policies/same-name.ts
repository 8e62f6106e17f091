import type { Policy } from '../../validate/knowledge';
import { hasExpression } from '../../validate/template';
import { policy } from './_policy';

/** What AWS knows things of a type by: it makes no second one in an account and a region. */
export const namedBy: Readonly<Record<string, string>> = {
  aws_backup_vault: 'name', aws_cloudwatch_event_rule: 'name', aws_cloudwatch_log_group: 'name', aws_db_instance: 'identifier', aws_db_parameter_group: 'name',
  aws_db_subnet_group: 'name', aws_ecr_repository: 'name', aws_eks_cluster: 'name', aws_elasticache_parameter_group: 'name',
  aws_elasticache_replication_group: 'replication_group_id', aws_elasticache_subnet_group: 'name', aws_elasticache_user: 'user_id',
  aws_elasticache_user_group: 'user_group_id', aws_iam_instance_profile: 'name', aws_iam_role: 'name', aws_kms_alias: 'name', aws_launch_template: 'name',
  aws_rds_cluster: 'cluster_identifier', aws_rds_cluster_instance: 'identifier', aws_s3_bucket: 'bucket', aws_secretsmanager_secret: 'name', aws_sns_topic: 'name',
  aws_sqs_queue: 'name',
};

/** Whether AWS knows things of a type in all regions by one name. */
export const isGlobal = (type: string) => type.startsWith('aws_iam_') || type === 'aws_s3_bucket';

/** Things of one name, of which AWS would refuse the second when the first is there. */
export const sameNamePolicies: readonly Policy[] = [
  policy({ id: 'MARTY_AWS_SAME_NAME', title: 'no two things of a type have one name', types: Object.keys(namedBy) }, (block, stack) => {
    const at = namedBy[block.type];
    const { region, provider } = block.body;
    const name = block.body[at];
    if (typeof name !== 'string' || hasExpression(name)) return [];
    const alike = stack.ofType(block.type);
    const first = alike.slice(0, alike.indexOf(block)).find(({ body }) => body[at] === name && body.region === region && body.provider === provider);
    return first ? [{ at, message: `is ${JSON.stringify(name)}, which ${first.address} is called too, expected a name of its own; choose another` }] : [];
  }),
];
