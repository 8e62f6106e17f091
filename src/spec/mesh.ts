import { z } from 'zod';
import { isAtLeast, type KubernetesVersion } from './kubernetes-version';
import { labelSchema } from './syntax';
import type { Problem } from '../errors';
import type { Edge } from './access';
import type { Port, Ports, Protocol } from './ports';

export const meshKinds = ['istio-sidecar', 'istio-ambient', 'linkerd'] as const;

export type MeshKind = (typeof meshKinds)[number];

/** Names of revisions, unlike most labels, often begin with a digit: `1-30-3`. */
const revisionSchema = z.string().max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, { error: 'expected the name of a revision or of its tag, such as stable or 1-30-3' });

const meshFormSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('istio-sidecar'),
    /** Where istiod runs. @default 'istio-system' */
    namespace: labelSchema().default('istio-system'),
    /** The revision, or the tag of one, that puts its proxies into the pods. @default - the one that the cluster takes for its default */
    revision: revisionSchema.optional(),
  }),
  z.strictObject({ kind: z.literal('istio-ambient') }),
  z.strictObject({
    kind: z.literal('linkerd'),
    /** Where its control plane runs. @default 'linkerd' */
    namespace: labelSchema().default('linkerd'),
  }),
]);

/**
 * The service mesh of a cluster, by its kind, or with what is particular to it. The namespace enforces the restricted Pod Security
 * Standard, which only the CNI plugin of a mesh leaves intact: its init containers would ask for NET_ADMIN.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/cni/
 * @see https://linkerd.io/2/features/cni/
 */
export const meshSchema = z.union([z.enum([...meshKinds, 'none']), meshFormSchema]);

/** A mesh with every default filled. */
export type MeshSpec = z.output<typeof meshFormSchema>;

/** What is known of a kind of mesh, and no environment says. */
interface MeshFacts {
  /** The port of a pod at which everything arrives that one meshed pod sends to another, whatever port was meant. */
  readonly carrier?: number;
  /** The port of a pod at which its proxy shows metrics. */
  readonly metrics?: number;
  /** Ports of a pod that the mesh listens on itself. */
  readonly taken: readonly number[];
  /** The user of the proxy, whose own traffic passes by the mesh. */
  readonly user?: number;
  /** Where the probes of the node seem to come from. */
  readonly probes: readonly string[];
  /** What keeps a pod out. */
  readonly outside: Marks;
}

/** What the mesh wants to find on an object. */
export interface Marks { readonly labels: Readonly<Record<string, string>>; readonly annotations: Readonly<Record<string, string>> }

const nothing: Marks = { labels: {}, annotations: {} };

/**
 * @see https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
 * @see https://istio.io/latest/docs/ambient/usage/networkpolicy/
 * @see https://linkerd.io/2/common-errors/network-policy/
 * @see https://linkerd.io/2/reference/proxy-configuration/
 */
export const meshFacts: Readonly<Record<MeshKind, MeshFacts>> = {
  'istio-sidecar': {
    metrics: 15020, taken: [15000, 15001, 15004, 15006, 15008, 15020, 15021, 15053, 15090], user: 1337, probes: [],
    outside: { labels: { 'sidecar.istio.io/inject': 'false' }, annotations: {} },
  },
  'istio-ambient': {
    carrier: 15008, taken: [15001, 15006, 15008, 15053], probes: ['169.254.7.127/32', 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128'],
    outside: { labels: { 'istio.io/dataplane-mode': 'none' }, annotations: {} },
  },
  'linkerd': {
    carrier: 4143, metrics: 4191, taken: [4140, 4143, 4190, 4191], user: 2102, probes: [],
    outside: { labels: {}, annotations: { 'linkerd.io/inject': 'disabled' } },
  },
};

/** The mesh behind what an environment says. */
export function meshOf(written: z.output<typeof meshSchema> | undefined): MeshSpec | undefined {
  if (written === 'none') return undefined;
  return typeof written === 'string' ? meshFormSchema.parse({ kind: written }) : written;
}

/** As much of a settled service as tells how it stands to the mesh. */
interface Meshed {
  readonly facts: { readonly mesh?: z.output<typeof meshSchema>; readonly kubernetes: KubernetesVersion };
  /** Whether the service wants to be in it. */
  readonly mesh: boolean;
}

/** Since 1.29, a sidecar ends when the containers of its pod have ended. */
const endsSidecars = (version: KubernetesVersion) => isAtLeast(version, '1.29');

/**
 * The mesh that the pods of a service are in, if any: not those of a service that stays outside, and not those that end, where a sidecar
 * would run on for ever beside them.
 *
 * @param lasting whether the pods run for good; those of a migration never do.
 */
export function meshOfPods({ facts, mesh: wanted }: Meshed, lasting: boolean): MeshSpec | undefined {
  const mesh = meshOf(facts.mesh);
  const possible = lasting || mesh?.kind === 'istio-ambient' || endsSidecars(facts.kubernetes);
  return wanted && possible ? mesh : undefined;
}

/**
 * What the mesh wants to find on the namespace, so that it takes the pods in it.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
 * @see https://istio.io/latest/docs/ambient/usage/add-workloads/
 * @see https://linkerd.io/2/features/proxy-injection/
 */
export function namespaceMarksOf(mesh: MeshSpec): Marks {
  switch (mesh.kind) {
    case 'istio-sidecar': return { ...nothing, labels: mesh.revision === undefined ? { 'istio-injection': 'enabled' } : { 'istio.io/rev': mesh.revision } };
    case 'istio-ambient': return { ...nothing, labels: { 'istio.io/dataplane-mode': 'ambient' } };
    case 'linkerd': return { ...nothing, annotations: { 'linkerd.io/inject': 'enabled' } };
  }
}

/**
 * What the mesh wants to find on the pods of a service that the namespace does not say.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/
 * @see https://linkerd.io/2/features/native-sidecars/
 */
export function podMarksOf(service: Meshed & { readonly ports: Ports }, lasting: boolean): Marks {
  const mesh = meshOf(service.facts.mesh);
  if (!mesh) return nothing;
  if (!meshOfPods(service, lasting)) return meshFacts[mesh.kind].outside;
  const native = endsSidecars(service.facts.kubernetes);
  switch (mesh.kind) {
    case 'istio-sidecar': return {
      ...nothing, annotations: native ? { 'sidecar.istio.io/nativeSidecar': 'true' } : { 'proxy.istio.io/config': JSON.stringify({ holdApplicationUntilProxyStarts: true }) },
    };
    case 'istio-ambient': return nothing;
    case 'linkerd': return {
      ...nothing, annotations: { ...(native ? { 'config.linkerd.io/proxy-enable-native-sidecar': 'true' } : {}), ...opaquePortsOf(lasting ? Object.values(service.ports) : []) },
    };
  }
}

/**
 * What a mesh wants to find on a Service, whoever is behind it: its clients go by that.
 *
 * @param ports those of the pods, and those of the Service where they have other numbers.
 * @see https://linkerd.io/2/features/protocol-detection/
 */
export function serviceAnnotationsOf(mesh: MeshSpec | undefined, ports: readonly Port[]): Readonly<Record<string, string>> {
  return mesh?.kind === 'linkerd' ? opaquePortsOf(ports) : {};
}

/**
 * What a port has to say it speaks where Istio would guess from its name, or from the first bytes, which a server may send.
 *
 * @see https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
 */
export function appProtocolOf(mesh: MeshSpec | undefined, protocol: Protocol): string | undefined {
  return protocol === 'tcp' && mesh?.kind.startsWith('istio-') ? 'tcp' : undefined;
}

/** Ports in which Linkerd looks for no HTTP: it would wait for bytes that the client never sends first. */
function opaquePortsOf(ports: readonly Port[]): Record<string, string> {
  const opaque = new Set(ports.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port));
  return opaque.size ? { 'config.linkerd.io/opaque-ports': [...opaque].sort((a, b) => a - b).join(',') } : {};
}

/**
 * Where the proxies in the pods ask for their configuration and their certificates; the ambient mode has none in them.
 *
 * @see https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
 * @see https://linkerd.io/2/reference/architecture/
 */
export function controlPlaneOf(mesh: MeshSpec): readonly Edge[] {
  const at = (namespace: string, label: string, value: string, ...ports: number[]): Edge => (
    { peer: { kind: 'pods', namespace, labels: { [label]: value } }, ports: ports.map(port => ({ port, protocol: 'TCP' })) });
  const component = 'linkerd.io/control-plane-component';
  switch (mesh.kind) {
    case 'istio-sidecar': return [at(mesh.namespace, 'app', 'istiod', 15012)];
    case 'istio-ambient': return [];
    // The policies are told by a container of the same pods as the destinations.
    case 'linkerd': return [at(mesh.namespace, component, 'destination', 8086, 8090), at(mesh.namespace, component, 'identity', 8080)];
  }
}

interface Claiming extends Meshed {
  readonly name: string;
  readonly ports: Ports;
  readonly security: { readonly user: number };
}

/** What of a service gets in the way of the mesh that its pods are in. */
export function meshProblems(service: Claiming, environment: string, lasting: boolean): Problem[] {
  const { name, ports, security } = service;
  const mesh = meshOfPods(service, lasting);
  if (!mesh) return [];
  const { user, taken } = meshFacts[mesh.kind];
  return [
    ...(security.user === user ? [{ path: `${name}.security.user`, message: `is ${user}, the user of the proxy in ${environment}, whose traffic passes by the mesh; choose another user` }] : []),
    ...Object.entries(ports).filter(([, { port }]) => taken.includes(port)).map(([port, { port: number }]) => (
      { path: `${name}.ports.${port}.port`, message: `is ${number}, which the mesh of ${environment} listens on itself, expected a port other than ${taken.join(', ')}; choose another, or stay outside with mesh: false` })),
  ];
}
