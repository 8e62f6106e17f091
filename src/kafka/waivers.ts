import { lagName } from './lag-access';
import { programNames } from './programs';
import type { KafkaCluster } from './cluster';
import type { KafkaObject } from './objects';
import type { Waiver } from '../spec/waivers';

/** What the rules say of Kafka, and of what stands beside it, that is meant; each concerns the kinds that it speaks of. */
export function waiversOf(object: KafkaObject, { facts, spec }: KafkaCluster): Waiver[] {
  const isPage = object.kind === 'Deployment' && object.metadata.name === programNames.ui;
  const isLag = object.kind === 'Deployment' && object.metadata.name === lagName;
  const isLone = object.kind === 'Deployment' && spec.controllers === 'combined';
  return [
    { rule: 'container-cpu-limit', reason: 'Kafka needs a core for moments only, and being slowed down then looks like being gone' },
    ...(object.kind === 'Job' || isPage ? [uncalled] : []),
    ...imageWaiversOf(facts),
    ...(isPage || isLone || isLag ? [
      { rule: 'deployment-single-replica' as const, reason: isLag ? 'two would tell everything twice, and nobody depends on it but Prometheus' : 'people can wait for a page that shows things, and one Kafka node has no use for two registries' },
      { rule: 'disruption-budget-missing' as const, reason: 'there is one of it, which may be taken away at any time' },
    ] : []),
    ...(isLag ? [{ rule: 'pod-topology-spread' as const, reason: 'there is one of it, which has nobody to be apart from' }] : []),
    ...(spec.operator === 'strimzi' && object.metadata.name !== programNames.registry && object.metadata.name !== programNames.ui ? operated : []),
  ];
}

const uncalled: Waiver = { rule: 'network-ungoverned-pod', reason: 'nobody calls it, so that its policy has rules for what it calls alone' };

const imageWaiversOf = ({ security }: KafkaCluster['facts']): Waiver[] => (
  security === 'restricted' ? [{ rule: 'container-low-user-id', reason: 'it is the user to whom everything belongs in the image of Kafka' }] : []);

/** The same of what provisions a Kafka that exists. */
export const provisioningWaiversOf = (facts: KafkaCluster['facts']): Waiver[] => [uncalled, ...imageWaiversOf(facts)];

/** Kinds that select pods which are not in the manifests: Strimzi makes them. */
const operated: readonly Waiver[] = [
  { rule: 'network-policy-selects-nothing', reason: 'the pods are made by the Strimzi operator, and are in no manifest' },
  { rule: 'monitor-selects-nothing', reason: 'the pods are made by the Strimzi operator, and are in no manifest' },
];
