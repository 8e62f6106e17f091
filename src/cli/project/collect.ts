import { isPlain } from '../../spec/configuration';
import type { MicroserviceSpec } from '../../spec/microservice';

/**
 * Every service that a module exports, by itself or in a list or object, in the order of their names. They may come from another
 * copy of this package, so their shape tells them, not their class.
 */
export function servicesOf(exported: unknown): MicroserviceSpec[] {
  const values = inside(exported);
  const found = new Set(values.flatMap(value => (isService(value) ? [value] : inside(value).filter(isService))));
  return [...found].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isService(value: unknown): value is MicroserviceSpec {
  return isPlain(value) && typeof value.name === 'string' && isPlain(value.data) && isPlain(value.written)
    && isPlain(value.platform) && isPlain(value.platform.environments);
}

function inside(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}
