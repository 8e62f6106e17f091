import type { ConfigValue } from './_config-value';
import type { Problem } from '../errors';

/** Keys that a cluster is built from, so that nobody else may say them; `*` stands for any end. */
export const ownedKeys: readonly string[] = [
  'advertised.listeners', 'allow.everyone.if.no.acl.found', 'authorizer.class.name', 'broker.id', 'broker.rack', 'controller.listener.names',
  'controller.quorum.*', 'early.start.listeners', 'inter.broker.listener.name', 'listener.*', 'listeners', 'log.dir', 'log.dirs', 'metadata.log.dir', 'metadata.max.idle.interval.ms',
  'node.id', 'process.roles', 'sasl.jaas.config', 'sasl.mechanism.*', 'security.inter.broker.protocol', 'ssl.*', 'super.users',
];

/** Whether the cluster says a key itself. */
export function isOwned(key: string): boolean {
  return ownedKeys.some(owned => (owned.endsWith('*') ? key.startsWith(owned.slice(0, -1)) : key === owned));
}

/** One problem for every key that the cluster says itself. */
export function ownedProblems(config: Readonly<Record<string, ConfigValue>>): Problem[] {
  return Object.keys(config).filter(isOwned).map(path => ({ path, message: 'is set by the cluster itself; remove it' }));
}
