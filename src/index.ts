export * from './charts';
export * from './k8s';
export * from './spec';
export { MartyError, isMartyError, errorCodes, type ErrorCode, type Problem } from './errors';
export { definePolicy, policyRule } from './check/policies';
export { synthesize, type ArgoCdDelivery, type DeliveryOptions, type FluxDelivery, type SynthesizeOptions } from './synth';
