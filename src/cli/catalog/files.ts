import { Document, stringify } from 'yaml';
import type { Catalog, Entity } from './entities';

const file = 'catalog-info.yaml';
const mark = '# written by `marty catalog`; do not edit\n';

/** Entities as one YAML stream. */
export function streamOf(entities: readonly Entity[]): string {
  return entities.map(each => stringify(new Document({ ...each }, { aliasDuplicateObjects: false }), { lineWidth: 0 })).join('---\n');
}

/** The files of a catalogue by their paths: one per service, and the one of the platform, which leads to the others. */
export function filesOf({ shared, services }: Catalog): Map<string, string> {
  const [system] = shared;
  const location: Entity = {
    apiVersion: 'backstage.io/v1alpha1', kind: 'Location', metadata: { name: system.metadata.name },
    spec: { targets: Object.keys(services).map(name => `./${name}/${file}`) },
  };
  return new Map([
    [file, mark + streamOf([location, ...shared])],
    ...Object.entries(services).map(([name, entities]) => [`${name}/${file}`, mark + streamOf(entities)] as const),
  ]);
}
