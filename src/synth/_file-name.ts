/** As much of an object as its file is named after. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string; readonly annotations?: Readonly<Record<string, string>> };
}

interface Named { readonly folder: string; readonly manifest: Manifest }

/**
 * The file name, without extension, of every object: `<kind>-<name>`. An object whose name is taken in its folder gets its
 * namespace and then its API group added; one that is there already, as the same object, gets none.
 */
export function fileNamesOf(objects: readonly Named[]): (string | undefined)[] {
  const taken = new Set<string>();
  const identities = new Set<string>();
  return objects.map(({ folder, manifest }) => {
    const { apiVersion, kind, metadata = {} } = manifest;
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    const identity = JSON.stringify([folder, group, kind, metadata.namespace, metadata.name]);
    if (identities.has(identity)) return undefined;
    identities.add(identity);
    const plain = [kind, metadata.name ?? 'unnamed'];
    const names = [plain, [...plain, metadata.namespace], [...plain, metadata.namespace, group]].map(parts => parts.filter(Boolean).map(text).join('-'));
    const name = names.find(candidate => !taken.has(`${folder}/${candidate}`)) ?? `${names[2]}-${identities.size}`;
    taken.add(`${folder}/${name}`);
    return name;
  });
}

const text = (part: string | undefined) => (part ?? '').toLowerCase().replace(/[^a-z0-9.-]/g, '-');
