import { writeFileSync } from 'node:fs';
import { checkManifests } from '../../../../src/check/check';
import type { Finding } from '../../../../src/check/finding';
import type { FoundJudge } from '../../judges/judge';
import { jsonOutput } from '../../kubernetes/checks/json-output';
import { writeSchemas } from '../../kubernetes/json-schemas';
import type { KubernetesObject } from '../../kubernetes/manifest';
import { removeScratch, scratchFolder } from '../../runner/processes';
import type { Answers, Entry } from './agreement';
import { fileIn, textOf, type Corpus } from './corpus';

/** The version of Kubernetes that both sides are told. */
const version = '1.36';

const nameOf = (kind: string, namespace: string | undefined, name: string) => `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
const ofFinding = ({ object: { kind, namespace, name } }: Finding) => nameOf(kind, namespace, name);

interface ScoredObject {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string; readonly namespace?: string };
  readonly checks: readonly { readonly check: { readonly id: string }; readonly grade: number; readonly skipped: boolean }[] | null;
}

/** What kube-score says of a corpus, and what we say in its name. */
export async function scored(judge: FoundJudge, { name, objects }: Corpus): Promise<Answers> {
  const folder = scratchFolder('kube-score');
  try {
    writeFileSync(fileIn(folder), textOf(objects));
    const reported = await jsonOutput<readonly ScoredObject[] | null>(judge, ['score', '--kubernetes-version', `v${version}`, '--output-format', 'json', fileIn(folder)]) ?? [];
    const theirs = reported.flatMap(({ type_meta: { kind }, object_meta, checks }) => (checks ?? [])
      .filter(({ grade, skipped }) => !skipped && grade < 10)
      .map(({ check }): Entry => `${check.id} ${nameOf(kind, object_meta.namespace, object_meta.name)}`));
    const ours = checkManifests(objects, { kubernetesVersion: version }).flatMap(finding => finding.upstream.filter(id => id.startsWith('kube-score:'))
      .map((id): Entry => `${id.slice('kube-score:'.length)} ${ofFinding(finding)}`));
    return { corpus: name, ours: new Set(ours), theirs: new Set(theirs) };
  } finally {
    removeScratch(folder);
  }
}

/**
 * What each rule of kubesec is in our words. Not compared are those that ask for annotations which fields have replaced (`ApparmorAny`, `SeccompAny`,
 * `SeccompUnconfined`), that say the same as another one (`CapDropAny`), and that we have no opinion on: `HostAliases`, and
 * `AutomountServiceAccountToken`, which is asked of service accounts alone.
 */
const ruleOf: Readonly<Record<string, (finding: Finding) => boolean>> = {
  Privileged: ({ rule }) => rule === 'container-privileged',
  HostNetwork: ({ rule }) => rule === 'pod-host-network',
  HostPID: ({ rule }) => rule === 'pod-host-pid',
  HostIPC: ({ rule }) => rule === 'pod-host-ipc',
  DockerSock: ({ rule }) => rule === 'pod-docker-socket',
  CapSysAdmin: ({ rule, message }) => rule === 'container-added-capabilities' && message.includes(' is "SYS_ADMIN"'),
  AllowPrivilegeEscalation: ({ rule, message }) => rule === 'container-privilege-escalation' && message.includes(' is true'),
  ServiceAccountName: ({ rule }) => rule === 'pod-default-service-account',
  RunAsNonRoot: ({ rule, upstream }) => rule === 'container-root-user' && upstream.includes('pod-security:runAsNonRoot'),
  RunAsUser: ({ rule, path }) => rule === 'container-low-user-id' && path?.endsWith('runAsUser') === true,
  RunAsGroup: ({ rule, path }) => rule === 'container-low-user-id' && path?.endsWith('runAsGroup') === true,
  ReadOnlyRootFilesystem: ({ rule }) => rule === 'container-writable-root',
  CapDropAll: ({ rule }) => rule === 'container-kept-capabilities',
  LimitsCPU: ({ rule }) => rule === 'container-cpu-limit',
  LimitsMemory: ({ rule }) => rule === 'container-memory-limit',
  RequestsCPU: ({ rule }) => rule === 'container-cpu-request',
  RequestsMemory: ({ rule }) => rule === 'container-memory-request',
};

/** The kinds that kubesec reads. */
const scanned = ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'];

interface Report {
  readonly object: string;
  readonly valid: boolean;
  readonly scoring?: { readonly advise?: readonly { readonly id: string }[]; readonly critical?: readonly { readonly id: string }[] };
}

/** What kubesec says of a corpus, and what we say in its place. What it takes for invalid is not judged. */
export async function scannedBy(judge: FoundJudge, { name, objects }: Corpus): Promise<Answers> {
  const known = (object: KubernetesObject) => scanned.includes(object.kind) && ['v1', 'apps/v1'].includes(object.apiVersion);
  const workloads = [...new Map(objects.filter(known).map(object => [keyOf(object), object])).values()];
  if (!workloads.length) return { corpus: name, ours: new Set(), theirs: new Set() };
  const folder = scratchFolder('kubesec');
  try {
    const { location } = writeSchemas(workloads, version, folder);
    const reports = await jsonOutput<readonly Report[]>(judge, ['scan', '--schema-location', location, '-'], textOf(workloads));
    const valid = new Map(reports.filter(report => report.valid).map(report => [report.object, report]));
    const judged = workloads.filter(object => valid.has(keyOf(object)));
    const theirs = judged.flatMap(object => {
      const { critical = [], advise = [] } = valid.get(keyOf(object))?.scoring ?? {};
      return [...critical, ...advise].filter(({ id }) => Object.hasOwn(ruleOf, id)).map(({ id }): Entry => `${id} ${nameOf(object.kind, object.metadata.namespace, object.metadata.name)}`);
    });
    const titles = new Set(judged.map(({ kind, metadata }) => nameOf(kind, metadata.namespace, metadata.name)));
    const ours = checkManifests(objects, { kubernetesVersion: version }).filter(finding => titles.has(ofFinding(finding)))
      .flatMap(finding => Object.keys(ruleOf).filter(id => ruleOf[id](finding)).map((id): Entry => `${id} ${ofFinding(finding)}`));
    return { corpus: name, ours: new Set(ours), theirs: new Set(theirs) };
  } finally {
    removeScratch(folder);
  }
}

/** As kubesec calls an object. */
const keyOf = ({ kind, metadata: { name, namespace } }: KubernetesObject) => `${kind}/${name}.${namespace ?? 'default'}`;
