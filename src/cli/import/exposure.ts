import { management } from '../../spec/ports';
import { certificateNameOf } from '../../spec/names';
import { sayFact, type Draft, type ServiceDraft, type Take } from './draft';
import { namespaceOfPeer } from './surroundings';
import { at, fieldsAt, isSame, listAt, said, textAt, type Fields } from './value';
import type { Workload } from './group';

/** One path, the way it is meant, and the name of the port that answers. */
interface Rule { readonly path: string; readonly match?: 'exact'; readonly port: string }

/** How it is reached: through a gateway, by other services, or not at all. */
export const takeExposure: Take = (workload, service, draft) => {
  const { route, service: live, runtime } = workload;
  if (workload.kind === 'job' || workload.kind === 'schedule') return;
  const reached = route && (route.kind === 'Ingress' ? reachedByIngress(route) : reachedByRoute(route));
  const rules = reached?.rules.map(rule => ({ ...rule, port: portOf(workload, service, rule.backend) }));
  const gateway = route && (route.kind === 'Ingress' ? ingressFact(workload, route, draft) : gatewayFact(workload, route, draft));
  if (route && reached?.hosts.length && gateway && rules?.length && rules.every(({ port }) => port !== undefined)) {
    sayFact(draft, 'gateway', gateway);
    sayIssuer(workload, service, draft);
    const [host] = reached.hosts;
    const [first, ...domain] = host.split('.');
    if (first === service.name && domain.length > 1) sayFact(draft, 'domain', domain.join('.'));
    service.exposure = exposureOf(route, reached.hosts, rules.map(({ path, match, port = '' }) => said({ path, match, port })), service, draft);
  } else if (runtime && live && Object.keys(runtime.ports).length && listAt(live, 'spec', 'ports').every(each => each.name === management.name)) {
    service.exposure = 'none';
  }
};

function exposureOf(route: Fields, hosts: readonly string[], rules: readonly Rule[], service: ServiceDraft, draft: Draft): Fields {
  const ports = fieldsAt(service, 'ports');
  const passes = route.kind === 'TLSRoute';
  const speaking = (protocol: string) => Object.keys(ports).filter(name => textAt(ports, name, 'protocol') === protocol);
  const candidates = passes ? Object.keys(ports) : speaking('http').length ? speaking('http') : speaking('grpc');
  const [{ path, match, port }] = rules;
  const usual = candidates.length === 1 ? candidates[0] : undefined;
  const isOne = rules.length === 1 && match === undefined;
  const isDefaultHost = hosts.length === 1 && hosts[0] === `${service.name}.${String(draft.facts.domain)}`;
  return said({
    host: isDefaultHost ? undefined : hosts.length === 1 ? hosts[0] : hosts,
    path: isOne && path !== '/' && !passes ? path : undefined,
    rules: isOne ? undefined : rules.map(rule => said({ path: rule.path, match: rule.match, port: rule.port === port ? undefined : rule.port })),
    port: port === usual ? undefined : port,
    tls: passes ? 'passthrough' : undefined,
  });
}

/** A path as it was read, and the port of the Service that it leads to: its number, or its name. */
interface ReadRule { readonly path: string; readonly match?: 'exact'; readonly backend: unknown }
interface Reached { readonly hosts: readonly string[]; readonly rules: readonly ReadRule[] }

const texts = (value: unknown) => (Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []);

function reachedByRoute(route: Fields): Reached {
  const rules = listAt(route, 'spec', 'rules').flatMap((rule): ReadRule[] => {
    const backend = at(rule, 'backendRefs', 0, 'port');
    const paths = route.kind === 'HTTPRoute' ? listAt(rule, 'matches').map(match => fieldsAt(match, 'path')) : [];
    return (paths.length ? paths : [{}]).map(({ type, value }: Fields) => said({ path: typeof value === 'string' ? value : '/', match: type === 'Exact' ? 'exact' as const : undefined, backend }));
  });
  return { hosts: texts(at(route, 'spec', 'hostnames')), rules };
}

/** The hosts of an Ingress whose paths are the same for all of them; none where they are not. */
function reachedByIngress(ingress: Fields): Reached {
  const byHost = listAt(ingress, 'spec', 'rules').map(rule => ({
    host: textAt(rule, 'host'),
    rules: listAt(rule, 'http', 'paths').map(({ path, pathType, backend }): ReadRule => said({
      path: typeof path === 'string' ? path : '/', match: pathType === 'Exact' ? 'exact' as const : undefined, backend: at(backend, 'service', 'port', 'number') ?? at(backend, 'service', 'port', 'name'),
    })),
  }));
  const [first] = byHost;
  const isAlike = byHost.every(({ host, rules }) => host !== undefined && isSame(rules, first.rules));
  return { hosts: isAlike ? texts(byHost.map(({ host }) => host)) : [], rules: first?.rules ?? [] };
}

/** The name of the service's port that a port of its Service leads to. */
function portOf({ service: live, container }: Workload, service: ServiceDraft, backend: unknown): string | undefined {
  const front = listAt(live, 'spec', 'ports').find(({ port, name }) => port === backend || name === backend);
  const target = front?.targetPort ?? front?.port;
  const number = listAt(container, 'ports').find(({ name }) => name === target)?.containerPort ?? target;
  const ports = fieldsAt(service, 'ports');
  return Object.keys(ports).find(name => at(ports, name, 'port') === number);
}

/** The Gateway that a route hangs below, or the listeners of its own that it brings to one. */
function gatewayFact({ around }: Workload, route: Fields, draft: Draft): Fields | undefined {
  const [parent] = listAt(route, 'spec', 'parentRefs');
  if (parent?.kind === 'ListenerSet') {
    const listeners = around.find(object => object.kind === 'ListenerSet' && textAt(object, 'metadata', 'name') === parent.name);
    const { name, namespace = draft.namespace } = fieldsAt(listeners, 'spec', 'parentRef');
    return name === undefined ? undefined : { name, namespace, listeners: 'own' };
  }
  const namespace = parent?.namespace ?? draft.namespace;
  return parent?.name === undefined || namespace === undefined ? undefined : { name: parent.name, namespace };
}

const toolsOfIngresses = /^(kubectl\.kubernetes\.io|cert-manager\.io|meta\.helm\.sh)\/|^kubernetes\.io\/ingress\.class$/;

/** The class of an Ingress, where its controller runs, and what all Ingresses tell it. */
function ingressFact({ around, policy }: Workload, ingress: Fields, draft: Draft): Fields | undefined {
  const named = textAt(ingress, 'spec', 'ingressClassName') ?? textAt(ingress, 'metadata', 'annotations', 'kubernetes.io/ingress.class');
  const ingressClass = named ?? 'nginx';
  const all = around.filter(({ kind }) => kind === 'Ingress');
  const shared = Object.entries(fieldsAt(ingress, 'metadata', 'annotations')).filter(([name, value]) => (
    !toolsOfIngresses.test(name) && all.every(other => fieldsAt(other, 'metadata', 'annotations')[name] === value)));
  const allowed = listAt(policy, 'spec', 'ingress').flatMap(rule => listAt(rule, 'from'))
    .filter(peer => peer.podSelector === undefined).map(namespaceOfPeer).find(each => each !== undefined && each !== draft.namespace);
  const namespace = allowed ?? (ingressClass === 'nginx' ? 'ingress-nginx' : ingressClass);
  if (!('gateway' in draft.facts)) {
    if (named === undefined) draft.assumed.push('gateway.ingressClass is nginx: the Ingresses name none');
    if (allowed === undefined) draft.assumed.push(`gateway.namespace is ${namespace}: no network policy tells where the controller of Ingresses runs`);
  }
  return said({ ingressClass, namespace, annotations: shared.length ? Object.fromEntries(shared) : undefined });
}

/** Who signs the certificate of the service, where it is asked for by name. */
function sayIssuer({ around }: Workload, service: ServiceDraft, draft: Draft): void {
  const certificate = around.find(({ kind, metadata }) => kind === 'Certificate' && textAt(metadata, 'name') === certificateNameOf(service.name));
  const { name, kind } = fieldsAt(certificate, 'spec', 'issuerRef');
  if (typeof name === 'string') sayFact(draft, 'issuer', said({ name, kind: kind === 'ClusterIssuer' ? undefined : kind ?? 'Issuer' }));
}
