import { z } from 'zod';
import { isPerEnvironment } from './varying';
import { hostSchema, labelSchema } from './syntax';
import type { Ports } from './ports';
import type { Problem } from '../errors';

const routeSchema = z.strictObject({
  /** The host name under which the service is reached from outside. @default - `<service>.<domain of the environment>` */
  host: hostSchema.optional(),
  /** The path, and everything below it. @default '/' */
  path: z.string().max(1024).regex(/^\/((?!\.{1,2}(\/|$))([A-Za-z0-9._~!$&'()*+,;=:@-]|%(?!2[fF])[0-9a-fA-F]{2})+(\/(?!\/)|$))*$/, { error: 'expected a path that begins with "/", without "//", "/./" and "/../"' }).default('/'),
  /** The port that is exposed. @default - the only HTTP port */
  port: labelSchema(15).optional(),
});

/** Who can reach a service: nobody, services of the cluster that declare a call, or everybody through the gateway. */
export const exposureSchema = z.union([z.enum(['none', 'cluster']), routeSchema]);

export type Exposure = z.input<typeof exposureSchema>;
export type ExposureSpec = z.output<typeof exposureSchema>;
export type Route = z.output<typeof routeSchema>;

/** The HTTP port that a route exposes: the one it names, or the only one there is. */
export function routedPortOf({ port }: { readonly port?: string }, ports: Ports): string | undefined {
  const candidates = webPortsOf(ports);
  return candidates.find((name, _, { length }) => (port === undefined ? length === 1 : name === port));
}

const webPortsOf = (ports: Ports) => Object.keys(ports).filter(name => ports[name].protocol === 'http');

/** What is wrong with the ports that are exposed, in whichever environment. */
export function exposureProblems(exposure: unknown, ports: Ports): Problem[] {
  const said = isPerEnvironment(exposure) ? Object.entries(exposure.perEnvironment).map(([name, value]) => [`exposure.perEnvironment.${name}`, value] as const) : [['exposure', exposure] as const];
  return said.flatMap(([path, value]) => {
    if (typeof value !== 'object' || value === null) return [];
    const { port } = value as { port?: string };
    const got = port === undefined ? 'is missing' : `is "${port}"`;
    return routedPortOf({ port }, ports) ? [] : [{ path: `${path}.port`, message: `${got}, expected the HTTP port to expose: ${webPortsOf(ports).join(' or ') || 'there is none'}` }];
  });
}
