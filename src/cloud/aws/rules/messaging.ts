import type { Block } from '../../validate/stack';
import { and, arn, either, json, length, oneOf, pattern, resourcePolicy, within } from '../../validate/rule-kinds';
import { isTrue } from '../policies/_place';
import { between, id, kmsKey, roleArn, type RuledType } from './_kinds';

const ruleName = and(length(1, 64), pattern(/^[0-9A-Za-z_.-]+$/, 'interruptions'));
const bus = either('the name or the ARN of a bus', arn('events'), pattern(/^[/0-9A-Za-z._-]{1,256}$/, 'default'));
const sampleRate = within(0, 100);
const feedback = Object.fromEntries(['application', 'firehose', 'http', 'lambda', 'sqs'].flatMap(protocol => [
  [`${protocol}_failure_feedback_role_arn`, roleArn], [`${protocol}_success_feedback_role_arn`, roleArn],
  [`${protocol}_success_feedback_sample_rate`, sampleRate],
]));

/** Queues, topics and events. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sqs_queue */
export const messagingRules: Readonly<Record<string, RuledType>> = {
  aws_sqs_queue: {
    values: {
      name: pattern(/^([0-9A-Za-z_-]{1,80}|[0-9A-Za-z_-]{1,75}\.fifo)$/, 'orders'), name_prefix: pattern(/^[0-9A-Za-z_-]{1,54}$/, 'orders-'),
      deduplication_scope: oneOf('queue', 'messageGroup'),
      fifo_throughput_limit: oneOf('perQueue', 'perMessageGroupId'), delay_seconds: within(0, 900),
      kms_data_key_reuse_period_seconds: within(60, 86400), kms_master_key_id: kmsKey,
      max_message_size: within(1024, 1048576), message_retention_seconds: within(60, 1209600), receive_wait_time_seconds: within(0, 20),
      visibility_timeout_seconds: within(0, 43200), policy: resourcePolicy,
      redrive_policy: json, redrive_allow_policy: json,
    },
    conflicts: [['name', 'name_prefix'], ['kms_master_key_id', 'sqs_managed_sse_enabled']],
    whole: queueProblems,
  },
  aws_sqs_queue_policy: { values: { queue_url: pattern(/^https:\/\/[\w.-]+\/\d{12}\/[\w-]+(\.fifo)?$/, 'https://sqs.eu-central-1.amazonaws.com/111122223333/orders'), policy: resourcePolicy } },
  aws_sns_topic: {
    values: {
      name: pattern(/^([0-9A-Za-z_-]{1,256}|[0-9A-Za-z_-]{1,251}\.fifo)$/, 'orders'), name_prefix: pattern(/^[0-9A-Za-z_-]{1,230}$/, 'orders-'),
      display_name: length(0, 100), kms_master_key_id: kmsKey,
      policy: resourcePolicy, delivery_policy: json, archive_policy: json, signature_version: within(1, 2),
      tracing_config: oneOf('Active', 'PassThrough'), fifo_throughput_scope: oneOf('Topic', 'MessageGroup'), ...feedback,
    },
    conflicts: [['name', 'name_prefix']],
    whole: fifoProblem('fifo_topic', ['content_based_deduplication', 'archive_policy', 'fifo_throughput_scope']),
  },
  aws_sns_topic_policy: { values: { arn: arn('sns'), policy: resourcePolicy } },
  aws_sns_topic_subscription: {
    values: {
      protocol: oneOf('application', 'firehose', 'lambda', 'sms', 'sqs', 'email', 'email-json', 'http', 'https'), topic_arn: arn('sns'),
      subscription_role_arn: roleArn, filter_policy: json,
      filter_policy_scope: oneOf('MessageAttributes', 'MessageBody'), redrive_policy: json, delivery_policy: json, replay_policy: json,
      confirmation_timeout_in_minutes: within(1, 10080),
    },
    together: { filter_policy_scope: ['filter_policy'] },
    whole: ({ body }) => body.protocol === 'firehose' && body.subscription_role_arn === undefined
      ? [{ at: 'subscription_role_arn', message: 'is missing, expected the ARN of a role where protocol is "firehose"; add it' }]
      : [],
    free: ['endpoint'],
  },
  aws_cloudwatch_event_rule: {
    values: {
      name: ruleName, name_prefix: and(ruleName, length(1, 38)), description: length(0, 512), event_bus_name: bus, event_pattern: json,
      role_arn: roleArn,
      schedule_expression: and(length(1, 256), pattern(/^(rate\(\d+ (minutes?|hours?|days?)\)|cron\(\S+( \S+){5}\))$/, 'rate(5 minutes)')),
      state: oneOf('DISABLED', 'ENABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'),
    },
    conflicts: [['name', 'name_prefix'], ['is_enabled', 'state']], atLeastOne: [['event_pattern', 'schedule_expression']],
  },
  aws_cloudwatch_event_target: {
    values: {
      'arn': arn(), 'rule': ruleName, 'target_id': ruleName, 'event_bus_name': bus, 'role_arn': roleArn, 'input': json, 'input_path': length(0, 256),
      'dead_letter_config.arn': arn('sqs'),
      'retry_policy.maximum_event_age_in_seconds': within(60, 86400), 'retry_policy.maximum_retry_attempts': within(0, 185),
      'input_transformer.input_template': length(1, 8192), 'sqs_target.message_group_id': length(1, 128),
      'ecs_target.launch_type': oneOf('EC2', 'EXTERNAL', 'FARGATE'), 'ecs_target.task_count': within(1, 10),
      'ecs_target.task_definition_arn': arn('ecs'), 'ecs_target.network_configuration.security_groups': id('sg'),
      'ecs_target.network_configuration.subnets': id('subnet'), 'ecs_target.propagate_tags': oneOf('TASK_DEFINITION'),
      'redshift_target.secrets_manager_arn': arn('secretsmanager'), 'batch_target.array_size': within(2, 10000),
      'batch_target.job_attempts': within(1, 10), 'ecs_target.capacity_provider_strategy.base': within(0, 100000),
      'ecs_target.capacity_provider_strategy.weight': between(0, 1000),
    },
    conflicts: [['input', 'input_path', 'input_transformer']],
    free: [
      'appsync_target', 'batch_target.job_definition', 'batch_target.job_name', 'ecs_target.group', 'ecs_target.platform_version', 'ecs_target.tags',
      'ecs_target.capacity_provider_strategy.capacity_provider',
      'ecs_target.ordered_placement_strategy', 'ecs_target.placement_constraint', 'http_target', 'input_transformer.input_paths', 'kinesis_target',
      'redshift_target', 'run_command_targets', 'sagemaker_pipeline_target',
    ],
  },
};

function queueProblems(block: Block) {
  return fifoProblem('fifo_queue', ['content_based_deduplication', 'deduplication_scope', 'fifo_throughput_limit'])(block);
}

/** Names end with .fifo where messages keep their order, and only there; some arguments exist only there. */
function fifoProblem(argument: string, only: readonly string[]) {
  return ({ body }: Block) => {
    const ordered = isTrue(body[argument]);
    const { name } = body;
    if (typeof name === 'string' && !name.includes('${') && name.endsWith('.fifo') !== ordered) {
      return [{ at: 'name', message: `is ${JSON.stringify(name)}, expected a name ${ordered ? 'that ends' : 'that does not end'} with .fifo where ${argument} is ${ordered}; change one of them` }];
    }
    return ordered ? [] : only.filter(at => body[at] !== undefined && body[at] !== false).map(at => ({ at, message: `is set, expected nothing where ${argument} is not true; remove it, or set ${argument}` }));
  };
}
