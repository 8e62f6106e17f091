export { capabilities, capabilityMatrix, clouds, type Capability, type Cloud, type Support } from './capabilities';
export { defineCluster, type ClusterInput, type ClusterSpec } from './cluster';
