import { fluxFolder } from '../delivery-folders';
import { stepsOf } from './flux-steps';
import { deliveryLabelsOf, nameOf, pathIn, rootNameOf, unitNameOf, type Stage, type Unit } from './unit';
import type { Placed } from './placed';
import type { Flux } from './options';
import { MartyError } from '../../errors';
import { platformFolder } from '../../spec/names';

/**
 * What Flux is told of one environment: the repository, a Kustomization that applies everything beside it, and one per folder of the
 * output, which waits for what it depends on and until it is there itself.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export function fluxOf(stage: Stage, options: Flux): Placed[] {
  const { environment, shared, services } = stage;
  const folder = (name: string) => `${fluxFolder}/${environment}/${name}`;
  const common = shared ? [repositoryOf(stage, options), rootOf(stage, options), ...kustomizationsOf(shared, stage, options)] : [];
  return [
    ...common.map(manifest => ({ folder: folder(platformFolder), manifest })),
    ...services.flatMap(unit => kustomizationsOf(unit, stage, options).map(manifest => ({ folder: folder(unit.service ?? ''), manifest }))),
  ];
}

function repositoryOf(stage: Stage, { namespace, repository, branch, credentials }: Flux): object {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: rootNameOf(stage), namespace, labels: deliveryLabelsOf(stage) },
    spec: { interval: '1m0s', timeout: '60s', url: repository, ref: { branch }, ...(credentials === undefined ? {} : { secretRef: { name: credentials } }) },
  };
}

/** What applies everything that stands beside it, itself included; it cannot wait for that, since it would wait for itself. */
function rootOf(stage: Stage, options: Flux): object {
  const { environment } = stage;
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: rootNameOf(stage), namespace: options.namespace, labels: deliveryLabelsOf(stage) },
    spec: {
      ...sourceOf(stage, options, `${fluxFolder}/${environment}`),
      prune: true, wait: false, timeout: '5m0s', deletionPolicy: deletionPolicyOf(stage, options),
    },
  };
}

const sourceOf = (stage: Stage, { path }: Flux, folder: string) => (
  { interval: '10m0s', retryInterval: '1m0s', sourceRef: { kind: 'GitRepository', name: rootNameOf(stage) }, path: `./${pathIn(path, folder)}` });

const isDisposable = ({ environment, preview }: Stage, { disposable }: Flux) => preview || disposable.includes(environment);
const deletionPolicyOf = (stage: Stage, options: Flux) => (isDisposable(stage, options) ? 'WaitForTermination' : 'Orphan');

/** One Kustomization for a folder, or one for each of its steps: the last has the name of the service, so that others wait for all of them. */
function kustomizationsOf(unit: Unit, stage: Stage, options: Flux): object[] {
  const { namespace, decryption } = options;
  const steps = stepsOf(unit.objects);
  const name = unitNameOf(unit);
  const stepName = (index: number) => (index === steps.length - 1 ? name : nameOf(unit.platform, unit.environment, unit.service ?? platformFolder, `step-${index}`));
  const before = unit.service === undefined ? [] : [
    unitNameOf({ ...unit, service: undefined }),
    ...unit.after.map(service => unitNameOf({ ...unit, service })),
  ];
  const encrypted = unit.objects.find(({ manifest, text }) => manifest.kind === 'Secret' && /^sops:$/m.test(text));
  if (encrypted && decryption === undefined) {
    throw new MartyError('PROPS_INVALID', `deliver.decryption: is missing, but ${encrypted.folder}/${encrypted.file} is encrypted with SOPS; name the Secret that holds the key`);
  }
  return steps.map(({ patches }, index) => ({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: stepName(index), namespace, labels: deliveryLabelsOf(stage) },
    spec: {
      ...(index > 0 ? { dependsOn: [{ name: stepName(index - 1) }] } : before.length ? { dependsOn: before.map(other => ({ name: other })) } : {}),
      ...sourceOf(stage, options, unit.folder),
      // What services share holds the namespace, with all that is in it: it goes by hand, or with an environment that may go.
      prune: unit.service !== undefined || isDisposable(stage, options),
      wait: true,
      timeout: `${unit.waitSeconds}s`,
      deletionPolicy: deletionPolicyOf(stage, options),
      ...(encrypted ? { decryption: { provider: 'sops', secretRef: { name: decryption } } } : {}),
      ...(patches.length ? { patches } : {}),
    },
  }));
}
