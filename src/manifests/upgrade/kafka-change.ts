import type { KafkaState } from './kafka-state';

/** A change of a Kafka that its disks or its quorum do not bear, in one step or at all. */
export interface RefusedChange {
  /** The field of the description that it comes from. */
  readonly field: string;
  /** The key of the written identity that tells it. */
  readonly key: string;
  readonly message: string;
  readonly remedy: string;
  /** Whether it is right as soon as the Kafka that is there is given up. */
  readonly mayBeMeant?: true;
}

/**
 * Everything for which a Kafka cannot become what it is to be. Whoever writes manifests and whoever plans both ask here, so that nothing is
 * written that no plan leads to.
 */
export function refusedChanges(before: KafkaState, after: KafkaState): RefusedChange[] {
  return [...lastingChanges(before, after), ...releaseChanges(before, after), ...zoneChanges(before, after), ...nodeChanges(before, after)];
}

const elsewhere = 'make another Kafka and mirror the topics; or, where its messages may be lost, delete its StatefulSets and claims in the cluster first';

function lastingChanges(before: KafkaState, after: KafkaState): RefusedChange[] {
  const onDisk = (key: string, was: string, is: string): RefusedChange[] => (was === is ? [] : [{
    field: 'clusterId', key, message: `is ${is}, was ${was}: it stands on the disks, whose servers would not start`,
    remedy: 'keep the names of platform and environment, or say the old id as clusterId',
  }]);
  const directories = Object.keys(before.directories).filter(id => Object.hasOwn(after.directories, id));
  const moved = before.namespace !== undefined && after.namespace !== undefined && before.namespace !== after.namespace;
  return [
    ...onDisk('cluster.id', before.clusterId, after.clusterId),
    ...directories.flatMap(id => onDisk(`directory.${id}`, before.directories[id], after.directories[id])),
    ...(moved ? [{
      field: 'namespace', key: 'namespace', message: `is ${after.namespace}, was ${before.namespace}: nodes begin empty there`,
      remedy: 'keep the namespace, or make another Kafka and mirror the topics',
    }] : []),
    ...(before.formed && !after.formed ? [{
      field: 'formed', key: 'formed', message: 'is false, was true: a controller that lost its disk would vote as the one that it was', remedy: 'keep formed: true',
    }] : []),
  ];
}

function releaseChanges(before: KafkaState, after: KafkaState): RefusedChange[] {
  const of = (field: string, key: string, message: string, remedy: string): RefusedChange => ({ field, key, message, remedy });
  const [was, is] = [before.metadataVersion, after.metadataVersion];
  return [
    ...(is < was ? [of('metadataVersion', 'metadata.version', `is ${is}, was ${was}: features that are switched on are never switched off`,
      'keep it; the servers themselves may be of an older release only before it rises')] : []),
    ...(after.version < before.version && after.version.slice(0, 3) < was
      ? [of('version', 'version', `is ${after.version}, was ${before.version}: it does not know the features of ${was}, which are switched on`, 'keep the release')] : []),
    ...(after.version > before.version && is > was ? [of('metadataVersion', 'metadata.version', 'rises together with version',
      `keep metadataVersion: '${was}' until all nodes have run ${after.version} for a while, since there is no way back after it`)] : []),
    ...(after.version !== before.version && sizeOf(before) !== sizeOf(after)
      ? [of('version', 'version', 'changes together with the number of nodes, and each node restarts for one reason', 'let one go before the other')] : []),
  ];
}

/** How many of what a Kafka has; of another kind of nodes something else is said. */
const sizeOf = ({ controllers, brokers }: KafkaState) => `${controllers} ${brokers}`;

function zoneChanges(before: KafkaState, after: KafkaState): RefusedChange[] {
  if (before.controllers === 'combined' || after.controllers === 'combined') return [];
  const of = (message: string, remedy: string): RefusedChange => ({ field: 'zones', key: 'zones', message: `is ${namesOf(after)}, was ${namesOf(before)}: ${message}`, remedy });
  if (!before.zones.length !== !after.zones.length) {
    return [{ ...of('brokers that belong to a zone have other names and numbers than those that belong to none', elsewhere), mayBeMeant: true }];
  }
  const moved = before.zones.find((zone, index) => after.zones[index] !== undefined && after.zones[index] !== zone);
  return moved === undefined ? []
    : [of(`the numbers of brokers follow from the places of their zones, so that those of ${moved} would be others`, 'keep the order, and add new zones at the end; only the last one can go')];
}

const namesOf = ({ zones }: KafkaState) => zones.join(',') || 'none';

function nodeChanges(before: KafkaState, after: KafkaState): RefusedChange[] {
  if ((before.controllers === 'combined') !== (after.controllers === 'combined')) {
    return [{
      field: 'controllers', key: 'controllers', remedy: elsewhere, mayBeMeant: true,
      message: `is ${after.controllers}, was ${before.controllers}: it changes between one node that is everything and controllers of their own, for which the data have to move`,
    }];
  }
  if (before.controllers === after.controllers) return [];
  return [
    ...(before.formed ? [] : [{
      field: 'formed', key: 'formed', message: `${after.formed ? 'was false when it was written last' : 'is false'}, but controllers come or go`,
      remedy: after.formed ? `keep controllers: ${before.controllers} until formed: true alone is written and applied, and plan again then`
        : `keep controllers: ${before.controllers}, say formed: true, write and apply that, and plan again then`,
    }]),
    ...(before.brokers > after.brokers ? [{ field: 'controllers', key: 'controllers', message: 'changes together with the brokers', remedy: 'let one go before the other' }] : []),
  ];
}
