import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, parseAllDocuments } from 'yaml';
import type { Manifest } from '../manifest';
import { parseManifests, readManifests } from '../manifest';

const accepted = join(__dirname, 'ledger.yaml');

type Path = readonly (string | number)[];

/** One thing wrong with a service that is right otherwise. */
export interface Spoiled {
  readonly name: string;
  /** The document that is spoiled, by its kind; its name must be in the report of the judge. */
  readonly kind: string;
  readonly path: Path;
  /** @default the field is taken away */
  readonly value?: unknown;
  readonly refusedBy: readonly ('api-server' | 'kubeconform' | 'kube-score' | 'kubesec')[];
}

const container: Path = ['spec', 'template', 'spec', 'containers', 0];

export const spoiled: readonly Spoiled[] = [
  {
    name: 'unknown field',
    kind: 'Deployment',
    path: [...container, 'imagePullPolcy'],
    value: 'Always',
    refusedBy: ['api-server', 'kubeconform', 'kubesec'],
  },
  {
    name: 'unknown field of a custom resource',
    kind: 'ServiceMonitor',
    path: ['spec', 'endpoint'],
    value: 'http',
    refusedBy: ['api-server', 'kubeconform'],
  },
  {
    name: 'wrong type',
    kind: 'Service',
    path: ['spec', 'ports', 0, 'port'],
    value: 'eighty',
    refusedBy: ['api-server', 'kubeconform'],
  },
  {
    name: 'required field missing',
    kind: 'ExternalSecret',
    path: ['spec', 'data', 0, 'remoteRef', 'key'],
    refusedBy: ['api-server', 'kubeconform'],
  },
  {
    name: 'label missing that the selector wants',
    kind: 'Deployment',
    path: ['spec', 'template', 'metadata', 'labels', 'app.kubernetes.io/instance'],
    refusedBy: ['api-server', 'kube-score'],
  },
  {
    name: 'accepted with a warning',
    kind: 'Deployment',
    path: [...container, 'resources', 'limits', 'memory'],
    value: '192m',
    refusedBy: ['api-server'],
  },
  {
    name: 'pod security broken',
    kind: 'Deployment',
    path: [...container, 'securityContext', 'capabilities'],
    refusedBy: ['api-server', 'kubesec'],
  },
  {
    name: 'no limits',
    kind: 'Deployment',
    path: [...container, 'resources', 'limits'],
    refusedBy: ['kube-score', 'kubesec'],
  },
];

/** The service that every judge accepts. */
export function acceptedManifests(): Manifest[] {
  return readManifests(accepted);
}

/** The same service with one thing wrong. */
export function spoiledManifests({ kind, path, value }: Spoiled): Manifest[] {
  return acceptedManifests().map(manifest => (manifest.object.kind === kind ? spoil(manifest, path, value) : manifest));
}

/** Writes manifests into a file of the folder, for judges that read files. */
export function writeManifests(manifests: readonly Manifest[], folder: string): string {
  const file = join(folder, 'objects.yaml');
  writeFileSync(file, `${manifests.map(({ text }) => text).join('\n---\n')}\n`);
  return file;
}

function spoil(manifest: Manifest, path: Path, value: unknown): Manifest {
  const [document] = parseAllDocuments(manifest.text);
  if (!document || !isMap(document.contents)) {
    throw new Error(`self-test: ${manifest.file} has a document that is no map`);
  }
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, value);
  return parseManifests(document.toString(), manifest.file)[0];
}
