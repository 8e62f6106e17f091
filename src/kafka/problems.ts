import { externalNamesOf } from './external';
import { desiredOf, type DesiredTopic } from './desired';
import { configProblems, fieldProblems, ownedProblems } from './config-keys';
import { programProblems } from './program-problems';
import { programsOf } from './programs';
import { serverPropertiesOf } from './properties';
import { settingProblems } from './strimzi/settings';
import { brokersOf, type KafkaCluster } from './cluster';
import { kafkaNames, oneCopy, retentionProblem } from '../spec/kafka';
import { isAtLeast } from '../spec/kubernetes-version';
import { senderProblems } from '../spec/topics';
import type { Problem } from '../errors';

/** Everything that keeps a Kafka from running in its environment, or its services from using it. */
export function kafkaProblems(cluster: KafkaCluster): Problem[] {
  const at = `environments.${cluster.environment}.kafka`;
  return [
    ...configurationProblems(cluster, at), ...topicProblems(cluster), ...placeProblems(cluster, at), ...programProblems(cluster, at),
    ...nameProblems(cluster),
  ];
}

/** Services whose objects would be those of the Kafka, which have their names. */
export function nameProblems({ services }: Pick<KafkaCluster, 'services'>): Problem[] {
  return services.filter(({ name }) => name === kafkaNames.bootstrap || name.startsWith(`${kafkaNames.bootstrap}-`))
    .map(({ name }) => ({ path: `${name}.name`, message: 'begins like the objects of the Kafka of this environment; choose another name' }));
}

/** What Kafka itself would refuse, or pass over without a word. */
function configurationProblems(cluster: KafkaCluster, at: string): Problem[] {
  const { config, version, controllers } = cluster.spec;
  const owned = [...ownedProblems(config), ...fieldProblems(cluster.spec)];
  const told = new Set(owned.map(({ path }) => path));
  const roles = controllers === 'combined' ? ['combined'] as const : ['controller', 'broker'] as const;
  const found = roles.flatMap(role => configProblems(serverPropertiesOf(cluster, role), { version, role, controllers: serverPropertiesOf(cluster, 'controller') }))
    .filter(({ path }) => Object.hasOwn(config, path) && !told.has(path));
  const ours = [...owned, ...unique(found)].map(({ path, message }) => ({ path: `${at}.config["${path}"]`, message }));
  return [...ours, ...settingProblems(cluster, at).filter(({ path }) => !ours.some(problem => problem.path === path))];
}

const unique = (problems: readonly Problem[]) => [...new Map(problems.map(problem => [problem.path, problem])).values()];

/** Topics that cannot be kept as they say, and those that nobody sends anything to. */
function topicProblems(cluster: KafkaCluster): Problem[] {
  const { topics } = desiredOf(cluster);
  const silent = silentProblems(cluster, cluster.spec.connect?.writes);
  return [...silent, ...copiesProblems(topics, brokersOf(cluster).length), ...retentionProblems(topics)];
}

/** Topics that services receive and nobody sends, or send although somebody else is said to. */
export function silentProblems({ services }: Pick<KafkaCluster, 'services'>, sentBesides: readonly string[] = []): Problem[] {
  const traffic = services.map(({ name, topics }) => ({ name, produces: topics?.produces ?? {}, consumes: topics?.consumes ?? {} }));
  return senderProblems(traffic, sentBesides);
}

/** Topics with more copies than there are brokers, or that stop being written while one is restarted. */
export function copiesProblems(topics: readonly DesiredTopic[], brokers = Infinity): Problem[] {
  return topics.flatMap(({ name, replication, configs }): Problem[] => {
    if (replication === undefined) return [];
    const insync = Number(configs['min.insync.replicas']);
    if (replication > brokers) return [{ path: `topic ${name}.replication`, message: `is ${replication}, but there ${brokers === 1 ? 'is 1 broker' : `are ${brokers} brokers`}` }];
    if (replication === 1 && brokers > 1 && brokers !== Infinity) return [{ path: `topic ${name}.replication`, message: `is 1, which ${oneCopy}` }];
    if (insync > replication || (insync === replication && replication > 1)) {
      return [{ path: `topic ${name}.minInsync`, message: `is ${insync} of ${replication} copies, expected fewer, so that writing goes on while a broker is restarted` }];
    }
    return [];
  });
}

/** Topics that keep nothing, since somebody thought of days or seconds. */
export function retentionProblems(topics: readonly DesiredTopic[]): Problem[] {
  return topics.flatMap(({ name, configs: { 'retention.ms': retention } }): Problem[] => {
    const kept = retention === undefined ? undefined : retentionProblem(Number(retention));
    return kept === undefined ? [] : [{ path: `topic ${name}.retentionMs`, message: `is ${String(retention)}, which ${kept}` }];
  });
}

/** Names that lead nowhere, and facts of the environment that are missing. */
function placeProblems({ spec, facts, services }: KafkaCluster, at: string): Problem[] {
  const { external, operator } = spec;
  const inside = externalNamesOf(spec).find(name => name === facts.clusterDomain || name.endsWith(`.${facts.clusterDomain}`));
  const used = services.some(({ topics }) => topics) || programsOf(spec).length > 0;
  return [
    ...(inside === undefined ? [] : [{ path: `${at}.external.domain`, message: `is in ${facts.clusterDomain}, which nobody outside of the cluster can look up; name a public domain` }]),
    ...(external?.kind === 'tls-route' && !(facts.gateway && 'name' in facts.gateway)
      ? [{ path: `${at}.external`, message: 'is by TLSRoute, but the environment names no Gateway of the Gateway API; name one under gateway, or use load-balancer or node-port' }] : []),
    ...(external?.kind === 'tls-route' && !isAtLeast(facts.kubernetes, '1.30')
      ? [{ path: `${at}.external`, message: `is by TLSRoute, whose definition Kubernetes ${facts.kubernetes} does not take; use load-balancer or node-port` }] : []),
    ...(operator === 'strimzi' && !isAtLeast(facts.kubernetes, '1.30')
      ? [{ path: `${at}.operator`, message: `is Strimzi, which needs Kubernetes 1.30; the environment has ${facts.kubernetes}` }] : []),
    ...(facts.quota.cpuLimit === undefined ? [] : [{ path: `${at.slice(0, -'.kafka'.length)}.quota.cpuLimit`, message: `is ${facts.quota.cpuLimit}, but Kafka runs without a limit of CPU, so that its pods would be refused; remove it` }]),
    ...(typeof facts.containerDefaults.cpuLimitMillis === 'number' ? [{ path: `${at.slice(0, -'.kafka'.length)}.containerDefaults.cpuLimitMillis`, message: `is ${facts.containerDefaults.cpuLimitMillis}, which Kafka would get; say "none", or nothing` }] : []),
    ...(used && facts.secretStore?.kind === 'csi'
      ? [{ path: `environments.secretStore`, message: 'is the CSI driver, which shows a Secret to its own pods alone; Kafka needs the passwords of all services, so use External Secrets or existing Secrets' }] : []),
  ];
}
