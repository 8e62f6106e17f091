import type { Kind, World } from './kinds';
import { isJson, sitesIn, type Json, type Site } from './sites';

/** Chooses a resource that fits, and breaks it. */
function breaking(fits: (site: Site) => boolean, act: (site: Site, world: World) => string | undefined): Kind {
  return world => {
    const site = world.random.pick(sitesIn(world.json, world.knowledge.schema).filter(candidate => candidate.kind === 'resource' && fits(candidate)));
    const done = site && act(site, world);
    return site && done !== undefined ? `${site.address} ${[site.at, done].filter(Boolean).join('.')}` : undefined;
  };
}

/** Arguments by which data is encrypted by a key of one's own, where they are given. */
const keys = ['kms_key_id', 'kms_key_arn', 'kms_master_key_id', 'performance_insights_kms_key_id', 'encryption_config', 'storage_encrypted', 'at_rest_encryption_enabled', 'transit_encryption_enabled', 'encrypted'];
const given = (names: readonly string[]) => ({ body }: Site) => names.filter(name => body[name] !== undefined && body[name] !== false && body[name] !== 'false');

/** Sets an argument that makes something open. */
const open: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  aws_eks_cluster: { endpoint_public_access: true },
  aws_subnet: { map_public_ip_on_launch: true },
  aws_rds_cluster_instance: { publicly_accessible: true },
  aws_db_instance: { publicly_accessible: true },
  aws_vpc_security_group_ingress_rule: { cidr_ipv4: '0.0.0.0/0' },
  aws_vpc_security_group_egress_rule: { cidr_ipv4: '0.0.0.0/0' },
};

/** What keeps something from being lost, seen or taken over, where it is given. */
const guards: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  aws_eks_cluster: { enabled_cluster_log_types: ['api'], deletion_protection: false, version: '1.28' },
  aws_launch_template: { http_tokens: 'optional', http_put_response_hop_limit: 3 },
  aws_kms_key: { enable_key_rotation: false },
  aws_cloudwatch_log_group: { retention_in_days: 7 },
  aws_rds_cluster: { deletion_protection: false, iam_database_authentication_enabled: false, copy_tags_to_snapshot: false },
  aws_db_instance: { deletion_protection: false, multi_az: false, iam_database_authentication_enabled: false, performance_insights_enabled: false },
  aws_secretsmanager_secret_policy: { block_public_policy: false },
  aws_rds_cluster_instance: { auto_minor_version_upgrade: false, monitoring_interval: 0, performance_insights_enabled: false },
};

const withPolicy = ['aws_iam_role_policy', 'aws_kms_key', 'aws_sqs_queue_policy'];
const policyOf = ({ body, type }: Site) => (withPolicy.includes(type) && typeof body.policy === 'string' ? body.policy : undefined);

type Fits = (site: Site) => boolean;

/** Changes one statement of a policy. */
const statement = (fits: Fits, change: (one: Json) => void) => breaking(site => policyOf(site) !== undefined && fits(site), (site, { random }) => {
  const document = JSON.parse(String(policyOf(site))) as { Statement: Json[] };
  const index = random.below(document.Statement.length);
  change(document.Statement[index]);
  site.body.policy = JSON.stringify(document);
  return `policy.Statement[${index}]`;
});

const settingOf = (table: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Kind => {
  const choices = (site: Site) => Object.entries(table[site.type] ?? {}).filter(([name, value]) => (
    site.at === '' ? name in (site.schema.attributes ?? {}) && JSON.stringify(site.body[name]) !== JSON.stringify(value) : site.body[name] !== undefined && site.body[name] !== value));
  return breaking(site => choices(site).length > 0, (site, { random }) => {
    const [name, value] = random.pick(choices(site)) ?? [];
    if (name === undefined) return undefined;
    // A rule has one source: what it named before gives way to everybody.
    if (name === 'cidr_ipv4') for (const other of ['referenced_security_group_id', 'prefix_list_id']) delete site.body[other];
    site.body[name] = value;
    return name;
  });
};

/** Ways to make a stack unsafe that Terraform and AWS take without a word. */
export const unsafeKinds: Readonly<Record<string, Kind>> = {
  'dropped encryption': breaking(site => given(keys)(site).length > 0, (site, { random }) => {
    const key = random.pick(given(keys)(site));
    if (key === undefined) return undefined;
    if (site.body[key] === true) site.body[key] = false;
    else if (site.body[key] === 'true') site.body[key] = 'false';
    else delete site.body[key];
    return key;
  }),
  'public access': settingOf(open),
  'dropped guard': settingOf(guards),
  'every action': statement(({ type }) => type === 'aws_iam_role_policy', one => { Object.assign(one, { Action: '*', Resource: '*' }); delete one.Condition; }),
  'every resource': statement(({ type }) => type === 'aws_iam_role_policy', one => { Object.assign(one, { Action: ['iam:PassRole', 's3:DeleteObject'], Resource: '*' }); delete one.Condition; }),
  'every principal': statement(({ type }) => type !== 'aws_iam_role_policy', one => { Object.assign(one, { Effect: 'Allow', Principal: '*' }); delete one.Condition; }),
  'everybody takes a role': breaking(({ type, at }) => type === 'aws_iam_role' && at === '', site => {
    const document = JSON.parse(String(site.body.assume_role_policy)) as { Statement: Json[] };
    document.Statement[0].Principal = { AWS: '*' };
    delete document.Statement[0].Condition;
    site.body.assume_role_policy = JSON.stringify(document);
    return 'assume_role_policy';
  }),
  'nodes before their network': breaking(({ type, at }) => type === 'aws_eks_node_group' && at === '', site => {
    const waits = [site.body.depends_on ?? []].flat().filter(address => !/vpc-cni|pod-identity/.test(String(address)));
    site.body.depends_on = waits;
    return 'depends_on';
  }),
  'nobody may enter': world => {
    const associations = world.json.resource?.aws_eks_access_policy_association as Json | undefined;
    const admin = Object.entries(associations ?? {}).find(([, body]) => isJson(body) && String(body.policy_arn).includes('ClusterAdmin'));
    if (!associations || !admin) return undefined;
    delete associations[admin[0]];
    return `aws_eks_access_policy_association.${admin[0]}`;
  },
  'number of nodes reset': breaking(({ type, at }) => type === 'aws_eks_node_group' && at === '', site => {
    if (!isJson(site.body.lifecycle)) return undefined;
    delete site.body.lifecycle.ignore_changes;
    return 'lifecycle.ignore_changes';
  }),
};
