import { z } from 'zod';
import { locationSchema, type Location } from './address';
import { foreignPortsSchema, type Ports } from './ports';
import { labelSchema } from './syntax';
import type { Contract } from './calls';

/** Something that the platform calls and does not deploy. */
export interface ExternalSpec<P extends Ports = Ports> extends Contract<P> {
  /** Where it is: a namespace of the same cluster, or a host name. */
  readonly at: Location;
}

export type ExternalInput<P extends Ports> = ExternalSpec<P>;

export const externalSchema = z.strictObject({ name: labelSchema(50), at: locationSchema, ports: foreignPortsSchema });

/** Whether what a call refers to lies outside the platform. */
export function isExternal(target: Contract): target is ExternalSpec {
  return 'at' in target;
}
