export * from './charts';
export * from './k8s';
export * from './spec';
export { MartyError, isMartyError, errorCodes, type ErrorCode, type Problem } from './errors';
export { synthesize, type SynthesizeOptions } from './synth';
