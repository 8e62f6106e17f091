export { synth, synthYaml } from './synth';
export { synthesize, type SynthesizeOptions } from './synthesize';
export type { Action, Change, Plan } from './plan';
export type { Ownership } from './ownership';
export type { ArgoCdDelivery, DeliveryOptions, FluxDelivery } from './gitops/options';
