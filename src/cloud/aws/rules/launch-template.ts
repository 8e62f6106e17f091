import type { Block } from '../../validate/stack';
import { and, arn, length, oneOf, pattern, within } from '../../validate/rule-kinds';
import { blocksIn, numberOf } from '../policies/_place';
import { flag, id, kmsKey, type RuledType } from './_kinds';

const name = pattern(/^[0-9A-Za-z()./_-]+$/, 'general');
const enabled = oneOf('enabled', 'disabled');

/** What nodes are made from. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template */
export const launchTemplateRules: Readonly<Record<string, RuledType>> = {
  aws_launch_template: {
    values: {
      'name': and(length(3, 125), name), 'name_prefix': and(length(3, 99), name), 'description': length(0, 255),
      'default_version': within(1, 1000000), 'ebs_optimized': flag,
      'image_id': pattern(/^(ami-[0-9a-f]{8,17}|resolve:ssm:\S+)$/, 'ami-0a1b2c3d4e5f60718'),
      'instance_initiated_shutdown_behavior': oneOf('stop', 'terminate'), 'instance_type': pattern(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, 'm7g.large'),
      'vpc_security_group_ids': id('sg'),
      'user_data': and(length(0, 21848), pattern(/^[0-9A-Za-z+/\s]*={0,2}\s*$/, 'I2Nsb3VkLWNvbmZpZwo=')),
      'block_device_mappings.device_name': pattern(/^(\/dev\/)?(xvd|sd)[a-z]{1,2}\d{0,2}$/, '/dev/xvda'),
      'block_device_mappings.virtual_name': pattern(/^ephemeral\d+$/, 'ephemeral0'),
      'block_device_mappings.ebs.delete_on_termination': flag, 'block_device_mappings.ebs.encrypted': flag,
      'block_device_mappings.ebs.iops': within(100, 256000), 'block_device_mappings.ebs.kms_key_id': kmsKey,
      'block_device_mappings.ebs.snapshot_id': id('snap'), 'block_device_mappings.ebs.throughput': within(125, 2000),
      'block_device_mappings.ebs.volume_initialization_rate': within(100, 300), 'block_device_mappings.ebs.volume_size': within(1, 65536),
      'block_device_mappings.ebs.volume_type': oneOf('standard', 'io1', 'io2', 'gp2', 'gp3', 'sc1', 'st1'),
      'capacity_reservation_specification.capacity_reservation_preference': oneOf('open', 'none', 'capacity-reservations-only'),
      'cpu_options.amd_sev_snp': enabled, 'credit_specification.cpu_credits': oneOf('standard', 'unlimited'), 'iam_instance_profile.arn': arn('iam'),
      'instance_market_options.market_type': oneOf('spot', 'capacity-block'),
      'instance_market_options.spot_options.instance_interruption_behavior': oneOf('hibernate', 'stop', 'terminate'),
      'instance_market_options.spot_options.spot_instance_type': oneOf('one-time', 'persistent'),
      'maintenance_options.auto_recovery': oneOf('default', 'disabled'), 'metadata_options.http_endpoint': enabled,
      'metadata_options.http_protocol_ipv6': enabled, 'metadata_options.http_put_response_hop_limit': within(1, 64),
      'metadata_options.http_tokens': oneOf('optional', 'required'), 'metadata_options.instance_metadata_tags': enabled,
      'network_interfaces.associate_public_ip_address': flag, 'network_interfaces.associate_carrier_ip_address': flag,
      'network_interfaces.delete_on_termination': flag, 'network_interfaces.primary_ipv6': flag, 'network_interfaces.device_index': within(0, 15),
      'network_interfaces.interface_type': oneOf('efa', 'efa-only', 'interface'),
      'network_interfaces.network_interface_id': id('eni'), 'network_interfaces.security_groups': id('sg'),
      'network_interfaces.subnet_id': id('subnet'),
      'network_interfaces.connection_tracking_specification.tcp_established_timeout': within(60, 432000),
      'network_interfaces.connection_tracking_specification.udp_stream_timeout': within(60, 180),
      'network_interfaces.connection_tracking_specification.udp_timeout': within(30, 60), 'placement.tenancy': oneOf('default', 'dedicated', 'host'),
      'private_dns_name_options.hostname_type': oneOf('ip-name', 'resource-name'),
      'tag_specifications.resource_type': oneOf('instance', 'volume', 'network-interface', 'spot-instances-request', 'elastic-gpu'),
      'tag_specifications.tags.*': length(0, 256),
    },
    conflicts: [
      ['name', 'name_prefix'], ['instance_type', 'instance_requirements'], ['security_group_names', 'vpc_security_group_ids'],
      ['iam_instance_profile.arn', 'iam_instance_profile.name'], ['default_version', 'update_default_version'],
      ['network_interfaces', 'vpc_security_group_ids'],
    ],
    whole: volumeProblems,
    free: [
      'kernel_id', 'key_name', 'ram_disk_id', 'security_group_names', 'block_device_mappings.no_device',
      'capacity_reservation_specification.capacity_reservation_target', 'cpu_options.core_count', 'cpu_options.threads_per_core',
      'iam_instance_profile.name', 'instance_market_options.spot_options.block_duration_minutes', 'instance_market_options.spot_options.max_price',
      'instance_market_options.spot_options.valid_until', 'instance_requirements',
      'license_specification', 'network_interfaces', 'placement', 'tag_specifications.tags',
    ],
  },
};

/** Speeds go with kinds of volumes that have them. */
function volumeProblems({ body }: Block) {
  return blocksIn(body, 'block_device_mappings.ebs').flatMap(({ at, value }) => {
    const type = value.volume_type;
    if (typeof type !== 'string' || type.includes('${')) return [];
    const problems = [];
    if (value.throughput !== undefined && type !== 'gp3') problems.push({ at: `${at}.throughput`, message: `is set, expected nothing where volume_type is "${type}": only gp3 has one; remove it` });
    if (value.iops !== undefined && !['gp3', 'io1', 'io2'].includes(type)) problems.push({ at: `${at}.iops`, message: `is set, expected nothing where volume_type is "${type}"; remove it` });
    if (['io1', 'io2'].includes(type) && numberOf(value.iops) === undefined && value.iops === undefined) problems.push({ at: `${at}.iops`, message: `is missing, expected a number where volume_type is "${type}"; add it` });
    return problems;
  });
}
