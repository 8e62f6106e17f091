import { z } from 'zod';
import { isPerEnvironment } from './varying';
import { labelSchema, pathSchema, publicHostSchema } from './syntax';
import type { Ports, Protocol } from './ports';
import type { Problem } from '../errors';

const ruleSchema = z.strictObject({
  /** The path. */
  path: pathSchema,
  /** Whether everything below the path is meant too, or it alone. @default 'prefix' */
  match: z.enum(['prefix', 'exact']).default('prefix'),
  /** The HTTP port that answers. @default - that of the route */
  port: labelSchema(15).optional(),
});

const routeSchema = z.strictObject({
  /**
   * The host name under which the service is reached from outside, or 1 to 16 of them; `*.` stands for one name before the rest.
   * @default - `<service>.<domain of the environment>`
   */
  host: z.union([publicHostSchema, z.array(publicHostSchema).min(1).max(16)]).optional(),
  /** The path, and everything below it; of an HTTP port only. @default - the root, unless there are rules */
  path: pathSchema.optional(),
  /** Several paths, 1 to 16, instead of the one; of HTTP ports only. */
  rules: z.array(ruleSchema).min(1).max(16).optional(),
  /** The port that is exposed. @default - the only HTTP port, else the only gRPC port; the only port where TLS passes through */
  port: labelSchema(15).optional(),
  /** Whether TLS ends at the edge of the cluster, or passes through to the service, which then shows the certificate. @default 'terminate' */
  tls: z.enum(['terminate', 'passthrough']).default('terminate'),
});

/** Who can reach a service: nobody, services of the cluster that declare a call, or everybody from outside. */
export const exposureSchema = z.union([z.enum(['none', 'cluster']), routeSchema]);

export type Exposure = z.input<typeof exposureSchema>;
export type Route = z.output<typeof routeSchema>;

/** One path of a route, and the name of the port that answers. */
export interface RouteRule { readonly path: string; readonly match: 'prefix' | 'exact'; readonly port: string }

/** How a service is reached from outside in one environment. */
export interface RouteSpec {
  /** What is routed: requests of HTTP or gRPC, or connections of TLS. */
  readonly kind: 'http' | 'grpc' | 'tls';
  readonly hosts: readonly string[];
  readonly rules: readonly RouteRule[];
}

/** A route with everything that it leaves to defaults. */
export function routeOf(route: Route, ports: Ports, defaultHost: string): RouteSpec {
  const main = routedPortOf(route, ports) ?? '';
  const rules: readonly z.output<typeof ruleSchema>[] = route.rules ?? [{ path: route.path ?? '/', match: 'prefix' }];
  return {
    kind: route.tls === 'passthrough' ? 'tls' : kindOf(ports, rules[0].port ?? main),
    hosts: [route.host ?? defaultHost].flat(),
    rules: rules.map(({ path, match, port = main }) => ({ path, match, port })),
  };
}

/** The numbers of the ports that a route leads to. */
export function routedPortsOf({ rules }: RouteSpec, ports: Ports): number[] {
  return [...new Set(rules.map(({ port }) => ports[port].port))];
}

/** The port that a route exposes: the one it names, or the only HTTP port, or the only gRPC port where there is no HTTP port. */
export function routedPortOf({ port, tls }: Pick<Partial<Route>, 'port' | 'tls'>, ports: Ports): string | undefined {
  const all = exposable(ports, tls);
  if (port !== undefined) return all.find(name => name === port);
  const [candidates] = (tls === 'passthrough' ? [all] : [of('http', ports), of('grpc', ports)]).filter(names => names.length > 0);
  return candidates?.length === 1 ? candidates[0] : undefined;
}

const kindOf = (ports: Ports, name: string) => (ports[name]?.protocol === 'grpc' ? 'grpc' : 'http');
const of = (protocol: Protocol, ports: Ports) => Object.keys(ports).filter(name => ports[name].protocol === protocol);
const exposable = (ports: Ports, tls?: Route['tls']) => Object.keys(ports).filter(name => tls === 'passthrough' || ports[name].protocol !== 'tcp');

/** What is wrong with routes, in whichever environment. */
export function exposureProblems(exposure: unknown, ports: Ports): Problem[] {
  const said = isPerEnvironment(exposure) ? Object.entries(exposure.perEnvironment).map(([name, value]) => [`exposure.perEnvironment.${name}`, value] as const) : [['exposure', exposure] as const];
  return said.flatMap(([path, value]) => (typeof value === 'object' && value !== null ? routeProblems(value as Route, ports, path) : []));
}

function routeProblems(route: Route, ports: Ports, at: string): Problem[] {
  const { rules, path, port, tls, host } = route;
  const problems: Problem[] = [];
  const add = (field: string, message: string) => problems.push({ path: `${at}.${field}`, message });
  const main = routedPortOf(route, ports);
  const everyRuleNames = rules?.every(rule => rule.port !== undefined) === true;
  const words = tls === 'passthrough' ? 'port' : 'HTTP or gRPC port';
  if (main === undefined && !(port === undefined && everyRuleNames)) {
    add('port', `${port === undefined ? 'is missing' : `is "${port}"`}, expected the ${words} to expose: ${exposable(ports, tls).join(' or ') || 'there is none'}`);
  }
  if (rules && path !== undefined) add('path', 'stands beside rules, expected one of the two; make it a rule');
  for (const [field, given] of [['path', path !== undefined && path !== '/'], ['rules', rules !== undefined]] as const) {
    if (!given) continue;
    if (tls === 'passthrough') add(field, 'cannot be seen where TLS passes through; remove it, or let TLS end at the edge');
    else if (main !== undefined && ports[main].protocol === 'grpc') add(field, `means nothing for gRPC, which the port ${main} speaks; remove it`);
  }
  rules?.forEach((rule, index) => {
    if (rule.port !== undefined && ports[rule.port]?.protocol !== 'http') {
      add(`rules[${index}].port`, `is "${rule.port}", expected an HTTP port: ${of('http', ports).join(' or ') || 'there is none'}`);
    }
    if (rules.findIndex(other => placeOf(other) === placeOf(rule)) !== index) add(`rules[${index}].path`, `is "${rule.path}" a second time; leave one of the two out`);
  });
  const hosts = Array.isArray(host) ? host : [];
  hosts.forEach((name, index) => {
    if (hosts.indexOf(name) !== index) add(`host[${index}]`, `is "${name}" a second time; leave one of the two out`);
  });
  return problems;
}

/** A path as requests are told apart: `/api/` begins what `/api` begins, while an exact path is what it is. */
const placeOf = ({ path, match }: Pick<RouteRule, 'path' | 'match'>) => (match === 'exact' ? `=${path}` : `${path.replace(/\/+$/, '')}/`);

/**
 * What two routes both claim: a host whose requests cannot be told apart; undefined when they go well together.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/grpcroute/#cross-serving
 */
export function overlapOf(one: RouteSpec, other: RouteSpec): string | undefined {
  for (const host of one.hosts.filter(name => other.hosts.includes(name))) {
    if (one.kind !== other.kind || one.kind !== 'http') return host;
    const rule = one.rules.find(mine => other.rules.some(theirs => placeOf(theirs) === placeOf(mine)));
    if (rule) return `${host}${rule.path}`;
  }
  return undefined;
}
