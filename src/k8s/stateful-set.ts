import { JsonPatch, type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { podSelectorConfigOf, scalingTargetOf, subjectOf, type ScalingTarget } from './_cdk8s-plus';
import { define } from './_object';
import { podTemplateOf } from './_pod-template';
import { claimsOf, claimSpecOf, volumeNameOf } from './_volumes';
import { portManifestOf } from './service';
import { appProtocolOf, meshOf, serviceAnnotationsOf, type MeshSpec } from '../spec/mesh';
import { labelsOf } from '../spec/names';
import { versionLabelOf } from '../spec/releases';
import { checksumOf, runtimeConfigOf } from '../spec/runtime-config';
import type { Workload } from './target';
import type { DeploymentProps } from './workload';
import type { PodTemplateSpec, Service, StatefulSet as Manifest } from '../imports/kubernetes';
import type { Port } from '../spec/ports';
import type { SettledService } from '../spec/settle';

/**
 * Defines the replicas of a service that keep their names and their data, and the headless Service that gives each its address.
 * Claims stay when replicas go, so that no data is lost by scaling.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export class StatefulSet extends Construct implements Workload {
  readonly apiVersion = 'apps/v1';
  readonly kind = 'StatefulSet';
  readonly name: string;
  readonly workloadName: string;
  readonly serviceName: string;
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly metadata: { readonly namespace: string };
  readonly labels: Readonly<Record<string, string>>;
  /** Its pods, as cdk8s-plus asks for them: to select, to connect with, to give a role to. */
  readonly toPodSelectorConfig = () => podSelectorConfigOf(this);
  readonly toNetworkPolicyPeerConfig = () => ({ podSelector: podSelectorConfigOf(this) });
  readonly toPodSelector = () => this;
  readonly toSubjectConfiguration = () => subjectOf(this.name, this.metadata.namespace);
  /** Whether an autoscaler owns the number of replicas. */
  hasAutoscaler: boolean;
  private readonly object: ApiObject;
  private readonly template: PodTemplateSpec;
  private readonly replicas?: number;

  constructor(scope: Construct, id: string, props: DeploymentProps) {
    super(scope, id);
    const { service, version } = props;
    const { name, namespace, scale, workload, ports } = service;
    this.name = name;
    this.matchLabels = service.identity.selector;
    this.workloadName = service.identity.workload;
    this.serviceName = service.identity.service;
    this.metadata = { namespace };
    this.labels = labelsOf(service);
    const versioned = { ...this.labels, 'app.kubernetes.io/version': versionLabelOf(version) };
    const selector = { matchLabels: { ...this.matchLabels } };
    this.hasAutoscaler = !('replicas' in scale);
    this.replicas = 'replicas' in scale ? scale.replicas : undefined;
    this.template = podTemplateOf({ service, version, labels: versioned, checksum: checksumOf(runtimeConfigOf(service), service.files) });
    const { headless } = service.identity;
    if (headless !== this.serviceName) this.defineHeadless(headless, namespace, ports, meshOf(service.facts.mesh));
    const claims = claimsOf(service).map(([alias, claim]) => (
      { metadata: { name: volumeNameOf(service, alias), labels: { ...this.matchLabels } }, spec: claimSpecOf(claim) }));
    this.object = define<Manifest>(this, 'Resource', {
      apiVersion: this.apiVersion, kind: this.kind, metadata: { name: this.workloadName, namespace, labels: versioned },
      spec: {
        serviceName: headless,
        ...('replicas' in scale ? { replicas: scale.replicas } : {}),
        revisionHistoryLimit: 5,
        podManagementPolicy: workload.kind === 'stateful' && workload.order === 'parallel' ? 'Parallel' : 'OrderedReady',
        selector,
        updateStrategy: { type: 'RollingUpdate' },
        template: this.template,
        ...(claims.length ? { volumeClaimTemplates: claims } : {}),
      },
    });
  }

  /** The Service that gives each replica its address, where it is not that of the service itself. */
  private defineHeadless(name: string, namespace: string, ports: SettledService['ports'], mesh: MeshSpec | undefined): void {
    const annotations = serviceAnnotationsOf(mesh, Object.values(ports));
    // Two Services in front of the same pods must not say different things of a port to a mesh.
    const portOf = ([port, { port: number, protocol }]: [string, Port]) => (mesh
      ? portManifestOf({ name: port, port: number, protocol, appProtocol: appProtocolOf(mesh, protocol) })
      : { name: port, port: number, targetPort: port, protocol: 'TCP' as const });
    define<Service>(this, 'Headless', {
      apiVersion: 'v1', kind: 'Service', metadata: { name, namespace, labels: this.labels, ...(Object.keys(annotations).length ? { annotations } : {}) },
      spec: {
        clusterIP: 'None', publishNotReadyAddresses: true, selector: { ...this.matchLabels },
        ...(Object.keys(ports).length ? { ports: Object.entries(ports).map(portOf) } : {}),
      },
    });
  }

  /** Tells the workload that an autoscaler owns the number of replicas, so that none is fixed. */
  markHasAutoscaler(): void {
    if (this.hasAutoscaler) return;
    this.hasAutoscaler = true;
    this.object.addJsonPatch(JsonPatch.remove('/spec/replicas'));
  }

  /** What an autoscaler of cdk8s-plus scales. */
  toScalingTarget(): ScalingTarget {
    return scalingTargetOf(this, this.template.spec?.containers ?? [], this.hasAutoscaler ? undefined : this.replicas);
  }
}
