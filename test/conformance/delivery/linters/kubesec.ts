import { checkManifests } from '../../../../src/check/check';
import type { Finding } from '../../../../src/check/finding';
import type { FoundJudge } from '../../judges/judge';
import { jsonOutput } from '../../kubernetes/checks/json-output';
import { writeSchemas } from '../../kubernetes/json-schemas';
import type { KubernetesObject } from '../../kubernetes/manifest';
import { removeScratch, scratchFolder } from '../../runner/processes';
import { nameOf, nameOfFound, type Answers, type Entry } from './agreement';
import { textOf, version, type Corpus } from './corpus';

/** A rule of ours, or those of its findings that say the same. */
type Counterpart = readonly [rule: string, says?: (finding: Finding) => boolean];

/**
 * What each rule of kubesec is in our words. Not compared are those that ask for annotations which fields have replaced (`ApparmorAny`, `SeccompAny`,
 * `SeccompUnconfined`), that say the same as another one (`CapDropAny`), and that we have no opinion on: `HostAliases`, and
 * `AutomountServiceAccountToken`, which is asked of service accounts alone.
 */
const counterparts: Readonly<Record<string, Counterpart>> = {
  Privileged: ['container-privileged'],
  HostNetwork: ['pod-host-network'],
  HostPID: ['pod-host-pid'],
  HostIPC: ['pod-host-ipc'],
  DockerSock: ['pod-docker-socket'],
  CapSysAdmin: ['container-added-capabilities', ({ message }) => message.includes(' is "SYS_ADMIN"')],
  AllowPrivilegeEscalation: ['container-privilege-escalation', ({ message }) => message.includes(' is true')],
  ServiceAccountName: ['pod-default-service-account'],
  RunAsNonRoot: ['container-root-user', finding => finding.upstream.includes('pod-security:runAsNonRoot') && isAbout(finding, 'runAsNonRoot')],
  RunAsUser: ['container-low-user-id', finding => isAbout(finding, 'runAsUser')],
  RunAsGroup: ['container-low-user-id', finding => isAbout(finding, 'runAsGroup')],
  ReadOnlyRootFilesystem: ['container-writable-root'],
  CapDropAll: ['container-kept-capabilities'],
  LimitsCPU: ['container-cpu-limit'],
  LimitsMemory: ['container-memory-limit'],
  RequestsCPU: ['container-cpu-request'],
  RequestsMemory: ['container-memory-request'],
};

/** The rules of ours that speak for each rule of kubesec. */
export const scannedRules: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(counterparts).map(([check, [rule]]) => [check, [rule]]));

/** The kinds that kubesec reads. */
const scanned = ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'];

interface Report {
  readonly object: string;
  readonly valid: boolean;
  readonly scoring?: { readonly advise?: readonly { readonly id: string }[]; readonly critical?: readonly { readonly id: string }[] };
}

/** What kubesec says of a corpus, and what we say in its place; it judges nothing that it takes for invalid. */
export async function scannedBy(judge: FoundJudge, { name, objects }: Corpus): Promise<Answers> {
  const known = (object: KubernetesObject) => scanned.includes(object.kind) && ['v1', 'apps/v1'].includes(object.apiVersion);
  const workloads = [...new Map(objects.filter(known).map(object => [keyOf(object), withoutNulls(object) as KubernetesObject])).values()];
  if (!workloads.length) return { corpus: name, ours: new Set(), theirs: new Set(), unread: [] };
  const folder = scratchFolder('kubesec');
  try {
    const { location } = writeSchemas(workloads, version, folder);
    const reports = await jsonOutput<readonly Report[]>(judge, ['scan', '--schema-location', location, '-'], textOf(workloads));
    const valid = new Map(reports.filter(report => report.valid).map(report => [report.object, report]));
    const judged = workloads.filter(object => valid.has(keyOf(object)));
    const theirs = judged.flatMap(object => {
      const { critical = [], advise = [] } = valid.get(keyOf(object))?.scoring ?? {};
      return [...critical, ...advise].filter(({ id }) => Object.hasOwn(counterparts, id)).map(({ id }): Entry => `${id} ${titleOf(object)}`);
    });
    const titles = new Set(judged.map(titleOf));
    const findings = checkManifests(objects, { kubernetesVersion: version }).filter(finding => titles.has(nameOfFound(finding)));
    const ours = findings.flatMap(finding => checksOf(finding).map((id): Entry => `${id} ${nameOfFound(finding)}`));
    return { corpus: name, ours: new Set(ours), theirs: new Set(theirs), unread: workloads.map(titleOf).filter(title => !titles.has(title)) };
  } finally {
    removeScratch(folder);
  }
}

function checksOf(finding: Finding): string[] {
  return Object.entries(counterparts).filter(([, [rule, says]]) => rule === finding.rule && (says === undefined || says(finding))).map(([id]) => id);
}

function isAbout({ path }: Finding, field: string): boolean {
  return path?.endsWith(field) === true;
}

/** A field that is null is one that is not set, for Kubernetes; for kubesec the object would be invalid. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null).map(([key, each]) => [key, withoutNulls(each)]));
}

const titleOf = ({ kind, metadata: { namespace, name } }: KubernetesObject) => nameOf(kind, namespace, name);

/** As kubesec calls an object. */
const keyOf = ({ kind, metadata: { name, namespace } }: KubernetesObject) => `${kind}/${name}.${namespace ?? 'default'}`;
