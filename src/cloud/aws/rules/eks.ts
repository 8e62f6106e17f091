import type { Block } from '../../validate/stack';
import { and, arn, cidr, length, oneOf, pattern, within } from '../../validate/rule-kinds';
import { blocksIn, numberOf, textsOf } from '../policies/_place';
import { clusterName, id, kmsKeyArn, roleArn, type RuledType } from './_kinds';

const privateRange = and(cidr({ min: 12, max: 24 }), pattern(/^(10|172\.(1[6-9]|2\d|3[01])|192\.168)\./, '172.20.0.0/16'));
const version = pattern(/^1\.\d{2}$/, '1.35');
const dnsLabel = pattern(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'orders');
const serviceAccount = and(length(1, 253), pattern(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'orders'));
const nodeGroupName = pattern(/^[0-9A-Za-z][0-9A-Za-z_-]*$/, 'general');
const percent = within(1, 100);
/** A group or a name of Kubernetes that is not one of its own. */
const subject = pattern(/^(?!system:|eks:|aws:|amazon:|iam:)[\x21-\x7e]+$/, 'platform-readers');

const amiTypes = [
  'AL2_x86_64', 'AL2_x86_64_GPU', 'AL2_ARM_64', 'CUSTOM', 'BOTTLEROCKET_ARM_64', 'BOTTLEROCKET_x86_64', 'BOTTLEROCKET_ARM_64_FIPS',
  'BOTTLEROCKET_x86_64_FIPS', 'BOTTLEROCKET_ARM_64_NVIDIA',
  'BOTTLEROCKET_x86_64_NVIDIA', 'BOTTLEROCKET_ARM_64_NVIDIA_FIPS', 'BOTTLEROCKET_x86_64_NVIDIA_FIPS', 'WINDOWS_CORE_2019_x86_64',
  'WINDOWS_FULL_2019_x86_64', 'WINDOWS_CORE_2022_x86_64',
  'WINDOWS_FULL_2022_x86_64', 'WINDOWS_CORE_2025_x86_64', 'WINDOWS_FULL_2025_x86_64', 'AL2023_x86_64_STANDARD', 'AL2023_ARM_64_STANDARD',
  'AL2023_x86_64_NEURON', 'AL2023_x86_64_NVIDIA',
  'AL2023_ARM_64_NVIDIA',
] as const;

/** Clusters and their parts. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_cluster */
export const eksRules: Readonly<Record<string, RuledType>> = {
  aws_eks_cluster: {
    values: {
      'name': clusterName, version, 'role_arn': roleArn,
      'enabled_cluster_log_types': oneOf('api', 'audit', 'authenticator', 'controllerManager', 'scheduler'),
      'access_config.authentication_mode': oneOf('CONFIG_MAP', 'API', 'API_AND_CONFIG_MAP'),
      'compute_config.node_pools': oneOf('general-purpose', 'system'), 'compute_config.node_role_arn': roleArn,
      'control_plane_scaling_config.tier': oneOf('standard', 'tier-xl', 'tier-2xl', 'tier-4xl'), 'encryption_config.resources': oneOf('secrets'),
      'encryption_config.provider.key_arn': kmsKeyArn,
      'kubernetes_network_config.ip_family': oneOf('ipv4', 'ipv6'), 'kubernetes_network_config.service_ipv4_cidr': privateRange,
      'upgrade_policy.support_type': oneOf('STANDARD', 'EXTENDED'),
      'vpc_config.public_access_cidrs': cidr({ family: 'any' }), 'vpc_config.security_group_ids': id('sg'), 'vpc_config.subnet_ids': id('subnet'),
      'remote_network_config.remote_node_networks.cidrs': cidr(), 'remote_network_config.remote_pod_networks.cidrs': cidr(),
      'outpost_config.outpost_arns': arn('outposts'),
    },
    whole: clusterProblems,
    free: ['outpost_config.control_plane_instance_type', 'outpost_config.control_plane_placement.group_name'],
  },
  'data.aws_eks_cluster': { values: { name: clusterName } },
  'data.aws_eks_addon_version': { values: { addon_name: length(1, 100), kubernetes_version: version } },
  aws_eks_node_group: {
    values: {
      'ami_type': oneOf(...amiTypes), 'capacity_type': oneOf('ON_DEMAND', 'SPOT', 'CAPACITY_BLOCK'), 'cluster_name': clusterName,
      'disk_size': within(1, 16384),
      'instance_types': pattern(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, 'm7g.large'),
      'labels.*': pattern(/^([0-9A-Za-z]([\w.-]{0,61}[0-9A-Za-z])?)?$/, 'orders'), 'node_group_name': and(length(1, 63), nodeGroupName),
      'node_group_name_prefix': and(length(1, 37), nodeGroupName), 'node_role_arn': roleArn, version,
      'release_version': pattern(/^1\.\d{2}\.\d+(-[\w.]+)?$/, '1.35.0-20260815'), 'subnet_ids': id('subnet'),
      'launch_template.id': id('lt'), 'launch_template.name': and(length(3, 125), pattern(/^[0-9A-Za-z()./_-]+$/, 'general')),
      'launch_template.version': pattern(/^(\d+|\$(Latest|Default))$/, '1'),
      'node_repair_config.max_parallel_nodes_repaired_count': within(1, 10000), 'node_repair_config.max_parallel_nodes_repaired_percentage': percent,
      'node_repair_config.max_unhealthy_node_threshold_count': within(1, 10000),
      'node_repair_config.max_unhealthy_node_threshold_percentage': percent,
      'node_repair_config.node_repair_config_overrides.min_repair_wait_time_mins': within(1, 100000),
      'node_repair_config.node_repair_config_overrides.repair_action': oneOf('Replace', 'Reboot', 'NoAction'),
      'remote_access.source_security_group_ids': id('sg'), 'scaling_config.desired_size': within(0, 10000),
      'scaling_config.max_size': within(1, 10000), 'scaling_config.min_size': within(0, 10000),
      'taint.effect': oneOf('NO_SCHEDULE', 'NO_EXECUTE', 'PREFER_NO_SCHEDULE'),
      'taint.key': pattern(/^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[0-9A-Za-z]([\w.-]{0,61}[0-9A-Za-z])?$/, 'nvidia.com/gpu'),
      'taint.value': length(0, 63), 'update_config.max_unavailable': percent, 'update_config.max_unavailable_percentage': percent,
    },
    conflicts: [
      ['node_group_name', 'node_group_name_prefix'], ['launch_template', 'remote_access'], ['launch_template', 'disk_size'],
      ['node_repair_config.max_parallel_nodes_repaired_count', 'node_repair_config.max_parallel_nodes_repaired_percentage'],
      ['node_repair_config.max_unhealthy_node_threshold_count', 'node_repair_config.max_unhealthy_node_threshold_percentage'],
    ],
    exactlyOne: [['launch_template.id', 'launch_template.name'], ['update_config.max_unavailable', 'update_config.max_unavailable_percentage']],
    whole: nodeGroupProblems,
    free: ['labels', 'remote_access.ec2_ssh_key', 'node_repair_config.node_repair_config_overrides.node_monitoring_condition', 'node_repair_config.node_repair_config_overrides.node_unhealthy_reason'],
  },
  aws_eks_addon: {
    values: {
      'addon_name': pattern(/^[a-z0-9][a-z0-9_-]*$/, 'vpc-cni'), 'addon_version': pattern(/^v\d+\.\d+\.\d+(-[\w.-]+)?$/, 'v1.20.0-eksbuild.1'),
      'cluster_name': clusterName,
      'resolve_conflicts_on_create': oneOf('NONE', 'OVERWRITE'), 'resolve_conflicts_on_update': oneOf('NONE', 'OVERWRITE', 'PRESERVE'),
      'service_account_role_arn': roleArn,
      'pod_identity_association.role_arn': roleArn, 'pod_identity_association.service_account': serviceAccount,
    },
    free: ['configuration_values'],
  },
  aws_eks_access_entry: {
    values: {
      cluster_name: clusterName, principal_arn: and(arn('iam'), pattern(/:(role|user)\//, 'arn:aws:iam::111122223333:role/platform')),
      type: oneOf('STANDARD', 'EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'EC2', 'HYBRID_LINUX', 'HYPERPOD_LINUX'), kubernetes_groups: subject,
      user_name: subject,
    },
    whole: ({ body }) => ['kubernetes_groups', 'user_name'].filter(at => body[at] !== undefined && !(Array.isArray(body[at]) && body[at].length === 0) && !['STANDARD', undefined].includes(body.type as string | undefined))
      .map(at => ({ at, message: `is set, expected nothing where type is ${JSON.stringify(body.type)}: AWS gives such entries their groups; remove it` })),
  },
  aws_eks_access_policy_association: {
    values: {
      'cluster_name': clusterName, 'principal_arn': arn('iam'),
      'policy_arn': pattern(/^arn:aws[\w-]*:eks::aws:cluster-access-policy\/\w+$/, 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy'),
      'access_scope.type': oneOf('cluster', 'namespace'), 'access_scope.namespaces': pattern(/^[a-z0-9*]([a-z0-9*-]{0,61}[a-z0-9*])?$/, 'shop'),
    },
    whole: ({ body }) => blocksIn(body, 'access_scope').flatMap(({ at, value }) => {
      const named = textsOf(value.namespaces).length > 0;
      if (value.type === 'cluster' && named) return [{ at: `${at}.namespaces`, message: 'is set, expected nothing where type is "cluster"; remove it, or make type "namespace"' }];
      return value.type === 'namespace' && value.namespaces === undefined ? [{ at: `${at}.namespaces`, message: 'is missing, expected at least one where type is "namespace"; name them' }] : [];
    }),
  },
  aws_eks_pod_identity_association: {
    values: { cluster_name: clusterName, namespace: dnsLabel, role_arn: roleArn, target_role_arn: roleArn, service_account: serviceAccount },
  },
  aws_eks_fargate_profile: {
    values: {
      'cluster_name': clusterName, 'fargate_profile_name': and(length(1, 63), nodeGroupName), 'pod_execution_role_arn': roleArn,
      'subnet_ids': id('subnet'),
      'selector.namespace': pattern(/^[a-z0-9*?]([a-z0-9*?-]{0,61}[a-z0-9*?])?$/, 'shop'), 'selector.labels.*': length(0, 63),
    },
    free: ['selector.labels'],
  },
};

function clusterProblems({ body }: Block) {
  const sixth = blocksIn(body, 'kubernetes_network_config').filter(({ value }) => value.ip_family === 'ipv6' && value.service_ipv4_cidr !== undefined);
  return sixth.map(({ at }) => ({ at: `${at}.service_ipv4_cidr`, message: 'is set, expected nothing where ip_family is "ipv6": AWS chooses the range; remove it' }));
}

function nodeGroupProblems({ body }: Block) {
  return blocksIn(body, 'scaling_config').flatMap(({ at, value }) => {
    const [min, desired, max] = ['min_size', 'desired_size', 'max_size'].map(name => numberOf(value[name]));
    if (min === undefined || desired === undefined || max === undefined) return [];
    if (min > max) return [{ at: `${at}.min_size`, message: `is ${min}, expected max_size (${max}) or less; lower it` }];
    return desired < min || desired > max ? [{ at: `${at}.desired_size`, message: `is ${desired}, expected ${min} to ${max} (min_size to max_size); change it` }] : [];
  });
}
