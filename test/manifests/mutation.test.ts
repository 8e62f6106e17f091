import { problemsOfManifest } from '../../src/manifests/schema';
import { manifestsOf, mutated, pathOf, placesOf, type Fields } from './_mutation';

const version = '1.37';
const objects = [...manifestsOf('good.yaml'), ...manifestsOf('platform.yaml')];
const cases: [string, Fields][] = objects.map(object => [`${object.kind} ${(object.metadata as Fields).name}`, object]);

/** Maps whose keys are free: there a misspelt key is another valid key. */
const freeKeys = /(^|\.)(labels|annotations|matchLabels|nodeSelector|selector|requests|limits|hard|default|defaultRequest|data|stringData|binaryData|parameters)$/;
/** A Service's selector is a map of labels; other fields of that name are selectors with fields of their own. */
const isFreeKey = (object: Fields, steps: readonly (string | number)[]): boolean => {
  const parent = pathOf(steps.slice(0, -1));
  return freeKeys.test(parent) && (!parent.endsWith('selector') || object.kind === 'Service')
    && !(parent === 'spec.data' || parent.startsWith('spec.data['));
};

const atOrBelow = (path: string, parent: string): boolean => parent === '' || path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);

/** Values of another type than what stands there. `fits` says which of them a looser type takes. */
function otherTypes(value: unknown): unknown[] {
  if (Array.isArray(value)) return ['text', { field: 'text' }, 7];
  if (typeof value === 'object') return ['text', ['text'], 7, true];
  if (typeof value === 'string') return [['text'], { field: 'text' }, true, ...(/^[\d.]+(%|m|[KMG]i)?$/.test(value) ? [] : [7.5])];
  if (typeof value === 'number') return [['text'], { field: 'text' }, true, 'no number!'];
  return [['text'], { field: 'text' }, 'true', 1];
}

describe('the manifests that are mutated', () => {
  test.each(cases)('%s is valid', (_, object) => {
    expect(problemsOfManifest(object, version)).toEqual([]);
  });
});

describe('a field that is misspelt', () => {
  test.each(cases)('of %s is an unknown field at its path', (_, object) => {
    const missed = placesOf(object)
      .filter(({ steps }) => typeof steps[steps.length - 1] === 'string' && !isFreeKey(object, steps))
      .filter(({ steps }) => steps.length > 1 || (steps[0] !== 'kind' && steps[0] !== 'apiVersion'))
      .filter(({ steps, value }) => {
        const wrong = `${String(steps[steps.length - 1])}x`;
        const changed = mutated(object, steps, (parent, step) => {
          delete parent[step];
          parent[wrong] = value;
        });
        const path = pathOf([...steps.slice(0, -1), wrong]);
        return !problemsOfManifest(changed, version).some(problem => problem.reason === 'unknown-field' && problem.path === path
          && problem.message.endsWith(`did you mean ${String(steps[steps.length - 1])}?`));
      });
    expect(missed.map(({ steps }) => pathOf(steps))).toEqual([]);
  });
});

describe('a value of another type', () => {
  test.each(cases)('in any field of %s is reported at its path', (_, object) => {
    const missed = placesOf(object).flatMap(({ steps, value }) => otherTypes(value).filter(other => {
      const changed = mutated(object, steps, (parent, step) => {
        parent[step] = other;
      });
      const problems = problemsOfManifest(changed, version);
      return !problems.some(({ path }) => path === pathOf(steps)) || !problems.every(({ path }) => atOrBelow(path, pathOf(steps.slice(0, -1))));
    }).map(other => `${pathOf(steps)}: ${JSON.stringify(other)}`));
    expect(missed).toEqual([]);
  });
});

describe('null', () => {
  test.each(cases)('in any field of %s is reported at its path', (_, object) => {
    const missed = placesOf(object).filter(({ steps }) => {
      const changed = mutated(object, steps, (parent, step) => {
        parent[step] = null;
      });
      return !problemsOfManifest(changed, version).some(({ path }) => path === pathOf(steps));
    });
    expect(missed.map(({ steps }) => pathOf(steps))).toEqual([]);
  });
});

/** Per kind what cannot be left out, besides `metadata.name`; `→` names the object that then lacks a choice. */
const needed: Readonly<Record<string, readonly string[]>> = {
  Deployment: [
    'spec',
    'spec.selector',
    'spec.template',
    'spec.template.spec',
    'spec.template.spec.securityContext.seccompProfile.type',
    'spec.template.spec.securityContext.appArmorProfile.type',
    'spec.template.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight',
    'spec.template.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm',
    'spec.template.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey',
    'spec.template.spec.topologySpreadConstraints[0].maxSkew',
    'spec.template.spec.topologySpreadConstraints[0].topologyKey',
    'spec.template.spec.topologySpreadConstraints[0].whenUnsatisfiable',
    'spec.template.spec.containers',
    'spec.template.spec.containers[0].name',
    'spec.template.spec.containers[0].image',
    'spec.template.spec.containers[0].ports[0].containerPort',
    'spec.template.spec.containers[0].startupProbe.httpGet → spec.template.spec.containers[0].startupProbe',
    'spec.template.spec.containers[0].startupProbe.httpGet.port',
    'spec.template.spec.containers[0].readinessProbe.httpGet → spec.template.spec.containers[0].readinessProbe',
    'spec.template.spec.containers[0].readinessProbe.httpGet.port',
    'spec.template.spec.containers[0].livenessProbe.httpGet → spec.template.spec.containers[0].livenessProbe',
    'spec.template.spec.containers[0].livenessProbe.httpGet.port',
    'spec.template.spec.containers[0].volumeMounts[0].name',
    'spec.template.spec.containers[0].volumeMounts[0].mountPath',
    'spec.template.spec.volumes[0].name',
    'spec.template.spec.volumes[0].emptyDir → spec.template.spec.volumes[0]',
  ],
  Service: [
    'spec',
    'spec.ports → spec',
    'spec.ports[0].port',
  ],
  HorizontalPodAutoscaler: [
    'spec',
    'spec.maxReplicas',
    'spec.scaleTargetRef',
    'spec.scaleTargetRef.kind',
    'spec.scaleTargetRef.name',
    'spec.metrics[0].type',
    'spec.metrics[0].resource → spec.metrics[0]',
    'spec.metrics[0].resource.name',
    'spec.metrics[0].resource.target',
    'spec.metrics[0].resource.target.type',
    'spec.metrics[0].resource.target.averageUtilization → spec.metrics[0].resource.target',
  ],
  NetworkPolicy: [
    'spec.ingress[0].from[0].podSelector → spec.ingress[0].from[0]',
  ],
  ResourceQuota: [
    'spec.scopeSelector.matchExpressions[0].scopeName',
    'spec.scopeSelector.matchExpressions[0].operator',
  ],
  LimitRange: [
    'spec.limits',
    'spec.limits[0].type',
  ],
  PersistentVolumeClaim: [
    'spec',
    'spec.accessModes',
    'spec.resources',
    'spec.resources.requests',
    'spec.resources.requests.storage → spec.resources.requests',
  ],
  Pod: [
    'spec',
    'spec.dnsConfig.options[0].name',
    'spec.initContainers[0].name',
    'spec.initContainers[0].image',
    'spec.initContainers[0].readinessProbe.grpc → spec.initContainers[0].readinessProbe',
    'spec.initContainers[0].readinessProbe.grpc.port',
    'spec.containers',
    'spec.containers[0].name',
    'spec.containers[0].image',
    'spec.containers[0].env[0].name',
    'spec.containers[0].env[0].valueFrom.secretKeyRef → spec.containers[0].env[0].valueFrom',
    'spec.containers[0].env[0].valueFrom.secretKeyRef.name',
    'spec.containers[0].env[0].valueFrom.secretKeyRef.key',
    'spec.containers[0].env[1].name',
    'spec.containers[0].env[1].valueFrom.fieldRef → spec.containers[0].env[1].valueFrom',
    'spec.containers[0].env[1].valueFrom.fieldRef.fieldPath',
    'spec.containers[0].envFrom[0].configMapRef → spec.containers[0].envFrom[0]',
    'spec.containers[0].envFrom[0].configMapRef.name',
    'spec.containers[0].lifecycle.preStop.sleep → spec.containers[0].lifecycle.preStop',
    'spec.containers[0].lifecycle.preStop.sleep.seconds',
    'spec.containers[0].volumeMounts[0].name',
    'spec.containers[0].volumeMounts[0].mountPath',
    'spec.volumes[0].name',
    'spec.volumes[0].projected → spec.volumes[0]',
    'spec.volumes[0].projected.sources[0].configMap.name',
    'spec.volumes[0].projected.sources[0].configMap.items[0].key',
    'spec.volumes[0].projected.sources[0].configMap.items[0].path',
    'spec.volumes[0].projected.sources[1].serviceAccountToken.path',
  ],
  StatefulSet: [
    'spec',
    'spec.selector',
    'spec.template',
    'spec.template.spec',
    'spec.template.spec.containers',
    'spec.template.spec.containers[0].name',
    'spec.template.spec.containers[0].image',
    'spec.template.spec.containers[0].volumeMounts[0].name',
    'spec.template.spec.containers[0].volumeMounts[0].mountPath',
    'spec.volumeClaimTemplates[0].spec',
    'spec.volumeClaimTemplates[0].spec.accessModes',
    'spec.volumeClaimTemplates[0].spec.resources',
    'spec.volumeClaimTemplates[0].spec.resources.requests',
    'spec.volumeClaimTemplates[0].spec.resources.requests.storage → spec.volumeClaimTemplates[0].spec.resources.requests',
  ],
  DaemonSet: [
    'spec',
    'spec.selector',
    'spec.selector.matchExpressions[0].key',
    'spec.selector.matchExpressions[0].operator',
    'spec.template',
    'spec.template.spec',
    'spec.template.spec.containers',
    'spec.template.spec.containers[0].name',
    'spec.template.spec.containers[0].image',
  ],
  Job: [
    'spec',
    'spec.podFailurePolicy.rules',
    'spec.podFailurePolicy.rules[0].action',
    'spec.podFailurePolicy.rules[0].onExitCodes → spec.podFailurePolicy.rules[0]',
    'spec.podFailurePolicy.rules[0].onExitCodes.operator',
    'spec.podFailurePolicy.rules[0].onExitCodes.values',
    'spec.template',
    'spec.template.spec',
    'spec.template.spec.restartPolicy',
    'spec.template.spec.containers',
    'spec.template.spec.containers[0].name',
    'spec.template.spec.containers[0].image',
  ],
  CronJob: [
    'spec',
    'spec.schedule',
    'spec.jobTemplate',
    'spec.jobTemplate.spec',
    'spec.jobTemplate.spec.template',
    'spec.jobTemplate.spec.template.spec',
    'spec.jobTemplate.spec.template.spec.restartPolicy',
    'spec.jobTemplate.spec.template.spec.containers',
    'spec.jobTemplate.spec.template.spec.containers[0].name',
    'spec.jobTemplate.spec.template.spec.containers[0].image',
  ],
  Ingress: [
    'spec',
    'spec.rules → spec',
    'spec.rules[0].http.paths',
    'spec.rules[0].http.paths[0].path → spec.rules[0].http.paths[0]',
    'spec.rules[0].http.paths[0].pathType',
    'spec.rules[0].http.paths[0].backend',
    'spec.rules[0].http.paths[0].backend.service → spec.rules[0].http.paths[0].backend',
    'spec.rules[0].http.paths[0].backend.service.name',
    'spec.rules[0].http.paths[0].backend.service.port',
    'spec.rules[0].http.paths[0].backend.service.port.name → spec.rules[0].http.paths[0].backend.service.port',
  ],
  Role: [
    'rules[0].apiGroups → rules[0]',
    'rules[0].resources → rules[0]',
    'rules[0].verbs',
  ],
  RoleBinding: [
    'roleRef',
    'roleRef.kind',
    'roleRef.name',
    'subjects[0].kind',
    'subjects[0].name',
  ],
  ClusterRole: [
    'aggregationRule.clusterRoleSelectors',
  ],
  ClusterRoleBinding: [
    'roleRef',
    'roleRef.kind',
    'roleRef.name',
    'subjects[0].kind',
    'subjects[0].name',
  ],
  StorageClass: [
    'provisioner',
  ],
  ValidatingAdmissionPolicy: [
    'spec',
    'spec.matchConstraints',
    'spec.matchConstraints.resourceRules[0].apiGroups',
    'spec.matchConstraints.resourceRules[0].apiVersions',
    'spec.matchConstraints.resourceRules[0].operations',
    'spec.matchConstraints.resourceRules[0].resources',
    'spec.variables[0].name',
    'spec.variables[0].expression',
    'spec.validations → spec',
    'spec.validations[0].expression',
  ],
  ValidatingAdmissionPolicyBinding: [
    'spec',
    'spec.policyName',
    'spec.validationActions',
  ],
  ServiceMonitor: [
    'spec',
    'spec.selector',
    'spec.endpoints',
  ],
  PodMonitor: [
    'spec',
    'spec.selector',
  ],
  Probe: [
    'spec',
    'spec.prober.url',
  ],
  PrometheusRule: [
    'spec',
    'spec.groups[0].name',
    'spec.groups[0].rules[0].expr',
    'spec.groups[0].rules[1].expr',
  ],
  ExternalSecret: [
    'spec.data[0].secretKey',
    'spec.data[0].remoteRef',
    'spec.data[0].remoteRef.key',
  ],
  Gateway: [
    'spec',
    'spec.gatewayClassName',
    'spec.listeners',
    'spec.listeners[0].name',
    'spec.listeners[0].port',
    'spec.listeners[0].protocol',
    'spec.listeners[0].tls.certificateRefs[0].name',
  ],
  HTTPRoute: [
    'spec',
    'spec.parentRefs[0].name',
    'spec.rules[0].matches[0].headers[0].name',
    'spec.rules[0].matches[0].headers[0].value',
    'spec.rules[0].filters[0].type',
    'spec.rules[0].filters[0].requestHeaderModifier.set[0].name',
    'spec.rules[0].filters[0].requestHeaderModifier.set[0].value',
    'spec.rules[0].backendRefs[0].name',
  ],
  GRPCRoute: [
    'spec',
    'spec.parentRefs[0].name',
    'spec.rules[0].backendRefs[0].name',
  ],
  ReferenceGrant: [
    'spec',
    'spec.from',
    'spec.from[0].group',
    'spec.from[0].kind',
    'spec.from[0].namespace',
    'spec.to',
    'spec.to[0].group',
    'spec.to[0].kind',
  ],
  BackendTLSPolicy: [
    'spec',
    'spec.targetRefs',
    'spec.targetRefs[0].group',
    'spec.targetRefs[0].kind',
    'spec.targetRefs[0].name',
    'spec.validation',
    'spec.validation.hostname',
  ],
  CiliumNetworkPolicy: [
    'spec.endpointSelector',
    'spec.egress[0].toPorts[0].ports[0].port',
    'spec.egress[0].toPorts[0].rules.dns[0].matchPattern → spec.egress[0].toPorts[0].rules.dns[0]',
    'spec.egress[1].toFQDNs[0].matchName → spec.egress[1].toFQDNs[0]',
    'spec.egress[1].toPorts[0].ports[0].port',
    'spec.ingress[0].toPorts[0].ports[0].port',
  ],
};

describe('a field that is left out', () => {
  test.each(cases)('of %s is reported if, and only if, it is needed', (_, object) => {
    const reported = placesOf(object).filter(({ steps }) => typeof steps[steps.length - 1] === 'string').flatMap(({ steps }) => {
      const changed = mutated(object, steps, (parent, step) => {
        delete parent[step];
      });
      const [problem, ...others] = problemsOfManifest(changed, version);
      if (problem === undefined) return [];
      expect([problem.reason, ...others]).toEqual(['missing']);
      const path = pathOf(steps);
      return [problem.path === path ? path : `${path} → ${problem.path}`];
    });
    expect(reported.sort()).toEqual(['apiVersion', 'kind', 'metadata', 'metadata.name', ...needed[String(object.kind)] ?? []].sort());
  });
});
