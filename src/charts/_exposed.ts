import { Construct } from 'constructs';
import { Certificate, GRPCRoute, HTTPRoute, Ingress, ListenerSet, TLSRoute, type Workload } from '../k8s';
import { servicePortOf } from '../spec/adoption';
import { hasCertificate } from '../spec/gateway';
import { certificateNameOf } from '../spec/names';
import type { SettledService } from '../spec/settle';

/** Defines how a service is reached from outside, where it is: by an Ingress or a route, with its certificate and listeners. */
export function defineExposure(
  scope: Construct, target: Workload, labels: Readonly<Record<string, string>>, { route, facts, ports, identity }: SettledService,
): void {
  const { gateway, issuer } = facts;
  if (!route || !gateway) return;
  const { kind, hosts } = route;
  const rules = route.rules.map(({ port, ...rule }) => ({ ...rule, port: servicePortOf(identity, port, ports[port].port) }));
  const about = { target, labels, hosts };
  const certificate = hasCertificate(route, facts) ? certificateNameOf(target.name) : undefined;
  if (certificate && issuer) new Certificate(scope, 'Certificate', { ...about, issuer });
  if ('ingressClass' in gateway) {
    const annotations = { ...gateway.annotations, ...(kind === 'grpc' ? gateway.grpcAnnotations : {}) };
    new Ingress(scope, 'Ingress', { ...about, rules, ingressClass: gateway.ingressClass, certificate, annotations });
    return;
  }
  const own = gateway.listeners === 'own';
  if (own) new ListenerSet(scope, 'ListenerSet', { ...about, gateway, ...(kind === 'tls' ? {} : { certificate }) });
  const routed = { ...about, gateway: own ? { kind: 'ListenerSet' as const, name: target.name } : { name: gateway.name, namespace: gateway.namespace } };
  const [{ port }] = rules;
  if (kind === 'tls') new TLSRoute(scope, 'TLSRoute', { ...routed, port });
  else if (kind === 'grpc') new GRPCRoute(scope, 'GRPCRoute', { ...routed, port });
  else new HTTPRoute(scope, 'HTTPRoute', { ...routed, rules });
}
