import type { Check } from '../../runner/check';
import { servers } from '../../kubernetes/checks/api-server';
import { branch, path } from '../repository';
import { judgeTold, type Named } from '../told';
import type { KubernetesObject } from '../../kubernetes/manifest';
import type { ArgoCdDelivery } from '../../../../src/synth';

const common: ArgoCdDelivery = { tool: 'argo-cd', repository: 'https://git.example/shop/deploy.git', path, branch };
const forms: readonly ArgoCdDelivery[] = [common, { ...common, applications: 'set' }, { ...common, hydrate: true }];

interface Source { readonly path: string; readonly targetRevision: string }
interface ApplicationSpec { readonly project: string; readonly source?: Source; readonly sourceHydrator?: { readonly drySource: Source } }
interface SetSpec {
  readonly generators: readonly { readonly list: { readonly elements: readonly { readonly path: string }[] } }[];
  readonly template: { readonly spec: ApplicationSpec };
}

/** What Argo CD is told is accepted by its definitions, and names only what is there. */
export const argoCdChecks: readonly Check[] = servers.map(({ judge }) => ({
  name: judge.replace('kube-apiserver', 'argo-cd'),
  judges: ['etcd', judge],
  run: context => judgeTold(context, judge, forms, namedBy),
}));

function namedBy({ kind, spec }: KubernetesObject): Named[] {
  if (kind === 'Application') return namedByApplication(spec as ApplicationSpec);
  if (kind !== 'ApplicationSet') return [];
  const { generators, template } = spec as SetSpec;
  const paths = generators.flatMap(({ list }) => list.elements.map(element => element.path));
  return paths.flatMap(at => namedByApplication(JSON.parse(JSON.stringify(template.spec).replaceAll('{{.path}}', at)) as ApplicationSpec));
}

function namedByApplication({ project, source, sourceHydrator }: ApplicationSpec): Named[] {
  const sources = [source, sourceHydrator?.drySource].filter(found => found !== undefined);
  return [{ kind: 'AppProject', name: project }, ...sources.map(({ path: at, targetRevision }) => ({ path: at, revision: targetRevision }))];
}
