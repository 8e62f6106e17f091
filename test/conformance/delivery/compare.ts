import { isDeepStrictEqual } from 'node:util';
import { canonicalOf, isSameObject } from '../../../src/manifests/canonical';
import { operationsBetween } from '../../../src/manifests/factoring/json-patch';
import { readYaml } from '../../../src/manifests/yaml-documents';
import { identityOf, type KubernetesObject } from '../kubernetes/manifest';

/** What differs between the objects that a tool made and those that were rendered directly; nothing when they mean the same. */
export function differencesBetween(made: string, rendered: readonly string[], maker: string): string[] {
  const expected = byIdentity(rendered.flatMap(text => objectsIn(text, 'direct render')));
  const found = byIdentity(objectsIn(made, maker));
  return [
    ...[...expected.keys()].filter(identity => !found.has(identity)).map(identity => `${identity.trim()}: ${maker} does not give it`),
    ...[...found.keys()].filter(identity => !expected.has(identity)).map(identity => `${identity.trim()}: ${maker} gives it and the direct render does not`),
    ...[...expected].flatMap(([identity, object]) => {
      const other = found.get(identity);
      return other && !isSame(object, other) ? [`${identity.trim()}: ${maker} gives something else, ${differenceOf(object, other)}`] : [];
    }),
  ];
}

/** How many objects some texts hold. */
export const objectCount = (texts: readonly string[]) => texts.reduce((sum, text) => sum + objectsIn(text, 'direct render').length, 0);

/** Read as Kubernetes reads it: a text such as `7e99999` has no quotes where Go writes it, since that is no number there. */
function objectsIn(text: string, maker: string): KubernetesObject[] {
  const { documents, problems } = readYaml(text);
  if (problems.length) throw new Error(`${maker}: line ${problems[0].line} is no YAML, ${problems[0].message}`);
  return documents.map(({ value }) => value as KubernetesObject);
}

const byIdentity = (objects: readonly KubernetesObject[]) => new Map(objects.map(object => [identityOf(object), object]));

const isSame = (one: KubernetesObject, other: KubernetesObject) => isDeepStrictEqual(one, other)
  || isSameObject(one as unknown as Record<string, unknown>, other as unknown as Record<string, unknown>);

function differenceOf(one: KubernetesObject, other: KubernetesObject): string {
  const [from, to] = [one, other].map(object => canonicalOf(object as unknown as Record<string, unknown>));
  return JSON.stringify(operationsBetween(from, to)).slice(0, 400);
}
