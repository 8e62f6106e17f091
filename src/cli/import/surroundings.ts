import { management } from '../../spec/ports';
import { sayFact, type Take } from './draft';
import { fieldsAt, isSame, listAt, numberAt, said, textAt, at, selects, type Fields } from './value';

/** The names and the selector that are not the service's own. */
export const takeIdentity: Take = ({ source, selector, container, service: live }, service) => {
  const own = isSame(selector, { 'app.kubernetes.io/instance': service.name });
  const other = (name: string | undefined) => (name === undefined || name === service.name ? undefined : name);
  const names = said({ name: other(textAt(source.object, 'metadata', 'name')), service: other(textAt(live, 'metadata', 'name')), container: other(textAt(container, 'name')) });
  if (!own || Object.keys(names).length) service.adopt = { ...names, selector };
};

export const takeDisruption: Take = ({ kind, budget }, service) => {
  if (kind === 'daemon' || kind === 'schedule') return;
  const { maxUnavailable, minAvailable } = fieldsAt(budget, 'spec');
  if (minAvailable !== undefined && maxUnavailable === undefined) service.disruption = { minAvailable };
  else if (maxUnavailable !== undefined && maxUnavailable !== 1) service.disruption = { maxUnavailable };
};

/** How it is reached: through the gateway, by other services, or not at all. */
export const takeExposure: Take = ({ route, service: live, runtime }, service, draft) => {
  const [host] = (at(route, 'spec', 'hostnames') ?? []) as unknown[];
  const rule = listAt(route, 'spec', 'rules')[0];
  const gateway = listAt(route, 'spec', 'parentRefs')[0];
  const ports = fieldsAt(service, 'ports');
  const port = Object.keys(ports).find(name => numberAt(ports, name, 'port') === numberAt(rule, 'backendRefs', 0, 'port') && textAt(ports, name, 'protocol') === 'http');
  if (typeof host === 'string' && typeof gateway?.namespace === 'string' && port !== undefined) {
    sayFact(draft, 'gateway', { name: gateway.name, namespace: gateway.namespace });
    const [first, ...domain] = host.split('.');
    if (first === service.name && domain.length > 1) sayFact(draft, 'domain', domain.join('.'));
    const path = textAt(rule, 'matches', 0, 'path', 'value');
    const web = Object.keys(ports).filter(name => textAt(ports, name, 'protocol') === 'http');
    service.exposure = said({ host: host === `${service.name}.${String(draft.facts.domain)}` ? undefined : host, path: path === '/' ? undefined : path, port: web.length > 1 ? port : undefined });
  } else if (runtime && live && Object.keys(runtime.ports).length && listAt(live, 'spec', 'ports').every(each => each.name === management.name)) {
    service.exposure = 'none';
  }
};

/** Where Prometheus runs and what it selects monitors by. */
export const takeMonitoring: Take = ({ monitor, policy, selector }, _service, draft) => {
  if (!monitor) return;
  const own = ['name', 'instance', 'part-of', 'managed-by'].map(name => `app.kubernetes.io/${name}`);
  const labels = Object.fromEntries(Object.entries(fieldsAt(monitor, 'metadata', 'labels')).filter(([name]) => ![...own, 'team', ...Object.keys(selector)].includes(name)));
  const scrape = listAt(policy, 'spec', 'ingress').find(rule => listAt(rule, 'ports').some(({ port }) => port === management.port));
  const namespace = namespaceOfPeer(listAt(scrape, 'from')[0]) ?? 'monitoring';
  sayFact(draft, 'monitoring', { namespace, labels });
};

/** Where the DNS server is, and what enforces policies. */
export const takeDns: Take = ({ policy, hosts }, _service, draft) => {
  const rule = listAt(policy, 'spec', 'egress').find(each => listAt(each, 'ports').some(({ port }) => port === 53));
  const peer = listAt(rule, 'to')[0];
  const [namespace, labels] = [namespaceOfPeer(peer), fieldsAt(peer, 'podSelector', 'matchLabels')];
  if (namespace !== undefined && Object.keys(labels).length && !isSame([namespace, labels], ['kube-system', { 'k8s-app': 'kube-dns' }])) sayFact(draft, 'dns', { namespace, labels });
  if (hosts) sayFact(draft, 'networkPolicies', 'cilium');
};

/** Those who may call it and are none of the services. */
export const takeCallers: Take = ({ policy }, service, draft) => {
  const ports = fieldsAt(service, 'ports');
  const callers = listAt(policy, 'spec', 'ingress').flatMap(rule => {
    const names = listAt(rule, 'ports').map(({ port }) => Object.keys(ports).find(name => numberAt(ports, name, 'port') === port));
    return listAt(rule, 'from').flatMap(peer => {
      const [namespace, labels] = [namespaceOfPeer(peer), fieldsAt(peer, 'podSelector', 'matchLabels')];
      if (namespace === undefined || !Object.keys(labels).length || names.length === 0 || names.includes(undefined)) return [];
      if (namespace === draft.namespace && [...draft.services.keys()].some(({ podLabels }) => selects(labels, podLabels))) return [];
      const instance = labels['app.kubernetes.io/instance'];
      const name = typeof instance === 'string' ? instance : String(Object.values(labels)[0]);
      return [said({ name, namespace: namespace === draft.namespace ? undefined : namespace, labels: isSame(labels, { 'app.kubernetes.io/instance': name }) ? undefined : labels, ports: names })];
    });
  });
  if (callers.length) service.callers = callers;
};

/** The namespace that a peer of a network policy names by its label. */
export function namespaceOfPeer(peer: Fields | undefined): string | undefined {
  const labels = fieldsAt(peer, 'namespaceSelector', 'matchLabels');
  return Object.keys(labels).length === 1 ? textAt(labels, 'kubernetes.io/metadata.name') : undefined;
}
