import { headlessNameOf } from '../../spec/names';
import { management } from '../../spec/ports';
import { sayFact, type ServiceDraft, type Take } from './draft';
import { fieldsAt, isSame, listAt, numberAt, said, textAt, selects, type Fields } from './value';
import type { Workload } from './group';

/** The names and the selector that are not the service's own. */
export const takeIdentity: Take = (workload, service) => {
  const { kind, source, selector, container, service: live } = workload;
  if (kind === 'job' || Object.keys(selector).length === 0) return;
  const own = isSame(selector, { 'app.kubernetes.io/instance': service.name });
  const other = (name: string | undefined) => (name === undefined || name === service.name ? undefined : name);
  const headless = kind === 'stateful' ? textAt(source.object, 'spec', 'serviceName') : undefined;
  const names = said({
    name: other(textAt(source.object, 'metadata', 'name')), service: other(textAt(live, 'metadata', 'name')), container: other(textAt(container, 'name')),
    headless: headless === headlessNameOf(service.name) ? undefined : headless,
    servicePorts: servicePortsOf(workload, service, headless),
  });
  if (!own || Object.keys(names).length) service.adopt = { ...names, selector };
};

/** The numbers of the Service's ports that are not those of the pods; a headless one has none of its own. */
function servicePortsOf({ service: live, container }: Workload, service: ServiceDraft, headless: string | undefined): Fields | undefined {
  if (textAt(live, 'spec', 'clusterIP') === 'None' || (headless !== undefined && headless === textAt(live, 'metadata', 'name'))) return undefined;
  const other = Object.keys(fieldsAt(service, 'ports')).flatMap(name => {
    const number = numberAt(service.ports, name, 'port');
    const named = listAt(container, 'ports').find(({ containerPort }) => containerPort === number)?.name;
    const front = listAt(live, 'spec', 'ports').find(({ port, targetPort = port }) => targetPort === number || (named !== undefined && targetPort === named));
    return front?.port === undefined || front.port === number ? [] : [[name, front.port] as const];
  });
  return other.length ? Object.fromEntries(other) : undefined;
}

export const takeDisruption: Take = ({ kind, budget }, service) => {
  if (kind !== 'deployment' && kind !== 'stateful') return;
  const { maxUnavailable, minAvailable } = fieldsAt(budget, 'spec');
  if (minAvailable !== undefined && maxUnavailable === undefined) service.disruption = { minAvailable };
  else if (maxUnavailable !== undefined && maxUnavailable !== 1) service.disruption = { maxUnavailable };
};

/** Where Prometheus runs and what it selects monitors by. */
export const takeMonitoring: Take = (workload, _service, draft) => {
  const { monitor, policy, selector, source } = workload;
  if (!monitor) return;
  const shared = Object.keys(fieldsAt(source.object, 'metadata', 'labels'));
  const own = ['name', 'instance', 'part-of', 'managed-by'].map(name => `app.kubernetes.io/${name}`);
  const labels = Object.fromEntries(Object.entries(fieldsAt(monitor, 'metadata', 'labels')).filter(([name]) => ![...own, 'team', ...Object.keys(selector), ...shared].includes(name)));
  const scrape = listAt(policy, 'spec', 'ingress').find(rule => listAt(rule, 'ports').some(({ port }) => port === scrapedNumberOf(workload)));
  const namespace = namespaceOfPeer(listAt(scrape, 'from')[0]) ?? 'monitoring';
  sayFact(draft, 'monitoring', { namespace, labels });
};

/** Where its metrics are: the port and path that its monitor names, or nowhere, where others have a monitor and it has none. */
export const takeMetrics: Take = (workload, service, draft) => {
  const { monitor } = workload;
  if (!monitor) {
    if ([...draft.services.keys()].some(other => other.monitor)) service.metrics = 'none';
    return;
  }
  const endpoint = endpointOf(monitor);
  const number = scrapedNumberOf(workload);
  const ports = fieldsAt(service, 'ports');
  const port = number === management.port ? undefined : Object.keys(ports).find(name => numberAt(ports, name, 'port') === number);
  if (port === undefined && number !== management.port) return;
  const [, seconds] = /^(\d+)s$/.exec(textAt(endpoint, 'interval') ?? '') ?? [];
  const metrics = said({
    port, path: endpoint?.path === management.metrics ? undefined : endpoint?.path, intervalSeconds: seconds === undefined || seconds === '30' ? undefined : Number(seconds),
  });
  if (Object.keys(metrics).length) service.metrics = metrics;
};

const endpointOf = (monitor: Fields | undefined): Fields | undefined => (
  [...listAt(monitor, 'spec', 'endpoints'), ...listAt(monitor, 'spec', 'podMetricsEndpoints')][0]);

/** The number of the container's port that the monitor names, by that of the Service or of the container. */
function scrapedNumberOf({ monitor, service: live, container }: Workload): unknown {
  const named = endpointOf(monitor)?.port;
  const front = monitor?.kind === 'ServiceMonitor' ? listAt(live, 'spec', 'ports').find(({ name }) => name === named) : undefined;
  const target = front?.targetPort ?? front?.port ?? named;
  return listAt(container, 'ports').find(({ name }) => name === target)?.containerPort ?? target;
}

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
