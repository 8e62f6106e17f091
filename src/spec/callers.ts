import { z } from 'zod';
import { chainOf, type PlatformSpec } from './environments';
import { labelSchema, labelsSchema } from './syntax';
import { isPerEnvironment, settle } from './varying';
import type { Ports } from './ports';
import type { Problem } from '../errors';

/** A service that the platform does not know and that may call a service of it; calls within the platform need not be named. */
export const foreignCallerSchema = z.strictObject({
  /** The caller's name: by it its pods are selected, where `labels` say nothing else. */
  name: labelSchema(),
  /**
   * The namespace of its pods, in the same cluster; that of another platform is named after it, unless its environment says otherwise.
   * @default - the namespace of the service that is called
   */
  namespace: labelSchema().optional(),
  /** The labels that select its pods. @default - those by which this package selects the pods of a service */
  labels: labelsSchema.refine(labels => Object.keys(labels).length > 0, { error: 'is empty, expected at least one label; every pod of the namespace would be let in' }).optional(),
  /** The names of the ports that it may call. */
  ports: z.array(z.string()).min(1),
});

export const foreignCallersSchema = z.array(foreignCallerSchema);

/** A service of another repository that may call this one. */
export interface ForeignCaller<A extends string = string> {
  /** The caller's name: by it its pods are selected, where `labels` say nothing else. */
  name: string;
  /**
   * The namespace of its pods, in the same cluster; that of another platform is named after it, unless its environment says otherwise.
   * @default - the namespace of the service that is called
   */
  namespace?: string;
  /** The labels that select its pods. @default - those by which this package selects the pods of a service */
  labels?: Readonly<Record<string, string>>;
  /** The names of the ports that it may call. */
  ports: readonly A[];
}

export type ForeignCallerSpec = z.output<typeof foreignCallerSchema>;

/** What of a description is said about who may call. */
interface Said { readonly callers: unknown; readonly exposure: unknown; readonly ports: Ports }

/** The ports that foreign callers name and the service does not have; and the environments in which nobody may call it. */
export function callerProblems({ environments }: PlatformSpec, { callers, exposure, ports }: Said): Problem[] {
  const lists: readonly (readonly [string, unknown])[] = isPerEnvironment(callers)
    ? Object.entries(callers.perEnvironment).map(([name, value]) => [`callers.perEnvironment.${name}`, value])
    : [['callers', callers]];
  const unknown = lists.flatMap(([path, list]) => (list as readonly ForeignCallerSpec[])
    .flatMap((caller, index) => caller.ports.map((port, at) => ({ port, path: `${path}[${index}].ports[${at}]` }))))
    .filter(({ port }) => !Object.hasOwn(ports, port))
    .map(({ port, path }) => ({ path, message: `is "${port}", expected a port of the service: ${Object.keys(ports).join(', ') || '(there is none)'}` }));
  const closed = Object.keys(environments).filter(environment => {
    const chain = chainOf(environments, environment);
    return settle(exposure, chain) === 'none' && (settle(callers, chain) as readonly unknown[]).length > 0;
  });
  const message = `names who may call it in ${closed.join(', ')}, where exposure is "none"; leave one of the two out`;
  return [...unknown, ...(closed.length ? [{ path: 'callers', message }] : [])];
}
