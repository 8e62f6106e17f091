export { synthesize, type SynthesizeOptions } from './synthesize';
export { ownerOf } from './owner';
export { applyPlan } from './apply';
export { planOf, environmentOf, type Action, type Change, type Plan } from './plan';
export { ownershipFile, parseOwnership } from './ownership';
export { kustomizationOf, type Folder, type Tree } from './tree';
