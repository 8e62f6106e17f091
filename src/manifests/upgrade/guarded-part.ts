import { createHash } from 'node:crypto';
import { at } from '../_at';
import { isRecord } from '../_walk';
import { groupOf } from '../identity';
import { repositoryOf } from '../lost-data';
import type { SetObject } from '../object-set';
import { frozenFields } from './frozen-fields';
import { isLasting } from './lasting';

type Fields = Record<string, unknown>;

const replicas = ['spec.replicas', 'spec.template.metadata.labels'];
const floor = ['spec.scaleTargetRef', 'spec.minReplicas', 'spec.minReplicaCount'];

/** What is read besides fields that never change: whether a change of those is allowed, whether data are lost, whether a budget blocks a drain. */
const alsoRead: Readonly<Record<string, readonly string[]>> = {
  'apps/Deployment': replicas,
  'apps/StatefulSet': [...replicas, 'spec.template.spec.containers'],
  'batch/Job': ['spec.suspend', 'spec.parallelism'],
  '/Service': ['spec.type', 'spec.clusterIP', 'spec.ipFamilies'],
  'kafka.strimzi.io/Kafka': [],
  'kafka.strimzi.io/KafkaNodePool': ['spec.replicas', 'spec.roles', 'spec.storage'],
  'kafka.strimzi.io/KafkaTopic': ['metadata.annotations', 'spec.topicName', 'spec.partitions', 'spec.replicas'],
  'policy/PodDisruptionBudget': ['spec.minAvailable', 'spec.maxUnavailable', 'spec.selector'],
  'autoscaling/HorizontalPodAutoscaler': floor,
  'keda.sh/ScaledObject': floor,
};

/**
 * As much of an object as is needed to tell whether a cluster can follow its next change; undefined when any change of it can be followed.
 * It is short, says the same after a release, and holds no data: those that never change are there as a digest.
 */
export function guardedPartOf(object: SetObject): SetObject | undefined {
  const kind = `${groupOf(object.apiVersion)}/${object.kind}`;
  const frozen = Object.hasOwn(frozenFields, kind) ? frozenFields[kind] : undefined;
  const also = Object.hasOwn(alsoRead, kind) ? alsoRead[kind] : undefined;
  if (!frozen && !also) return undefined;
  const { name, namespace } = object.metadata;
  const part: SetObject & Fields = { apiVersion: object.apiVersion, kind: object.kind, metadata: { name, ...(namespace ? { namespace } : {}) } };
  if (kind === '/ConfigMap' || kind === '/Secret') return withData(object, part);
  const paths = [...frozen?.map(({ path }) => path) ?? [], ...also ?? []];
  for (const path of paths) {
    const value = at(object, ...path.split('.'));
    if (value !== undefined) put(part, path.split('.'), Object.hasOwn(lasting, path) ? lasting[path](value) : value);
  }
  return part;
}

/** What is immutable by its own word; anything else may hold other data at any time. */
function withData(object: SetObject, part: SetObject & Fields): SetObject | undefined {
  const { type, immutable } = object;
  if (isLasting(object)) return Object.assign(part, { metadata: { ...part.metadata, labels: at(object, 'metadata', 'labels') }, data: object.data });
  if (immutable !== true && type === undefined) return undefined;
  if (type !== undefined) part.type = type;
  if (immutable !== true) return part;
  for (const field of ['data', 'binaryData']) if (object[field] !== undefined) part[field] = { sha256: digestOf(object[field]) };
  return Object.assign(part, { immutable });
}

const digestOf = (data: unknown) => createHash('sha256').update(JSON.stringify(data)).digest('hex');

/** What of a field is the same after a release. */
const lasting: Readonly<Record<string, (value: unknown) => unknown>> = {
  'spec.template.metadata.labels': withoutVersion,
  'spec.template.spec.containers': imagesOf,
};

function withoutVersion(labels: unknown): unknown {
  return isRecord(labels) ? Object.fromEntries(Object.entries(labels).filter(([label]) => label !== 'app.kubernetes.io/version')) : labels;
}

/** Containers as far as a rename is known by them: each by its image, in whatever version. */
function imagesOf(containers: unknown): unknown {
  if (!Array.isArray(containers)) return containers;
  return containers.map(container => ({ image: repositoryOf(at(container, 'image')) }));
}

function put(part: Fields, [step, ...rest]: readonly string[], value: unknown): void {
  if (!rest.length) {
    part[step] = value;
    return;
  }
  const inside = isRecord(part[step]) ? { ...part[step] } : {};
  part[step] = inside;
  put(inside, rest, value);
}
