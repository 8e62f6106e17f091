export { objectsOf } from './objects';
export { kafkaProblems } from './problems';
export { planOf, type PlanStep } from './plan/plan';
export { stateIn, type KafkaState } from './plan/state';
export { nodeSetManifestsOf } from './node-sets';
export { kafkaClusterOf, type KafkaCluster } from './cluster';
export { existingKafkaOf, kafkaPeersOf, type ExistingKafka } from './existing/kafka';
export { existingObjectsOf, provisioningPodsOf } from './existing/objects';
export { existingKafkaProblems } from './existing/problems';
