import { KUBERNETES_VERSIONS, type KubernetesVersion } from '../../src/manifests/kubernetes-version';
import { problemsOfManifest } from '../../src/manifests/schema';
import { manifestsOf, mutated, type Fields } from './_mutation';

const objects = [...manifestsOf('good.yaml'), ...manifestsOf('platform.yaml')];

/** A valid object that uses nothing younger than the oldest version, with one place set. */
function withValue(kind: string, steps: readonly (string | number)[], value: unknown): Fields {
  const object = structuredClone(objects.find(candidate => candidate.kind === kind) ?? {});
  if (kind === 'Deployment') delete podOf(object).appArmorProfile;
  return mutated(object, steps, (parent, step) => {
    parent[step] = value;
  });
}

function podOf(deployment: Fields): Fields {
  return ((deployment.spec as Fields & { template: { spec: Fields } }).template.spec).securityContext as Fields;
}

const pod = ['spec', 'template', 'spec'] as const;
const container = [...pod, 'containers', 0] as const;

const since: readonly [string, string, readonly (string | number)[], unknown, KubernetesVersion, string][] = [
  ['an AppArmor profile', 'Deployment', [...pod, 'securityContext', 'appArmorProfile'], { type: 'RuntimeDefault' }, '1.30', 'spec.template.spec.securityContext.appArmorProfile exists'],
  ['resources of a pod', 'Deployment', [...pod, 'resources'], { limits: { cpu: 1 } }, '1.32', 'spec.template.spec.resources exists'],
  ['a sleep before the stop', 'Deployment', [...container, 'lifecycle'], { preStop: { sleep: { seconds: 5 } } }, '1.29', 'spec.template.spec.containers[0].lifecycle.preStop.sleep exists'],
  ['a stop signal', 'Deployment', [...container, 'lifecycle'], { stopSignal: 'SIGUSR1' }, '1.33', 'spec.template.spec.containers[0].lifecycle.stopSignal exists'],
  ['an image as a volume', 'Deployment', [...pod, 'volumes', 0], { name: 'tmp', image: { reference: 'a' } }, '1.31', 'spec.template.spec.volumes[0].image exists'],
  ['traffic that stays close', 'Service', ['spec', 'trafficDistribution'], 'PreferClose', '1.30', 'spec.trafficDistribution exists'],
  ['a success policy', 'Job', ['spec', 'successPolicy'], { rules: [{ succeededCount: 1 }] }, '1.30', 'spec.successPolicy exists'],
  ['a value of an enum', 'Deployment', [...pod, 'tolerations'], [{ key: 'a', operator: 'Gt', value: '1' }], '1.35', 'spec.template.spec.tolerations[0].operator "Gt" exists'],
  ['a restart policy of a container', 'Deployment', [...container, 'restartPolicy'], 'Never', '1.34', 'spec.template.spec.containers[0].restartPolicy "Never" exists'],
];

describe('what came with a later version', () => {
  test.each(since)('%s is refused before and accepted since', (_, kind, steps, value, first, message) => {
    const object = withValue(kind, steps, value);
    for (const version of KUBERNETES_VERSIONS) {
      const expected = version < first ? [`${message} since Kubernetes ${first}, the environment names ${version}`] : [];
      expect([version, problemsOfManifest(object, version).map(problem => problem.message)]).toEqual([version, expected]);
    }
  });

  test.each([
    ['user namespaces', 'Deployment', [...pod, 'hostUsers'], false],
    ['sidecar containers', 'Deployment', [...pod, 'initContainers'], [{ name: 'proxy', image: 'a', restartPolicy: 'Always' }]],
    ['eviction of unhealthy pods', 'PodDisruptionBudget', ['spec', 'unhealthyPodEvictionPolicy'], 'AlwaysAllow'],
  ])('%s are accepted by all versions', (_, kind, steps, value) => {
    const object = withValue(kind, steps, value);
    expect(KUBERNETES_VERSIONS.flatMap(version => problemsOfManifest(object, version))).toEqual([]);
  });

  test('a kind is named with its first version', () => {
    const policy = objects.find(({ kind }) => kind === 'ValidatingAdmissionPolicy');
    expect(problemsOfManifest(policy, '1.29')).toEqual([expect.objectContaining({
      reason: 'version',
      message: 'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy exists since Kubernetes 1.30, the environment names 1.29',
    })]);
    expect(problemsOfManifest(policy, '1.30')).toEqual([]);
  });
});

describe('what an earlier version had', () => {
  test('a field that is gone is named with its last version', () => {
    const object = withValue('Deployment', [...pod, 'resourceClaims'], [{ name: 'gpu', source: { resourceClaimName: 'gpu' } }]);
    expect(problemsOfManifest(object, '1.30')).toEqual([]);
    expect(problemsOfManifest(object, '1.31').map(({ message }) => message)).toEqual([
      'spec.template.spec.resourceClaims[0].source exists until Kubernetes 1.30, the environment names 1.31',
    ]);
  });

  test('a field that was needed is needed in those versions', () => {
    const object = withValue('StatefulSet', ['spec', 'serviceName'], undefined);
    expect(problemsOfManifest(object, '1.32').map(({ message }) => message)).toEqual(['spec.serviceName is missing, expected a string']);
    expect(problemsOfManifest(object, '1.33')).toEqual([]);
  });
});
