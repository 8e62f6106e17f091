import { told } from '../../validate/json-value';
import type { Policy } from '../../validate/knowledge';
import { isTrue, numberOf, textsOf } from './_place';
import { on, ownKey, policy, requirement } from './_policy';

const types = ['aws_elasticache_replication_group'];

/** Caches. */
export const elasticachePolicies: readonly Policy[] = [
  requirement({
    id: 'CKV_AWS_29', also: ['AWS-0045'], title: 'a cache is encrypted', types, at: 'at_rest_encryption_enabled', wanted: on,
    remedy: 'set it to true',
  }),
  requirement({
    id: 'CKV_AWS_30', also: ['AWS-0051'], title: 'a cache speaks over TLS', types, at: 'transit_encryption_enabled', wanted: on,
    remedy: 'set it to true',
  }),
  policy({
    id: 'CKV_AWS_31', title: 'a cache asks who is there', types,
  }, ({ body }) => isTrue(body.transit_encryption_enabled) && (Boolean(body.auth_token) || textsOf(body.user_group_ids).length > 0) ? [] : [{
    at: 'user_group_ids',
    message: `is ${told(body.user_group_ids)}, expected a user group and TLS; set it to the id of an aws_elasticache_user_group, and transit_encryption_enabled to true`,
  }]),
  requirement({
    id: 'CKV_AWS_191', title: 'a cache is encrypted with a key of your own', types, at: 'kms_key_id', wanted: ownKey,
    remedy: 'set it to the ARN of a key',
  }),
  requirement({
    id: 'CKV2_AWS_50', title: 'a cache has a stand-by that takes over', types, at: 'automatic_failover_enabled', wanted: on,
    remedy: 'set it to true and num_cache_clusters to 2 or more',
  }),
  requirement({
    id: 'MARTY_AWS_CACHE_ZONES', title: 'the stand-by of a cache is in another zone', types, at: 'multi_az_enabled', wanted: on,
    remedy: 'set it to true',
    where: block => isTrue(block.body.automatic_failover_enabled),
  }),
  requirement({
    id: 'MARTY_AWS_CACHE_SNAPSHOTS', also: ['AWS-0050'], title: 'a cache is backed up', types,
    at: 'snapshot_retention_limit', wanted: { words: '1 day or more', accepts: value => (numberOf(value) ?? 0) >= 1 }, remedy: 'set it to 7',
  }),
  policy({
    id: 'MARTY_AWS_CACHE_TOKEN', title: 'the password of a cache is in no state', types,
  }, block => block.body.auth_token === undefined ? [] : [{
    at: 'auth_token',
    message: 'is set, expected users instead: the state would hold it; set user_group_ids to a group of users who authenticate with IAM',
  }]),
];
