import { z } from 'zod';
import { isPerEnvironment } from './varying';
import { hostSchema, labelSchema, pathSchema } from './syntax';
import type { Ports, Protocol } from './ports';
import type { Problem } from '../errors';

const routeSchema = z.strictObject({
  /** The host name under which the service is reached from outside. @default - `<service>.<domain of the environment>` */
  host: hostSchema.optional(),
  /** The path, and everything below it. @default '/' */
  path: pathSchema.default('/'),
  /** The port that is exposed. @default - the only HTTP port, else the only gRPC port */
  port: labelSchema(15).optional(),
});

/** Who can reach a service: nobody, services of the cluster that declare a call, or everybody through the gateway. */
export const exposureSchema = z.union([z.enum(['none', 'cluster']), routeSchema]);

export type Exposure = z.input<typeof exposureSchema>;
export type ExposureSpec = z.output<typeof exposureSchema>;
export type Route = z.output<typeof routeSchema>;

/** The port that a route exposes: the one it names, or the only HTTP port, or the only gRPC port where there is no HTTP port. */
export function routedPortOf({ port }: { readonly port?: string }, ports: Ports): string | undefined {
  if (port !== undefined) return exposable(ports).find(name => name === port);
  const [candidates] = [of('http', ports), of('grpc', ports)].filter(names => names.length > 0);
  return candidates?.length === 1 ? candidates[0] : undefined;
}

const of = (protocol: Protocol, ports: Ports) => Object.keys(ports).filter(name => ports[name].protocol === protocol);
const exposable = (ports: Ports) => Object.keys(ports).filter(name => ports[name].protocol !== 'tcp');

/** What is wrong with the ports that are exposed, in whichever environment. */
export function exposureProblems(exposure: unknown, ports: Ports): Problem[] {
  const said = isPerEnvironment(exposure) ? Object.entries(exposure.perEnvironment).map(([name, value]) => [`exposure.perEnvironment.${name}`, value] as const) : [['exposure', exposure] as const];
  return said.flatMap(([path, value]) => {
    if (typeof value !== 'object' || value === null) return [];
    const { port } = value as { port?: string };
    const got = port === undefined ? 'is missing' : `is "${port}"`;
    return routedPortOf({ port }, ports) ? [] : [{ path: `${path}.port`, message: `${got}, expected the HTTP or gRPC port to expose: ${exposable(ports).join(' or ') || 'there is none'}` }];
  });
}
