import { told } from '../../validate/json-value';
import type { Policy } from '../../validate/knowledge';
import { attachedTo } from './_attached';
import { blocksIn, isFalse, isTrue, numberOf, placesOf, textsOf, valueOf } from './_place';
import { oneOfThese, off, on, ownKey, policy, requirement } from './_policy';

const logs = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const world = ['0.0.0.0/0', '::/0'];

/** The control plane of EKS and its node groups. */
export const eksPolicies: readonly Policy[] = [
  requirement({
    id: 'CKV_AWS_37', also: ['AWS-0038'], title: 'the control plane writes all five of its logs', types: ['aws_eks_cluster'],
    at: 'enabled_cluster_log_types', remedy: `set enabled_cluster_log_types to ${logs.join(', ')}`,
    wanted: { words: 'all five kinds of logs', accepts: value => logs.every(log => textsOf(value).includes(log)) },
  }),
  policy({
    id: 'CKV_AWS_38', also: ['AWS-0041'], title: 'no address of the internet at large reaches the public endpoint', types: ['aws_eks_cluster'],
  }, block => {
    if (isFalse(valueOf(block.body, 'vpc_config.endpoint_public_access'))) return [];
    const cidrs = valueOf(block.body, 'vpc_config.public_access_cidrs');
    const listed = textsOf(cidrs);
    if (listed.length > 0 && !listed.some(cidr => world.includes(cidr))) return [];
    return [{
      at: 'vpc_config.public_access_cidrs',
      message: `is ${told(cidrs)}, expected ranges of your own; list them, or set vpc_config.endpoint_public_access to false`,
    }];
  }),
  requirement({
    id: 'CKV_AWS_39', also: ['AWS-0040'], title: 'the API server has no public endpoint', types: ['aws_eks_cluster'],
    at: 'vpc_config.endpoint_public_access', wanted: off, remedy: 'set it to false and reach the API server through the network',
  }),
  requirement({
    id: 'CKV_AWS_58', also: ['AWS-0039'], title: 'secrets of Kubernetes are encrypted with a key of your own', types: ['aws_eks_cluster'],
    at: 'encryption_config.resources', wanted: { words: '["secrets"]', accepts: value => textsOf(value).includes('secrets') },
    remedy: 'add an encryption_config with resources ["secrets"] and the ARN of a key',
  }),
  requirement({
    id: 'MARTY_AWS_EKS_DELETION', title: 'a cluster is not deleted by mistake', types: ['aws_eks_cluster'],
    at: 'deletion_protection', wanted: on, remedy: 'set it to true; before the cluster is to go, deploy deletionProtection: { off: \'why\' } in a change of its own',
  }),
  requirement({
    id: 'MARTY_AWS_EKS_ACCESS_ENTRIES', title: 'access to a cluster is given by access entries, not by a ConfigMap', types: ['aws_eks_cluster'],
    at: 'access_config.authentication_mode', wanted: oneOfThese('API', 'API_AND_CONFIG_MAP'), remedy: 'set it to "API"',
  }),
  policy({
    id: 'CKV_AWS_100', title: 'nodes are not open to SSH from everywhere', types: ['aws_eks_node_group'],
  }, block => blocksIn(block.body, 'remote_access')
    .filter(({ value }) => value.ec2_ssh_key !== undefined && textsOf(value.source_security_group_ids).length === 0)
    .map(({ at }) => ({
      at: `${at}.source_security_group_ids`,
      message: 'is unset, expected security groups beside ec2_ssh_key; name them, or leave remote_access out and use Session Manager',
    }))),
  policy({
    id: 'MARTY_AWS_NODE_DISK', title: 'the size of a disk is given where it takes effect', types: ['aws_eks_node_group'],
  }, block => block.body.disk_size !== undefined && blocksIn(block.body, 'launch_template').length > 0
    ? [{
      at: 'disk_size',
      message: `is ${told(block.body.disk_size)} beside a launch template, expected nothing; set block_device_mappings.ebs.volume_size in the launch template`,
    }]
    : []),
  policy({
    id: 'MARTY_AWS_NODE_COUNT', title: 'the number of nodes is left to whoever scales them', types: ['aws_eks_node_group'],
  }, block => {
    const scaled = numberOf(valueOf(block.body, 'scaling_config.min_size')) !== numberOf(valueOf(block.body, 'scaling_config.max_size'));
    const ignored = placesOf(block.body, 'lifecycle.ignore_changes').flatMap(place => textsOf(place.value));
    const left = ignored.some(path => path === 'all' || /^scaling_config(\[0\]\.desired_size|\.0\.desired_size)?$/.test(path));
    return scaled && !left
      ? [{ at: 'lifecycle.ignore_changes', message: 'lacks scaling_config[0].desired_size, expected it where min_size and max_size differ; add it, or each apply undoes scaling' }]
      : [];
  }),
  policy({
    id: 'MARTY_AWS_NODE_GROUP_TAGS', title: 'one security group of a node carries the tag of its cluster', types: ['aws_launch_template'],
  }, (block, stack) => {
    const groups = attachedTo(block, 'aws_security_group', stack).map(group => ({ group, tags: Object.keys(group.body.tags ?? {}) }));
    const owned = groups.flatMap(({ group, tags }) => tags.filter(tag => tag.startsWith('kubernetes.io/cluster/')).map(tag => ({ group, tag })));
    return [...new Set(owned.map(({ tag }) => tag))].flatMap(tag => {
      const names = owned.filter(one => one.tag === tag).map(one => one.group.address);
      return names.length < 2 ? [] : [{
        at: 'vpc_security_group_ids',
        message: `has ${names.length} security groups with the tag ${tag} (${names.join(', ')}), expected one; take the tag off the others, or load balancers find no group to open`,
      }];
    });
  }),
  policy({
    id: 'MARTY_AWS_AUTO_MODE', title: 'the three parts of Auto Mode are switched together', types: ['aws_eks_cluster'],
  }, block => {
    const parts = ['compute_config.enabled', 'kubernetes_network_config.elastic_load_balancing.enabled', 'storage_config.block_storage.enabled'];
    const switched = parts.map(part => isTrue(valueOf(block.body, part)));
    const bootstraps = [block.body.bootstrap_self_managed_addons].flat()[0];
    if (!switched.includes(true)) return [];
    return [
      ...parts.flatMap((part, index) => switched[index] ? [] : [{
        at: part, message: `is ${told(valueOf(block.body, part))}, expected true with the other parts of Auto Mode; switch all three, or none`,
      }]),
      ...isFalse(bootstraps) ? [] : [{
        at: 'bootstrap_self_managed_addons',
        message: `is ${told(bootstraps)}, expected false with Auto Mode; set it to false: Auto Mode brings these add-ons itself`,
      }],
    ];
  }),
];

/** The template that nodes are made from. */
export const launchTemplatePolicies: readonly Policy[] = [
  requirement({
    id: 'CKV_AWS_79', also: ['AWS-0028', 'AWS-0130'], title: 'metadata of an instance is handed out only against a token',
    types: ['aws_launch_template'],
    at: 'metadata_options.http_tokens', wanted: oneOfThese('required'), remedy: 'set it to "required"',
    where: block => valueOf(block.body, 'metadata_options.http_endpoint') !== 'disabled',
  }),
  requirement({
    id: 'CKV_AWS_341', title: 'metadata of an instance does not reach into its pods', types: ['aws_launch_template'],
    at: 'metadata_options.http_put_response_hop_limit', wanted: oneOfThese(1), mayBeUnset: true,
    remedy: 'set it to 1 and give pods identities of their own',
  }),
  requirement({
    id: 'CKV_AWS_88', also: ['AWS-0009'], title: 'nodes have no public addresses', types: ['aws_launch_template'],
    at: 'network_interfaces.associate_public_ip_address', wanted: off, mayBeUnset: true, remedy: 'set it to false',
  }),
  policy({
    id: 'CKV_AWS_46', also: ['AWS-0029', 'AWS-0129'], title: 'user data holds no keys of AWS', types: ['aws_launch_template'],
  }, block => {
    const text = typeof block.body.user_data === 'string' ? block.body.user_data : '';
    return [text, Buffer.from(text, 'base64').toString('latin1')].some(hasKey)
      ? [{ at: 'user_data', message: 'holds what looks like an access key, expected none; let the role of the nodes sign requests, and withdraw the key' }]
      : [];
  }),
  requirement({
    id: 'MARTY_AWS_VOLUME_ENCRYPTION', also: ['AWS-0008', 'AWS-0131'], title: 'disks of nodes are encrypted', types: ['aws_launch_template'],
    at: 'block_device_mappings.ebs.encrypted', wanted: on, remedy: 'set it to true',
    where: block => blocksIn(block.body, 'block_device_mappings.ebs').length > 0,
  }),
  requirement({
    id: 'MARTY_AWS_VOLUME_KEY', also: ['AWS-0027'], title: 'disks of nodes are encrypted with a key of your own', types: ['aws_launch_template'],
    at: 'block_device_mappings.ebs.kms_key_id', wanted: ownKey, remedy: 'set it to the ARN of a key',
    where: block => blocksIn(block.body, 'block_device_mappings.ebs').length > 0,
  }),
];

function hasKey(text: string): boolean {
  return /(^|[^A-Z0-9])(AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}($|[^A-Z0-9])/.test(text)
    || /(secret|aws).{0,20}[=:"'\s][A-Za-z0-9/+]{40}($|[^A-Za-z0-9/+=])/i.test(text);
}
