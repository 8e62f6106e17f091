import { isMartyError } from '../../errors';
import { descriptionProblems, parseDescription, type Description } from '../../spec/description';
import { settleService } from '../../spec/settle';
import { labelOf, sayFact, type Draft, type ServiceDraft, type Take } from './draft';
import { takeContainers } from './containers';
import { domainOf } from './facts';
import { takeCloudIdentity, takePermissions } from './permissions';
import { takeExposure } from './exposure';
import { takeScale } from './scale';
import { takeSecurity } from './security';
import { takeHealth, takeProgram, takeRollout, takeScheduling, takeVariables, takeWorkload } from './operation';
import { takeClaims, takeFiles, takeLabels, takeMigration, takeVolumes } from './own';
import { takeCluster, takeImage, takePorts, takeResources, takeTeam, takeTier } from './pods';
import { takeCalls, takeConfig, takeSecrets, takeStores, takeTopics } from './runtime';
import { takeCallers, takeDisruption, takeDns, takeIdentity, takeMetrics, takeMonitoring } from './surroundings';
import { isFields, textAt, type Fields } from './value';
import type { Group, Workload } from './group';

/** What the names are to be, where the manifests leave it open. */
export interface Names {
  /** The environment. */
  readonly environment: string;
  /** The only service. */
  readonly name?: string;
  /** The platform. */
  readonly platform?: string;
  /** Whether jobs are described too, although the described ones are new ones. @default false */
  readonly jobs?: boolean;
}

/** In this order: what others refer to stands before them. */
const own: readonly Take[] = [
  takeWorkload, takeTeam, takeImage, takeTier, takePorts, takeProgram, takeVariables, takeResources, takeScale, takeHealth, takeRollout,
  takeScheduling, takeCluster, takeIdentity, takeSecurity, takePermissions, takeCloudIdentity, takeDisruption,
  takeLabels, takeFiles, takeVolumes, takeClaims, takeContainers, takeMigration,
];
const related: readonly Take[] = [
  takeDns, takeMonitoring, takeMetrics, takeExposure, takeSecrets, takeStores, takeTopics, takeConfig, takeCalls, takeCallers,
];

/**
 * The description that says as much of the workloads as it has fields for.
 *
 * @param told facts of the environment that are known.
 */
export function describe(group: Group, names: Names, told: Fields): Draft {
  const [first] = group.workloads;
  const part = textAt(first?.source.object, 'metadata', 'labels', 'app.kubernetes.io/part-of');
  const platform = names.platform ?? labelOf(first?.runtime?.platform ?? part ?? group.namespace, 'imported', 40);
  const namespace = group.namespace ?? platform;
  const draft: Draft = {
    environment: names.environment, platform, namespace, facts: { ...told }, topics: new Map(), externals: new Map(), services: new Map(),
    releases: {}, jobs: names.jobs === true, liveJobs: new Map(), assumed: [],
  };
  if (namespace !== platform) sayFact(draft, 'namespace', namespace);
  for (const workload of group.workloads) draft.services.set(workload, { name: nameOf(workload, draft, names) });
  for (const takes of [own, related]) {
    for (const [workload, service] of draft.services) takes.forEach(take => take(workload, service, draft));
  }
  sayFact(draft, 'domain', domainOf(group.around) ?? placeholder.domain);
  sayFact(draft, 'monitoring', 'none');
  return draft;
}

/** What stands where manifests tell nothing. */
const placeholder = { domain: 'example.com', team: 'unknown' } as const;

/** What the description says that no manifest told. */
export function assumptionsOf({ facts, services, assumed }: Draft): string[] {
  const unknown = [...services.values()].filter(({ team }) => team === placeholder.team).map(({ name }) => name);
  return [
    ...facts.domain === placeholder.domain ? [`domain is ${placeholder.domain}: no manifest names a host`] : [],
    ...facts.monitoring === 'none' ? ['monitoring is "none": no ServiceMonitor or PodMonitor finds a service'] : [],
    ...new Set(assumed),
    ...unknown.length ? [`team is "${placeholder.team}": ${unknown.join(', ')} ${unknown.length > 1 ? 'have' : 'has'} no label team`] : [],
  ];
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
  secretStore: ['secrets', 'stores', 'produces', 'consumes'], gateway: ['exposure'], kafka: ['produces', 'consumes'], topics: ['produces', 'consumes'], stores: ['stores'], networkPolicies: ['calls', 'stores', 'produces', 'consumes'],
};

/** Facts that may keep a service out that runs all the same. */
const limiting: readonly string[] = ['quota', 'containerDefaults'];

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
      return facts.flatMap(({ path, message }) => {
        const [fact] = path.split('.');
        if (limiting.includes(fact)) return [{ path: `platform.environments.${draft.environment}.${fact}`, message }];
        return (needing[fact] ?? []).map(field => ({ path: `services[${index}].${field}`, message }));
      });
    }
  });
}

/** Fields whose entries stand for themselves. */
const perEntry: readonly string[] = ['variables', 'sidecars', 'initContainers'];

/** Takes the field that a path leads to out of the draft. */
function leaveOut(draft: Draft, path: string): boolean {
  const [, index, field, entry] = /^services\[(\d+)\]\.([A-Za-z]+)(?:\.([A-Za-z_][\w-]*))?/.exec(path) ?? [];
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
