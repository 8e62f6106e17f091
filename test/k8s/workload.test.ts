import { Deployment } from '../../src/k8s';
import { definePlatform, http, kubernetesVersions, secret, settleService, type KubernetesVersion, type MicroserviceSpec } from '../../src/spec';
import { oneOf, renderChart } from '../support/manifests';
import { allFacts, minimal } from '../support/shop';

const rendered = (input: object = {}, facts: object = {}, version = '1.4.2') => {
  const platform = definePlatform({ name: 'shop', environments: { production: { ...allFacts, ...facts } } });
  const service = settleService(platform.microservice({ ...minimal, ...input }) as unknown as MicroserviceSpec, 'production');
  return oneOf(renderChart(chart => new Deployment(chart, 'Deployment', { service, version })), 'Deployment');
};
const podOf = (...given: Parameters<typeof rendered>) => {
  const { template } = rendered(...given).spec;
  return { annotations: template.metadata?.annotations ?? {}, labels: template.metadata?.labels ?? {}, spec: template.spec ?? { containers: [] } };
};

describe('the pods of a service', () => {
  test('run restricted, whatever is described', () => {
    const { spec } = podOf();
    expect(spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false, securityContext: { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } } });
    expect(spec.containers[0].securityContext).toEqual({ allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
  });

  test('are bound to resources that are all said', () => {
    expect(podOf({ resources: { cpuMillis: 500, memoryMiB: 512 } }).spec.containers[0].resources).toEqual({
      requests: { 'cpu': '500m', 'memory': '512Mi', 'ephemeral-storage': '256Mi' }, limits: { 'cpu': '2000m', 'memory': '512Mi', 'ephemeral-storage': '256Mi' },
    });
  });

  test('are checked at the management port, from the start', () => {
    const { spec } = podOf({ health: { startSeconds: 61, periodSeconds: 7, timeoutSeconds: 3 } });
    const [{ startupProbe, readinessProbe, livenessProbe }] = spec.containers;
    const probe = (path: string, periodSeconds: number, failureThreshold: number) => (
      { httpGet: { path, port: 'management' }, periodSeconds, timeoutSeconds: 3, failureThreshold });
    expect([startupProbe, readinessProbe, livenessProbe]).toEqual([probe('/health/live', 2, 31), probe('/health/ready', 7, 3), probe('/health/live', 7, 3)]);
  });

  test('have the time to stop that is described', () => {
    expect(podOf({ health: { graceSeconds: 100 } }).spec.terminationGracePeriodSeconds).toBe(100);
  });

  test('name the ports that are described, and the management port', () => {
    expect(podOf({ ports: { web: http(8080) } }).spec.containers[0].ports).toEqual([{ name: 'web', containerPort: 8080 }, { name: 'management', containerPort: 9090 }]);
  });

  test('find their configuration, and secrets where there are any', () => {
    const mounts = (input: object) => podOf(input).spec.containers[0].volumeMounts?.map(({ mountPath }) => mountPath);
    expect(mounts({})).toEqual(['/etc/marty/config', '/tmp']);
    expect(mounts({ secrets: { key: secret('a') } })).toEqual(['/etc/marty/config', '/etc/marty/secrets', '/tmp']);
  });

  test('are spread over nodes, and zones where there are several', () => {
    const keys = (zones: number) => podOf({}, { zones }).spec.topologySpreadConstraints?.map(({ topologyKey }) => topologyKey);
    expect([keys(1), keys(2)]).toEqual([['kubernetes.io/hostname'], ['kubernetes.io/hostname', 'topology.kubernetes.io/zone']]);
  });

  test('yield by their tier', () => {
    expect([podOf({ tier: 1 }), podOf({ tier: 3 })].map(({ spec }) => spec.priorityClassName)).toEqual(['shop-tier-1', 'shop-tier-3']);
  });

  test('run the version of the release', () => {
    expect([podOf().spec.containers[0].image, podOf().labels['app.kubernetes.io/version']]).toEqual(['ghcr.io/shop/api:1.4.2', '1.4.2']);
  });
});

describe('what depends on the version of Kubernetes', () => {
  const profile = (kubernetes: KubernetesVersion) => {
    const { annotations, spec } = podOf({}, { kubernetes });
    return { annotation: annotations['container.apparmor.security.beta.kubernetes.io/api'], field: spec.securityContext?.appArmorProfile };
  };

  test.each(kubernetesVersions.slice(0, 2))('AppArmor is an annotation in %s', version => {
    expect(profile(version)).toEqual({ annotation: 'runtime/default', field: undefined });
  });

  test.each(kubernetesVersions.slice(2))('AppArmor is a field in %s', version => {
    expect(profile(version)).toEqual({ annotation: undefined, field: { type: 'RuntimeDefault' } });
  });
});

test('pods have a user namespace of their own only where nodes can give one', () => {
  expect([podOf({}, { userNamespaces: true }), podOf({}, { userNamespaces: false })].map(({ spec }) => spec.hostUsers)).toEqual([false, undefined]);
});

describe('the number of replicas', () => {
  test('is written when it is fixed', () => {
    expect(rendered({ scale: { replicas: 3 } }).spec.replicas).toBe(3);
  });

  test('is left to the autoscaler when it is a range', () => {
    expect('replicas' in rendered({ scale: { min: 2, max: 3 } }).spec).toBe(false);
  });
});

test('pods are replaced without a gap', () => {
  expect(rendered().spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } });
});
