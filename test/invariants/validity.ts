import { factsOf } from '../../src/spec/environments';
import { problemsOfManifest } from '../../src/manifests/schema';
import type { Subject } from './subjects';
import type { Manifest } from '../support/manifests';

/** Objects that users wrote whole may be of any kind. */
const isOurs = ({ metadata }: Manifest) => metadata.labels?.['app.kubernetes.io/managed-by'] === 'marty-msf';

/** Empty lists, which Kubernetes 1.28 drops and then takes for a change at each apply. */
function emptyLists(value: unknown, path: string): string[] {
  if (Array.isArray(value) && value.length === 0) return [path];
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, field]) => emptyLists(field, `${path}.${key}`)) : [];
}

/** Everything that the API server of the environment would refuse, unknown fields and kinds included, and every name that is no DNS label. */
export function validityProblems({ manifests, fleet, environment }: Subject): string[] {
  const { kubernetes } = factsOf(fleet.services[0].platform, environment);
  return [
    ...manifests.flatMap(manifest => problemsOfManifest(manifest, kubernetes).filter(({ reason }) => reason !== 'unknown-kind' || isOurs(manifest)).map(({ message }) => `${manifest.kind}/${manifest.metadata.name}: ${message}`)),
    ...manifests.filter(isOurs).filter(({ metadata }) => !/^[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?$/.test(metadata.name)).map(({ kind, metadata }) => `${kind} has the name ${metadata.name}`),
    ...manifests.filter(manifest => /:null|\[object |undefined|NaN/.test(JSON.stringify({ ...manifest, binaryData: undefined }))).map(({ kind, metadata }) => `${kind}/${metadata.name} holds what is no value`),
    ...manifests.filter(isOurs).flatMap(manifest => emptyLists({ ...manifest }, manifest.kind).map(path => `${manifest.metadata.name}: ${path} is an empty list`)),
  ];
}
