import { desiredOf, type DesiredAccess } from '../desired';
import { secretOf, usersName } from '../provisioning';
import { apiVersion, memberOf } from './names';
import type { ExternalSecret } from '../../imports/external-secrets';
import type { KafkaUser, KafkaUserSpecAuthorizationAcl, KafkaUserSpecQuotas } from '../../imports/strimzi';
import type { KafkaCluster } from '../cluster';

/**
 * Everybody who logs in, with the passwords that the services know, and exactly what each may do.
 *
 * @see https://strimzi.io/docs/operators/latest/deploying#assembly-using-the-user-operator-str
 */
export function usersOf(cluster: KafkaCluster): (ExternalSecret | KafkaUser)[] {
  const { users, acls, quotas } = desiredOf(cluster);
  return [
    ...secretOf(cluster, users),
    ...users.map(({ name }): KafkaUser => {
      const limits = quotas.filter(({ user }) => user === name).map(({ user: _user, ...rates }): KafkaUserSpecQuotas => rates);
      return {
        apiVersion, kind: 'KafkaUser', metadata: memberOf(cluster, name),
        spec: {
          authentication: { type: 'scram-sha-512', password: { valueFrom: { secretKeyRef: { name: usersName, key: name } } } },
          authorization: { type: 'simple', acls: acls.filter(({ principal }) => principal === `User:${name}`).map(aclOf) },
          ...(limits.length ? { quotas: limits[0] } : {}),
        },
      };
    }),
  ];
}

const resources = { TOPIC: 'topic', GROUP: 'group', TRANSACTIONAL_ID: 'transactionalId', CLUSTER: 'cluster' } as const;
const patterns = { LITERAL: 'literal', PREFIXED: 'prefix' } as const;
const operations = {
  ALTER: 'Alter', ALTER_CONFIGS: 'AlterConfigs', CREATE: 'Create', DESCRIBE: 'Describe', DESCRIBE_CONFIGS: 'DescribeConfigs', READ: 'Read', WRITE: 'Write',
} as const;

function aclOf({ resourceType, name, pattern, operations: allowed }: DesiredAccess): KafkaUserSpecAuthorizationAcl {
  const type = resources[resourceType];
  return {
    // There is one cluster, which needs no name.
    resource: type === 'cluster' ? { type } : { type, name, patternType: patterns[pattern] },
    operations: allowed.map(operation => operations[operation]),
  };
}
