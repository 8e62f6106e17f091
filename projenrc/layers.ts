/** One row of the layer table: which folders the files of a folder may import, and whether only their types. */
export interface Layer {
  /** Folder or file under `src`, without extension. */
  readonly name: string;
  /** Folders it may import from. */
  readonly mayImport: readonly string[];
  /** Folders it may import types from, nothing that exists at run time. */
  readonly typesOnly?: readonly string[];
}

const translations = ['k8s', 'mesh', 'kafka', 'observability'] as const;
const runtime = [
  'logging', 'telemetry', 'http', 'grpc', 'resilience', 'messaging', 'data', 'saga', 'cqrs', 'cache',
  'discovery', 'connectors', 'gateway', 'security', 'plugins',
].map(name => `runtime/${name}`);

/** The direction of imports inside `src`. Read by lint, by the architecture test and by the documentation. */
export const layers: readonly Layer[] = [
  { name: 'errors', mayImport: [] },
  { name: 'imports', mayImport: [] },
  { name: 'spec', mayImport: ['errors'], typesOnly: ['imports'] },
  { name: 'manifests', mayImport: ['errors', 'imports'] },
  ...translations.map(name => ({ name, mayImport: ['spec', 'manifests', 'errors', 'imports'] })),
  { name: 'cloud', mayImport: ['spec', 'errors'] },
  { name: 'cloud/validate', mayImport: ['errors'] },
  { name: 'cloud/network', mayImport: ['errors'] },
  { name: 'cloud/controllers', mayImport: ['spec', 'errors'] },
  { name: 'cloud/cluster', mayImport: ['cloud/network', 'spec', 'errors'] },
  { name: 'check', mayImport: ['spec', 'manifests', 'errors'] },
  { name: 'charts', mayImport: ['spec', ...translations, 'errors'] },
  { name: 'synth', mayImport: ['spec', 'manifests', 'check', 'errors'] },
  { name: 'testing', mayImport: ['spec', 'charts', 'synth', 'errors', 'imports'] },
  { name: 'runtime/config', mayImport: ['spec', 'errors'] },
  ...runtime.map(name => ({ name, mayImport: ['spec', 'errors'], typesOnly: ['runtime'] })),
  { name: 'runtime/service', mayImport: ['spec', 'errors', 'runtime'] },
  { name: 'runtime/testing', mayImport: ['spec', 'errors', 'runtime'] },
  { name: 'cli', mayImport: ['spec', 'manifests', ...translations, 'cloud', 'check', 'charts', 'synth', 'runtime', 'errors', 'imports'] },
  { name: 'index', mayImport: ['spec', 'manifests', ...translations, 'charts', 'synth', 'check', 'errors'] },
];

/** The most specific row that a path under `src` (with `/`, without extension) belongs to. */
export function layerOf(path: string): Layer | undefined {
  return [...layers]
    .sort((a, b) => b.name.length - a.name.length)
    .find(layer => path === layer.name || path.startsWith(`${layer.name}/`));
}
