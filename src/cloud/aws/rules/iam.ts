import { and, arn, identityPolicy, length, oneOf, pattern, trustPolicy, within } from '../../validate/rule-kinds';
import { iamName, type RuledType } from './_kinds';

/** Tabs and ends of lines are fine, other control characters are not. */
const description = and(length(0, 1000), pattern(/^[\t\n\r\x20-\x7e\u00a1-\u00ff]*$/, 'Reads the bucket of orders'));

/** Roles, their policies, and providers of identities. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role */
export const iamRules: Readonly<Record<string, RuledType>> = {
  aws_iam_role: {
    values: {
      name: iamName(64), name_prefix: iamName(38), description, assume_role_policy: trustPolicy, max_session_duration: within(3600, 43200),
      permissions_boundary: arn('iam'),
      managed_policy_arns: arn('iam'), path: and(length(1, 512), pattern(/^\/([\x21-\x7e]+\/)?$/, '/services/')), 'inline_policy.name': iamName(128),
      'inline_policy.policy': identityPolicy,
    },
    conflicts: [['name', 'name_prefix']],
  },
  aws_iam_role_policy: { values: { name: iamName(128), name_prefix: iamName(102), policy: identityPolicy, role: iamName(64) }, conflicts: [['name', 'name_prefix']] },
  aws_iam_role_policy_attachment: { values: { policy_arn: and(arn('iam'), pattern(/:policy\//, 'arn:aws:iam::aws:policy/AmazonEKSClusterPolicy')), role: iamName(64) } },
  aws_iam_instance_profile: {
    values: { name: iamName(128), name_prefix: iamName(102), role: iamName(64), path: and(length(1, 512), pattern(/^\/([\x21-\x7e]+\/)?$/, '/services/')) },
    conflicts: [['name', 'name_prefix']],
  },
  aws_iam_service_linked_role: {
    values: { aws_service_name: pattern(/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/, 'autoscaling.amazonaws.com'), custom_suffix: iamName(64), description },
  },
  aws_iam_openid_connect_provider: {
    values: {
      url: and(length(1, 255), pattern(/^https:\/\/[^\s?#]+$/, 'https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF')),
      client_id_list: length(1, 255), thumbprint_list: pattern(/^[0-9a-fA-F]{40}$/, '9e99a48a9960b14926bb7f3b02e22da2b0ab7280'),
    },
  },
  'data.aws_iam_policy_document': {
    values: {
      'version': oneOf('2008-10-17', '2012-10-17'), 'statement.effect': oneOf('Allow', 'Deny'),
      'statement.principals.type': oneOf('AWS', 'Service', 'Federated', 'CanonicalUser', '*'),
      'statement.not_principals.type': oneOf('AWS', 'Service', 'Federated', 'CanonicalUser', '*'),
      'statement.actions': pattern(/^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/, 's3:GetObject'),
      'statement.not_actions': pattern(/^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/, 's3:GetObject'),
      'statement.sid': pattern(/^[0-9A-Za-z _./-]*$/, 'ReadOrders'),
    },
    conflicts: [['statement.actions', 'statement.not_actions'], ['statement.resources', 'statement.not_resources']],
    free: ['policy_id', 'override_policy_documents', 'source_policy_documents', 'override_json', 'source_json', 'statement.resources', 'statement.not_resources', 'statement.condition', 'statement.principals.identifiers', 'statement.not_principals.identifiers'],
  },
};
