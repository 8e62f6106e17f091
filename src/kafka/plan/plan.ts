import { MartyError, type Problem } from '../../errors';
import { refusedChanges } from '../../manifests/upgrade/kafka-change';
import { joinsByItself, metadataVersionOf, nodesOf, type KafkaNode } from '../../spec/kafka';
import { brokersOf, controllersOf, nodes, type KafkaCluster } from '../cluster';
import { commandsFor, type Commands } from './commands';
import { growingDisks, type GrownDisks } from './disks';
import { stateOf, type KafkaState } from './state';

/** One step of a plan: what it is for, and what to run, in this order. */
export interface PlanStep {
  readonly title: string;
  /** Why it is needed, and what to look at before the next one. */
  readonly why: string;
  /** Each is run when the one before it has succeeded. */
  readonly commands: readonly string[];
}

export interface PlanOptions {
  /** What the Kafka was when it was written last. @default - it is new */
  readonly before?: KafkaState;
  /** The StatefulSets whose pods would be others now. @default [] */
  readonly changed?: readonly string[];
  /** The StatefulSets whose disks are to be bigger. @default [] */
  readonly grown?: readonly GrownDisks[];
  /** What was found besides that cannot become so. @default [] */
  readonly problems?: readonly Problem[];
  /** The folder of the output that holds its manifests. */
  readonly folder: string;
  /** The pod whose disk is lost. @default - none is */
  readonly replace?: string;
  /** Whether every node is restarted, though nothing changes. @default false */
  readonly restart?: boolean;
}

/**
 * How a Kafka becomes what its description says, step by step, so that nothing is lost on the way. Applying manifests restarts no node.
 *
 * @throws KAFKA_PLAN_REFUSED when there is no way, or not in one plan.
 */
export function planOf(cluster: KafkaCluster, options: PlanOptions): PlanStep[] {
  const { before, changed = [], grown: disks = [], problems: found = [], folder, replace, restart = false } = options;
  const after = stateOf(cluster);
  const commands = commandsFor(cluster);
  const problems = before ? [...problemsOf(before, after), ...found] : [];
  if (problems.length) {
    throw new MartyError('KAFKA_PLAN_REFUSED', `there is no safe way in one plan to the Kafka that ${cluster.environment} describes:`, { problems });
  }
  if (!before && (replace !== undefined || restart)) {
    throw new MartyError('KAFKA_PLAN_REFUSED', `nothing is written in ${folder}, so that no Kafka runs from there; run \`marty synth\` and apply it, or name the output folder: --out <dir>`);
  }
  if (!before) return creating(cluster, commands, folder);
  const grown = growing(cluster, commands, before, folder);
  const shrunk = shrinking(cluster, commands, before, folder);
  const differs = [...grown, ...shrunk, ...changed, ...disks].length > 0 || before.version !== after.version || before.formed !== after.formed;
  const old = new Set(nodesBefore(cluster, before).map(({ pod }) => pod));
  const stale = nodes(cluster).filter(({ pod, set }) => old.has(pod) && (before.version !== after.version || changed.includes(set)));
  if (replace !== undefined || restart) {
    if (differs || before.metadataVersion !== after.metadataVersion) {
      throw new MartyError('KAFKA_PLAN_REFUSED', `the description says more than what is written in ${folder}, which neither --replace nor --restart does; take it back, or plan and apply it first`);
    }
    return replace === undefined ? rolling(commands, nodes(cluster), 'what they read when they start') : replacing(cluster, replace);
  }
  const podsOf = (name: string) => nodesBefore(cluster, before).filter(({ set }) => set === name).map(({ pod }) => pod);
  return [
    ...disks.map(each => growingDisks(commands, each, podsOf(each.set), folder)),
    ...shrunk,
    ...(grown.length || !differs || shrunk.length ? [] : [apply(commands, folder)]),
    ...grown,
    // Where controllers come or go, all others are restarted there already.
    ...(before.controllers === after.controllers ? rolling(commands, stale, before.version === after.version ? 'what changed' : `Kafka ${after.version}`) : []),
    ...finalising(cluster, commands, before, after),
  ];
}

const problemsOf = (before: KafkaState, after: KafkaState): Problem[] => (
  refusedChanges(before, after).map(({ field, message, remedy }) => ({ path: field, message: `${message}; ${remedy}` })));

const apply = (commands: Commands, folder: string): PlanStep => ({
  title: 'write the manifests and apply them', why: 'no node restarts by itself: each keeps what it started with until it is taken away',
  commands: ['marty synth', commands.apply(folder)],
});

function creating(cluster: KafkaCluster, commands: Commands, folder: string): PlanStep[] {
  return [
    { title: 'write the manifests and apply them', why: 'all nodes start at once, since controllers wait for each other', commands: ['marty synth', commands.apply(folder)] },
    { title: 'wait for the nodes', why: 'a controller is ready when it is in the quorum, a broker when the controllers have let it in', commands: nodes(cluster).flatMap(({ pod }) => commands.started(pod)) },
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
    { title: `wait for ${fresh.map(({ pod }) => pod).join(', ')}`, why: 'they start empty and read what the others know', commands: [...brokers, ...(joinsByItself(cluster.spec) ? controllers : [])].flatMap(({ pod }) => commands.started(pod)) },
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
    {
      ...apply(commands, folder), why: 'the nodes that go stop now, all at once, when those that stay are enough; a controller has to be gone before it loses its vote, or it joins again',
      commands: [
        ...(controllers.length ? controllersOf(cluster).map(({ pod }) => commands.ready(pod)) : []),
        ...controllers.map(node => commands.gate(node)),
        ...apply(commands, folder).commands,
      ],
    },
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
function replacing(cluster: KafkaCluster, pod: string): PlanStep[] {
  const commands = commandsFor(cluster, pod);
  const node = nodes(cluster).find(each => each.pod === pod);
  const known = nodes(cluster).map(each => each.pod);
  if (!node) throw new MartyError('KAFKA_PLAN_REFUSED', `--replace is ${pod}, expected one of ${known.join(', ')}`);
  if (node.role === 'combined') {
    throw new MartyError('KAFKA_PLAN_REFUSED', `${pod} cannot be replaced: it is everything, so that nobody else has what was on its disk; restore the volume, or delete the claim data-${pod} and the pod to begin anew without any message`);
  }
  if (node.role !== 'broker' && !cluster.spec.formed) {
    throw new MartyError('KAFKA_PLAN_REFUSED', `${pod} cannot be replaced: formed is false, so that it would vote as the one that it was; say formed: true, apply that, and plan again`);
  }
  const fresh: PlanStep = {
    title: `give ${pod} a new disk`, commands: commands.renew(node),
    why: node.role === 'broker' ? 'it begins empty, under its old number; before that the gate waits until others have all that it had: a partition without a leader stands on this disk alone, which has to be restored then'
      : 'it begins empty, under its old number; before that the gate waits until the others are a quorum without it',
  };
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
