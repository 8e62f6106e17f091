import { MartyError, type Problem } from '../../errors';
import { joinsByItself, metadataVersionOf, nodesOf, type KafkaNode } from '../../spec/kafka';
import { brokersOf, controllersOf, nodes, type KafkaCluster } from '../cluster';
import { commandsFor, type Commands } from './commands';
import { stateOf, type KafkaState } from './state';

/** One step of a plan: what it is for, and what to run, in this order. */
export interface PlanStep {
  readonly title: string;
  /** Why it is needed, and what to look at before the next one. */
  readonly why: string;
  readonly commands: readonly string[];
}

export interface PlanOptions {
  /** What the Kafka was when it was written last. @default - it is new */
  readonly before?: KafkaState;
  /** The StatefulSets whose pods would be others now. @default [] */
  readonly changed?: readonly string[];
  /** The folder of the output that holds its manifests. */
  readonly folder: string;
  /** The pod whose disk is lost. @default - none is */
  readonly replace?: string;
}

/**
 * How a Kafka becomes what its description says, step by step, so that nothing is lost on the way. Applying manifests restarts no node.
 *
 * @throws KAFKA_PLAN_REFUSED when there is no way, or not in one plan.
 */
export function planOf(cluster: KafkaCluster, { before, changed = [], folder, replace }: PlanOptions): PlanStep[] {
  const after = stateOf(cluster);
  const commands = commandsFor(cluster);
  const problems = before ? problemsOf(before, after) : [];
  if (problems.length) {
    throw new MartyError('KAFKA_PLAN_REFUSED', `there is no safe way in one plan to the Kafka that ${cluster.environment} describes:`, { problems });
  }
  if (replace !== undefined) return replacing(cluster, commands, replace);
  if (!before) return creating(cluster, commands, folder);
  const grown = growing(cluster, commands, before, folder);
  const shrunk = shrinking(cluster, commands, before, folder);
  const differs = grown.length || shrunk.length || changed.length || before.version !== after.version || before.formed !== after.formed;
  const old = new Set(nodesBefore(cluster, before).map(({ pod }) => pod));
  const stale = nodes(cluster).filter(({ pod, set }) => old.has(pod) && (before.version !== after.version || changed.includes(set)));
  return [
    ...shrunk,
    ...(grown.length || !differs || shrunk.length ? [] : [apply(commands, folder)]),
    ...grown,
    // Where controllers come or go, all others are restarted there already.
    ...(before.controllers === after.controllers ? rolling(commands, stale, before.version === after.version ? 'what changed' : `Kafka ${after.version}`) : []),
    ...finalising(cluster, commands, before, after),
  ];
}

function problemsOf(before: KafkaState, after: KafkaState): Problem[] {
  const one = (path: string, message: string): Problem => ({ path, message });
  const [from, to] = [before, after].map(({ controllers }) => (controllers === 'combined' ? 1 : controllers));
  const [gone] = before.zones.filter(zone => !after.zones.includes(zone));
  return [
    ...(after.clusterId === before.clusterId ? [] : [one('clusterId', `is ${after.clusterId}, was ${before.clusterId}: it stands on the disks; say the old one as clusterId`)]),
    ...(after.metadataVersion < before.metadataVersion ? [one('metadataVersion', `is ${after.metadataVersion}, was ${before.metadataVersion}: features that are switched on are never switched off`)] : []),
    ...(after.version < before.version && after.version.slice(0, 3) < before.metadataVersion
      ? [one('version', `is ${after.version}, which does not know the features of ${before.metadataVersion}, which are switched on; there is no way back after that`)] : []),
    ...(after.version !== before.version && after.metadataVersion !== before.metadataVersion
      ? [one('metadataVersion', `rises together with version; keep metadataVersion: '${before.metadataVersion}' until all nodes have run ${after.version} for a while, since there is no way back after it`)] : []),
    ...((before.controllers === 'combined') === (after.controllers === 'combined') ? []
      : [one('controllers', 'changes between one node that is everything and controllers of their own, for which the data have to move; make another Kafka and mirror the topics')]),
    ...(from !== to && !before.formed ? [one('formed', 'is false, but controllers come or go; say formed: true, apply that, and plan again')] : []),
    ...(gone === undefined || before.zones.indexOf(gone) >= after.zones.length ? []
      : [one('zones', `lacks ${gone}, whose place others would take, and with it the numbers of its brokers; only the last zone can go`)]),
    ...(before.version !== after.version && (to !== from || before.brokers !== after.brokers)
      ? [one('version', 'changes together with the number of nodes; let one go before the other, so that each node restarts for one reason')] : []),
    ...(before.brokers > after.brokers && to !== from ? [one('controllers', 'changes together with the brokers; let one go before the other')] : []),
  ];
}

const apply = (commands: Commands, folder: string): PlanStep => ({
  title: 'write the manifests and apply them', why: 'no node restarts by itself: each keeps what it started with until it is taken away',
  commands: ['marty synth', commands.apply(folder)],
});

function creating(cluster: KafkaCluster, commands: Commands, folder: string): PlanStep[] {
  return [
    { title: 'write the manifests and apply them', why: 'all nodes start at once, since controllers wait for each other', commands: ['marty synth', commands.apply(folder)] },
    { title: 'wait for the nodes', why: 'a controller is ready when it is in the quorum, a broker when the controllers have let it in', commands: nodes(cluster).map(({ pod }) => commands.ready(pod)) },
    { title: 'look at the quorum', why: `${controllersOf(cluster).length} voters have to be there, and a leader`, commands: [commands.quorum('describe', '--status')] },
    {
      title: 'say formed: true in the description, write and apply it',
      why: 'from then on a controller with an empty disk joins as a new one; until then it would vote as the one that it was, and could undo what the others know',
      commands: ['marty synth', commands.apply(folder)],
    },
  ];
}

/** Nodes that were not there. */
function growing(cluster: KafkaCluster, commands: Commands, before: KafkaState, folder: string): PlanStep[] {
  const old = new Set(nodesBefore(cluster, before).map(({ pod }) => pod));
  const fresh = nodes(cluster).filter(({ pod }) => !old.has(pod));
  if (!fresh.length) return [];
  const [controllers, brokers] = [fresh.filter(({ role }) => role === 'controller'), fresh.filter(({ role }) => role !== 'controller')];
  return [
    apply(commands, folder),
    { title: `wait for ${fresh.map(({ pod }) => pod).join(', ')}`, why: 'they start empty and read what the others know', commands: [...brokers, ...(joinsByItself(cluster.spec) ? controllers : [])].map(({ pod }) => commands.ready(pod)) },
    ...(controllers.length ? [{
      title: 'see that the new controllers vote',
      why: joinsByItself(cluster.spec) ? 'they join by themselves; all have to be among the voters before the next step' : 'each is made a voter from its own pod, one after the other',
      commands: [...(joinsByItself(cluster.spec) ? [] : controllers.map(({ pod }) => commands.addController(pod))), commands.quorum('describe', '--status')],
    }] : []),
    ...(controllers.length ? [{
      title: 'restart the nodes that do not know them yet', why: 'the others know of the new controllers only from the quorum; their files name the old ones',
      commands: nodes(cluster).filter(({ pod }) => old.has(pod)).flatMap(commands.restart),
    }] : []),
    ...(brokers.length ? [moving(cluster, commands, 'give the new brokers something to do', 'a new broker has no partitions until some are moved to it')] : []),
  ];
}

/** Nodes that go: first what they hold, then they themselves. */
function shrinking(cluster: KafkaCluster, commands: Commands, before: KafkaState, folder: string): PlanStep[] {
  const there = new Set(nodes(cluster).map(({ pod }) => pod));
  const going = nodesBefore(cluster, before).filter(({ pod }) => !there.has(pod));
  if (!going.length) return [];
  const [controllers, brokers] = [going.filter(({ role }) => role === 'controller').reverse(), going.filter(({ role }) => role !== 'controller')];
  return [
    ...(brokers.length ? [moving(cluster, commands, `empty ${brokers.map(({ pod }) => pod).join(', ')}`, 'what only they hold would be lost')] : []),
    { ...apply(commands, folder), why: 'the nodes that go stop now; a controller has to be gone before it loses its vote, or it joins again' },
    ...controllers.map(({ id, pod }) => ({
      title: `take the vote of ${pod}`, why: 'one at a time: a quorum that counts somebody who is gone bears less', commands: [commands.takeVote(id)],
    })),
    ...(controllers.length ? [{ title: 'restart the other nodes', why: 'their files name controllers that are gone', commands: nodes(cluster).flatMap(commands.restart) }] : []),
    ...(brokers.length ? [{
      title: 'forget the brokers', why: 'a broker that only stopped is waited for',
      commands: brokers.map(commands.unregister),
    }] : []),
    { title: 'remove the disks', why: 'Kubernetes keeps them; do it when nobody wants to go back', commands: going.map(({ pod }) => commands.remove(pod)) },
  ];
}

/** Partitions are dealt out anew among the brokers that there are in the end. */
function moving(cluster: KafkaCluster, commands: Commands, title: string, why: string): PlanStep {
  return { title, why: `${why}; a few partitions move at a time, and what was interrupted goes on when the command is run again`, commands: [commands.move(brokersOf(cluster))] };
}

/** Each of these nodes once: controllers first, the brokers after them, each when the gate says so. */
function rolling(commands: Commands, stale: readonly KafkaNode[], what: string): PlanStep[] {
  return (['controller', 'broker', 'combined'] as const).flatMap(role => {
    const all = stale.filter(node => node.role === role);
    return all.length ? [{
      title: `restart the ${role === 'combined' ? 'node' : `${role}s`} with ${what}`, commands: all.flatMap(commands.restart),
      why: 'before each, the gate waits until its absence hurts nobody; a node is back when it is ready, which for a broker does not mean that it has caught up',
    }] : [];
  });
}

function finalising(cluster: KafkaCluster, commands: Commands, before: KafkaState, after: KafkaState): PlanStep[] {
  if (before.metadataVersion === after.metadataVersion) {
    return before.version < after.version && metadataVersionOf(cluster.spec) < after.version.slice(0, 3) ? [{
      title: 'wait some days', why: `all runs with the features of ${after.metadataVersion}, so that the way back to ${before.version} is open: the same plan the other way. Then say metadataVersion: '${after.version.slice(0, 3)}' and plan again`,
      commands: [],
    }] : [];
  }
  const feature = (...words: readonly string[]) => commands.atBrokers('org.apache.kafka.tools.FeatureCommand', ...words);
  return [{
    title: `switch on the features of ${after.metadataVersion}`, why: 'there is no way back after this; it fails as a whole while any node runs an older release',
    commands: [feature('upgrade', '--release-version', after.metadataVersion, '--dry-run'), feature('upgrade', '--release-version', after.metadataVersion), feature('describe')],
  }];
}

/** A node whose disk is lost. */
function replacing(cluster: KafkaCluster, commands: Commands, pod: string): PlanStep[] {
  const node = nodes(cluster).find(each => each.pod === pod);
  const known = nodes(cluster).map(each => each.pod);
  if (!node) throw new MartyError('KAFKA_PLAN_REFUSED', `--replace is ${pod}, expected one of ${known.join(', ')}`);
  if (node.role !== 'broker' && !cluster.spec.formed) {
    throw new MartyError('KAFKA_PLAN_REFUSED', `${pod} cannot be replaced: formed is false, so that it would vote as the one that it was; say formed: true, apply that, and plan again`);
  }
  const fresh: PlanStep = { title: `give ${pod} a new disk`, why: 'it begins empty, under its old number', commands: commands.renew(node) };
  if (node.role === 'broker') {
    return [fresh, { title: 'wait until it has caught up', why: 'until then one more loss could cost messages; nothing is printed when all copies are in sync', commands: [commands.atBrokers('org.apache.kafka.tools.TopicCommand', '--describe', '--under-replicated-partitions')] }];
  }
  const status = commands.quorum('describe', '--status');
  if (joinsByItself(cluster.spec)) return [fresh, { title: 'see that it votes', why: 'it takes the place of the one that it was by itself', commands: [status] }];
  return [
    { ...fresh, commands: fresh.commands.slice(0, -1) },
    { title: 'take the vote of the lost disk', why: 'the quorum still counts it', commands: [commands.takeVote(node.id)] },
    { title: 'give the new one a vote', why: 'from its own pod, whose disk it is', commands: [commands.addController(pod), status, commands.ready(pod)] },
  ];
}

/** The nodes that there were. */
function nodesBefore({ namespace, facts }: KafkaCluster, { controllers, zones, brokers }: KafkaState): KafkaNode[] {
  const brokersPerZone = controllers === 'combined' ? undefined : brokers / Math.max(1, zones.length);
  return nodesOf({ controllers, zones: [...zones], brokersPerZone }, namespace, facts.clusterDomain);
}
