import fc from 'fast-check';
import { checkManifests } from '../../src/check';
import { caseNames, objectsOf } from './manifest-sets';

interface Step {
  readonly pick: number;
  readonly change: 'remove' | 'replace' | 'wrap' | 'repeat';
  readonly value: unknown;
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null, undefined, true, false, 0, -1, 1.5, Number.NaN, '', 'x', '100%', '0', [], {}, [null], [[]], { a: null }, 10n,
  ),
  fc.jsonValue(),
);
const step: fc.Arbitrary<Step> = fc.record({
  pick: fc.nat(),
  change: fc.constantFrom('remove', 'replace', 'wrap', 'repeat'),
  value: odd,
});

test('whatever is done to a set, checking it never fails, and says the same twice', () => {
  const steps = fc.array(step, { minLength: 1, maxLength: 12 });
  fc.assert(fc.property(fc.constantFrom(...caseNames), steps, (name, taken) => {
    const objects = objectsOf(name);
    for (const one of taken) mutate(objects, one);
    expect(checkManifests(objects)).toEqual(checkManifests(objects));
  }), { numRuns: 400 });
}, 60_000);

test('whatever stands in for a manifest, checking it never fails', () => {
  const shaped = fc.record({
    apiVersion: fc.constantFrom<unknown>(
      'v1', 'apps/v1', 'policy/v1', 'networking.k8s.io/v1', 'rbac.authorization.k8s.io/v1', 'autoscaling/v2', '', '/',
      null, 1,
    ),
    kind: fc.constantFrom<unknown>(
      'Pod', 'Deployment', 'StatefulSet', 'CronJob', 'Service', 'Ingress', 'Role', 'RoleBinding', 'ConfigMap',
      'NetworkPolicy', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'List', '__proto__', '', 5,
    ),
    metadata: fc.jsonValue(),
    spec: fc.jsonValue(),
    rules: fc.jsonValue(),
    roleRef: fc.jsonValue(),
    data: fc.jsonValue(),
    items: fc.jsonValue(),
  });
  fc.assert(fc.property(fc.array(fc.oneof(shaped, odd), { maxLength: 6 }), (objects) => {
    expect(Array.isArray(checkManifests(objects))).toBe(true);
  }), { numRuns: 400 });
}, 60_000);

/** Changes one of all the fields and items there are. */
function mutate(objects: unknown[], { pick, change, value }: Step): void {
  const places = placesIn(objects);
  const place = places[pick % places.length];
  if (!place) return;
  const [holder, key] = place;
  if (change === 'remove') delete holder[key];
  else if (change === 'replace') holder[key] = value;
  else if (change === 'wrap') holder[key] = [holder[key]];
  else if (Array.isArray(holder)) holder.push(holder[Number(key)]);
}

function placesIn(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key): ReturnType<typeof placesIn> => [[holder, key], ...placesIn(holder[key])]);
}
