import { programNames } from './programs';
import type { KafkaCluster } from './cluster';
import type { KafkaObject } from './objects';
import type { Waiver } from '../spec/waivers';

/** What the rules say of Kafka, and of what stands beside it, that is meant; each concerns the kinds that it speaks of. */
export function waiversOf(object: KafkaObject, { facts, spec }: KafkaCluster): Waiver[] {
  const isPage = object.kind === 'Deployment' && object.metadata.name === programNames.ui;
  const isLone = object.kind === 'Deployment' && spec.controllers === 'combined';
  return [
    { rule: 'container-cpu-limit', reason: 'Kafka needs a core for moments only, and being slowed down then looks like being gone' },
    ...(object.kind === 'Job' || isPage ? [{ rule: 'network-ungoverned-pod' as const, reason: 'nobody calls it, so that its policy has rules for what it calls alone' }] : []),
    ...(facts.security === 'restricted' ? [{ rule: 'container-low-user-id' as const, reason: 'it is the user to whom everything belongs in the image of Kafka' }] : []),
    ...(isPage || isLone ? [
      { rule: 'deployment-single-replica' as const, reason: 'people can wait for a page that shows things, and one Kafka node has no use for two registries' },
      { rule: 'disruption-budget-missing' as const, reason: 'there is one of it, which may be taken away at any time' },
    ] : []),
    ...(spec.operator === 'strimzi' && object.metadata.name !== programNames.registry && object.metadata.name !== programNames.ui ? operated : []),
  ];
}

/** Kinds that select pods which are not in the manifests: Strimzi makes them. */
const operated: readonly Waiver[] = [
  { rule: 'network-policy-selects-nothing', reason: 'the pods are made by the Strimzi operator, and are in no manifest' },
  { rule: 'monitor-selects-nothing', reason: 'the pods are made by the Strimzi operator, and are in no manifest' },
];
