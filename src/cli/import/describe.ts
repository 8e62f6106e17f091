import { isMartyError } from '../../errors';
import { descriptionProblems, parseDescription, type Description } from '../../spec/description';
import { kubernetesVersions } from '../../spec/kubernetes-version';
import { settleService } from '../../spec/settle';
import { labelOf, sayFact, type Draft, type ServiceDraft, type Take } from './draft';
import { takeHealth, takeProgram, takeRollout, takeScheduling, takeVariables, takeWorkload } from './operation';
import { takeFiles, takeLabels, takeMigration, takeVolumes } from './own';
import { takeCluster, takeImage, takePorts, takeResources, takeScale, takeTeam, takeTier } from './pods';
import { takeCalls, takeConfig, takeSecrets, takeStores, takeTopics } from './runtime';
import { takeCallers, takeDisruption, takeDns, takeExposure, takeIdentity, takeMonitoring } from './surroundings';
import { isFields, textAt } from './value';
import type { Group, Workload } from './group';

/** What the names are to be, where the manifests leave it open. */
export interface Names {
  /** The environment. */
  readonly environment: string;
  /** The only service. */
  readonly name?: string;
  /** The platform. */
  readonly platform?: string;
}

/** In this order: what others refer to stands before them. */
const own: readonly Take[] = [
  takeWorkload, takeTeam, takeImage, takeTier, takePorts, takeProgram, takeVariables, takeResources, takeScale, takeHealth, takeRollout,
  takeScheduling, takeCluster, takeIdentity, takeDisruption, takeLabels, takeFiles, takeVolumes, takeMigration,
];
const related: readonly Take[] = [
  takeDns, takeMonitoring, takeExposure, takeSecrets, takeStores, takeTopics, takeConfig, takeCalls, takeCallers,
];

/** The description that says as much of the workloads as it has fields for. */
export function describe(group: Group, names: Names): Draft {
  const [first] = group.workloads;
  const part = textAt(first?.source.object, 'metadata', 'labels', 'app.kubernetes.io/part-of');
  const platform = names.platform ?? labelOf(first?.runtime?.platform ?? part ?? group.namespace, 'imported', 40);
  const namespace = group.namespace ?? platform;
  const draft: Draft = {
    environment: names.environment, platform, namespace, facts: {}, topics: new Map(), externals: new Map(), services: new Map(), releases: {},
  };
  if (namespace !== platform) sayFact(draft, 'namespace', namespace);
  for (const workload of group.workloads) draft.services.set(workload, { name: nameOf(workload, draft, names) });
  for (const takes of [own, related]) {
    for (const [workload, service] of draft.services) takes.forEach(take => take(workload, service, draft));
  }
  sayFact(draft, 'kubernetes', kubernetesVersions[kubernetesVersions.length - 1]);
  sayFact(draft, 'domain', 'example.com');
  sayFact(draft, 'monitoring', 'none');
  return draft;
}

function nameOf({ source, runtime }: Workload, draft: Draft, { name }: Names): string {
  const live = name ?? labelOf(runtime?.service ?? textAt(source.object, 'metadata', 'name'), 'service');
  const taken = new Set([...draft.services.values()].map(service => service.name));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? live : `${live.slice(0, 46)}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** The draft as one JSON document. */
export function documentOf(draft: Draft): Description {
  return {
    format: 'marty-msf/description/v1',
    platform: { name: draft.platform, environments: { [draft.environment]: draft.facts } },
    topics: [...draft.topics.values()],
    externals: [...draft.externals.values()],
    services: [...draft.services.values()],
  } as unknown as Description;
}

/** Fields that need a fact of the environment. */
const needing: Readonly<Record<string, readonly string[]>> = {
  secretStore: ['secrets', 'stores', 'produces', 'consumes'], gateway: ['exposure'], kafka: ['produces', 'consumes'], stores: ['stores'], networkPolicies: ['calls', 'stores', 'produces', 'consumes'],
};

/**
 * Leaves out of a draft what no description may say, until it is one; the patch says it then.
 *
 * @returns what stays wrong, which is nothing for any manifest that could be read.
 */
export function mend(draft: Draft): string[] {
  for (let round = 0; round < 50; round++) {
    const problems = problemsOf(draft);
    if (!problems.length) return [];
    if (!problems.map(({ path }) => leaveOut(draft, path)).some(Boolean)) return problems.map(({ path, message }) => `${path}: ${message}`);
  }
  return ['the description cannot be mended'];
}

function problemsOf(draft: Draft): { path: string; message: string }[] {
  const problems = descriptionProblems(documentOf(draft));
  if (problems.length) return problems;
  return parseDescription(documentOf(draft)).flatMap((service, index) => {
    try {
      settleService(service, draft.environment);
      return [];
    } catch (error) {
      if (!isMartyError(error)) throw error;
      const facts = error.problems.map(({ path, message }) => ({ path: path.replace(`environments.${draft.environment}.`, ''), message }));
      return facts.flatMap(({ path, message }) => (needing[path.split('.')[0]] ?? []).map(field => ({ path: `services[${index}].${field}`, message })));
    }
  });
}

/** Fields whose entries stand for themselves. */
const perEntry: readonly string[] = ['variables'];

/** Takes the field that a path leads to out of the draft. */
function leaveOut(draft: Draft, path: string): boolean {
  const [, index, field, entry] = /^services\[(\d+)\]\.([A-Za-z]+)(?:\.([A-Za-z_]\w*))?/.exec(path) ?? [];
  const service: ServiceDraft | undefined = [...draft.services.values()][Number(index)];
  const entries = service?.[field];
  if (perEntry.includes(field) && isFields(entries) && entry in entries) {
    service[field] = Object.fromEntries(Object.entries(entries).filter(([key]) => key !== entry));
    return true;
  }
  if (service && field in service && !['name', 'team', 'image'].includes(field)) return delete service[field];
  const [, fact] = /^platform\.environments\.[^.]+\.([A-Za-z]+)/.exec(path) ?? [];
  if (fact !== undefined && fact in draft.facts && !['kubernetes', 'domain'].includes(fact)) return delete draft.facts[fact];
  for (const [list, all] of [['topics', draft.topics], ['externals', draft.externals]] as const) {
    const [, at] = new RegExp(`^${list}\\[(\\d+)\\]`).exec(path) ?? [];
    const name = [...all.keys()][Number(at)];
    if (at === undefined || name === undefined) continue;
    all.delete(name);
    for (const each of draft.services.values()) forget(each, list === 'topics' ? ['produces', 'consumes'] : ['calls'], name);
    return true;
  }
  return false;
}

/** Takes out of a service what refers to something that is gone. */
function forget(service: ServiceDraft, fields: readonly string[], name: string): void {
  for (const field of fields) {
    const said = service[field];
    const refers = (value: unknown) => value === name || (isFields(value) && value.service === name);
    if (isFields(said)) service[field] = Object.fromEntries(Object.entries(said).filter(([, value]) => !refers(value)));
  }
}
