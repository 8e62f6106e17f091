import { Construct } from 'constructs';
import { ConfigMap, Deployment, ExternalSecret, HorizontalPodAutoscaler, HTTPRoute, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount, ServiceMonitor } from '../k8s';
import { accessOf, type Caller } from '../spec/access';
import { management } from '../spec/ports';
import { checkReleases } from '../spec/releases';
import { runtimeConfigOf, secretFilesOf } from '../spec/runtime-config';
import { settleService, type SettledService } from '../spec/settle';
import type { MicroserviceSpec } from '../spec/microservice';

export interface MicroserviceProps {
  /** The description. */
  readonly service: MicroserviceSpec;
  /** The environment to render for, by its name in the platform. */
  readonly environment: string;
  /** The version that runs: tag, digest, or tag@digest. */
  readonly version: string;
  /** The services that may call it, with the port that each calls. @default [] */
  readonly callers?: readonly Caller[];
}

/**
 * Defines everything around one service in one environment.
 *
 * Renders: ServiceAccount, ConfigMap, ExternalSecret, Deployment, Service, HorizontalPodAutoscaler, PodDisruptionBudget,
 * NetworkPolicy, HTTPRoute, ServiceMonitor; each where the description asks for it.
 *
 * @throws PLATFORM_INVALID when the environment does not name a fact that the service needs.
 * @throws RELEASE_INVALID when the version is none.
 */
export class Microservice extends Construct {
  /** The workload, as a target for further objects. */
  readonly deployment: Deployment;
  /** The service as it is in this environment. */
  readonly settled: SettledService;

  constructor(scope: Construct, id: string, props: MicroserviceProps) {
    const { service, environment, version, callers = [] } = props;
    const settled = settleService(service, environment);
    checkReleases({ [service.name]: version }, [service.name], 'the version');
    super(scope, id);
    const { facts, scale, route, ports } = settled;
    this.settled = settled;
    this.deployment = new Deployment(this, 'Deployment', { service: settled, version });
    const target = this.deployment;
    const { labels } = target;
    const files = secretFilesOf(settled);
    const callable = settled.callable ? Object.entries(ports).map(([name, port]) => ({ name, ...port })) : [];
    new ServiceAccount(this, 'ServiceAccount', { target, labels });
    new ConfigMap(this, 'ConfigMap', { target, labels, runtimeConfig: runtimeConfigOf(settled) });
    if (files.length && facts.secretStore) new ExternalSecret(this, 'ExternalSecret', { target, labels, files, store: facts.secretStore });
    new Service(this, 'Service', { target, labels, ports: [...callable, { name: management.name, port: management.port, protocol: 'http' }] });
    if ('min' in scale) new HorizontalPodAutoscaler(this, 'HorizontalPodAutoscaler', { target, labels, min: scale.min, max: scale.max, cpuPercent: scale.cpuPercent });
    new PodDisruptionBudget(this, 'PodDisruptionBudget', { target, labels, ...settled.disruption });
    new NetworkPolicy(this, 'NetworkPolicy', { target, labels, dns: facts.dns, ...accessOf(settled, callers) });
    if (route && facts.gateway) new HTTPRoute(this, 'HTTPRoute', { target, labels, gateway: facts.gateway, host: route.host, path: route.path, port: ports[route.port].port });
    if (facts.monitoring !== 'none') new ServiceMonitor(this, 'ServiceMonitor', { target, labels, monitorLabels: facts.monitoring.labels });
  }
}
