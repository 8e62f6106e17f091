import type { Pair } from './pairs';

/** What the rules about schemas and waivers accept and refuse; they are asked for besides the others. */
export const schemaPairs: readonly Pair[] = [
  { rule: 'manifest-schema', base: 'good', object: 'Deployment/api', field: '/spec/template/spec/containers/0/imagePullPolizy', value: 'Always' },
  { rule: 'unserved-api', base: 'good', object: 'PodDisruptionBudget/api', field: '/apiVersion', value: 'policy/v2' },
  { rule: 'waiver-idle', base: 'good', object: 'Deployment/api', field: '/metadata/annotations/marty-msf~1waived-container-privileged', value: 'it drives the hardware' },
];
