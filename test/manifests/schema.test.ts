import type { KubernetesVersion } from '../../src/manifests/kubernetes-version';
import type { ProblemReason } from '../../src/manifests/problem';
import { isKnownKind, problemsOfManifest } from '../../src/manifests/schema';
import { manifestsOf, mutated, type Fields } from './_mutation';

const objects = [...manifestsOf('good.yaml'), ...manifestsOf('platform.yaml')];

function valid(kind: string): Fields {
  const found = objects.find(object => object.kind === kind);
  if (!found) throw new Error(`no valid ${kind}`);
  return found;
}

/** A valid object of a kind with one place set to a value; `undefined` takes it out. */
function withValue(kind: string, steps: readonly (string | number)[], value: unknown): Fields {
  return mutated(valid(kind), steps, (parent, step) => {
    parent[step] = value;
  });
}

const messages = (object: unknown, version: KubernetesVersion = '1.37'): string[] => problemsOfManifest(object, version).map(({ message }) => message);
const spec = ['spec', 'template', 'spec'] as const;
const container = [...spec, 'containers', 0] as const;

/** What is refused beside what is accepted: kind, place, right value, wrong value, what is expected instead. */
const pairs: readonly [string, string, readonly (string | number)[], unknown, unknown, string][] = [
  ['an enum', 'Deployment', [...container, 'imagePullPolicy'], 'Never', 'never', 'one of "Always", "IfNotPresent", "Never"; did you mean Never?'],
  ['an enum in a list', 'NetworkPolicy', ['spec', 'policyTypes', 0], 'Ingress', 'ingress', 'one of "Egress", "Ingress"; did you mean Ingress?'],
  ['a string', 'Deployment', [...container, 'env'], [{ name: 'PORT', value: '80' }], [{ name: 'PORT', value: 80 }], 'a string; write it in quotes'],
  ['a number', 'Deployment', [...spec, 'terminationGracePeriodSeconds'], 45, '45', 'a whole number; write it without quotes'],
  ['a whole number', 'Deployment', ['spec', 'replicas'], 2, 2.5, 'a whole number'],
  ['a 32-bit number', 'PriorityClass', ['value'], -2147483648, -2147483649, 'a number from -2147483648 to 1000000000'],
  ['a number of 0 or more', 'Deployment', ['spec', 'replicas'], 0, -1, '0 or more'],
  ['a port', 'Deployment', [...container, 'ports', 0, 'containerPort'], 65535, 65536, 'a number from 1 to 65535'],
  ['a port name', 'Deployment', [...container, 'ports', 0, 'name'], 'management', 'management-port-x', 'a port name: at most 15 of a-z, 0-9 and "-", with a letter'],
  ['a port or its name', 'Service', ['spec', 'ports', 0, 'targetPort'], 8080, 0, 'a port from 1 to 65535 or a port name'],
  ['a count or percentage', 'Deployment', ['spec', 'strategy', 'rollingUpdate', 'maxSurge'], '50%', 'half', 'a count of 0 or more, or a percentage such as "25%"'],
  ['a quantity', 'Deployment', [...container, 'resources', 'limits', 'memory'], '1.5Gi', '256MiB', 'a quantity such as "100m" or "256Mi"'],
  ['a quantity in exponents', 'ResourceQuota', ['spec', 'hard', 'requests.cpu'], '1e3', '1e', 'a quantity such as "100m" or "256Mi"'],
  ['a quantity of a resource', 'Deployment', [...container, 'resources', 'requests', 'cpu'], 1, '-1', 'a quantity of 0 or more'],
  ['a resource', 'Deployment', [...container, 'resources', 'limits'], { 'nvidia.com/gpu': 1 }, { memroy: '1Gi' }, 'cpu, memory, ephemeral-storage, hugepages-…, or a name with a domain'],
  ['a resource of a quota', 'ResourceQuota', ['spec', 'hard'], { 'services.loadbalancers': 1 }, { service: 1 }, 'a resource such as requests.cpu, pods or count/deployments.apps'],
  ['a schedule', 'CronJob', ['spec', 'schedule'], '@daily', '0 3 * *', 'a string matching ^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)|@every \\S+|\\S+(\\s+\\S+){4})$'],
  ['a time zone', 'CronJob', ['spec', 'timeZone'], 'America/New_York', 'Europe/Berln', 'a time zone such as "Europe/Berlin"'],
  ['a restart policy of a Job', 'Job', [...spec, 'restartPolicy'], 'OnFailure', 'Always', 'one of "Never", "OnFailure"'],
  ['a restart policy that no pod has', 'Job', [...spec, 'restartPolicy'], 'Never', 'never', 'one of "Always", "Never", "OnFailure"; did you mean Never?'],
  ['a Service with ports', 'Service', ['spec'], { clusterIP: 'None' }, { type: 'ClusterIP' }, 'ports in it, or clusterIP in it, or type "ExternalName"'],
  ['privileges that do not contradict each other', 'Deployment', [...container, 'securityContext'], { privileged: true, allowPrivilegeEscalation: true }, { privileged: true, allowPrivilegeEscalation: false },
    'privileged false, or allowPrivilegeEscalation true'],
  ['a weight', 'Deployment', [...spec, 'affinity', 'podAntiAffinity', 'preferredDuringSchedulingIgnoredDuringExecution', 0, 'weight'], 1, 0, 'a number from 1 to 100'],
  ['base64', 'Secret', ['data'], { a: 'aHVudGVyMg==' }, { a: 'aHVudGVyMg=' }, 'base64'],
  ['a key of a ConfigMap', 'ConfigMap', ['data'], { 'a.b_c-d': '' }, { 'a/b': '' }, 'at most 253 letters, digits, "-", "_" and "."'],
  ['the size of a ConfigMap', 'ConfigMap', ['data'], { a: 'x'.repeat(1048575) }, { a: 'ü'.repeat(524288) }, 'at most 1048576 bytes'],
  ['a name', 'Deployment', ['metadata', 'name'], 'api.v2', 'API', 'at most 253 of a-z, 0-9, "-" and ".", each part beginning and ending with a letter or digit'],
  ['a name of a Service', 'Service', ['metadata', 'name'], 'api-v2', '2-api', 'at most 63 of a-z, 0-9 and "-", beginning with a letter'],
  ['a name of a Namespace', 'Namespace', ['metadata', 'name'], '2-shop', 'shop.eu', 'at most 63 of a-z, 0-9 and "-", beginning and ending with a letter or digit'],
  ['a name of a Role', 'Role', ['metadata', 'name'], 'system:api', 'api/reader', 'a name without "/" and "%"'],
  ['the length of a CronJob’s name', 'CronJob', ['metadata', 'name'], 'r'.repeat(52), 'r'.repeat(53), 'at most 52'],
  ['a namespace', 'Service', ['metadata', 'namespace'], 'shop', 'shop.eu', 'at most 63 of a-z, 0-9 and "-", beginning and ending with a letter or digit'],
  ['a namespace of a kind without', 'PriorityClass', ['metadata', 'namespace'], undefined, 'shop', 'none: PriorityClass belongs to the whole cluster; leave it out'],
  ['a label', 'Service', ['metadata', 'labels'], { 'acme.io/tier': 'A_b.c-1' }, { 'acme.io/tier': 'a b' }, 'at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'],
  ['a key of a label', 'Service', ['metadata', 'labels'], { 'acme.io/tier': '' }, { 'Acme.io/tier': '' }, 'a name of at most 63 letters, digits, "-", "_" and ".", after an optional DNS prefix and "/"'],
  ['the size of annotations', 'Service', ['metadata', 'annotations'], { a: 'x'.repeat(262143) }, { a: 'x'.repeat(262144) }, 'at most 262144 bytes'],
  ['a time', 'Service', ['metadata', 'creationTimestamp'], '2026-11-20T10:00:00Z', 'yesterday', 'a time such as "2026-01-31T12:00:00Z"'],
  ['a CIDR', 'NetworkPolicy', ['spec', 'egress', 0, 'to'], [{ ipBlock: { cidr: '10.0.0.0/8' } }], [{ ipBlock: { cidr: '10.0.0.0/33' } }], 'a CIDR such as "10.0.0.0/8"'],
  ['a host of an Ingress', 'Ingress', ['spec', 'rules', 0, 'host'], '*.example.com', 'a.*.com', 'a DNS name, its first part possibly "*"'],
  ['an address', 'Pod', ['spec', 'dnsConfig', 'nameservers', 0], '2001:db8::1', '10.96.0', 'an IP address'],
  ['the entries of a list by key', 'Deployment', [...container, 'env'], [{ name: 'A' }, { name: 'B' }], [{ name: 'A' }, { name: 'A' }], 'entries that differ in name'],
  ['the entries of a list by keys with defaults', 'Service', ['spec', 'ports'],
    [{ name: 'a', port: 53, protocol: 'UDP' }, { name: 'b', port: 53 }],
    [{ name: 'a', port: 53, protocol: 'TCP' }, { name: 'b', port: 53 }], 'entries that differ in port and protocol'],
  ['the values of a set', 'ServiceMonitor', ['spec', 'scrapeProtocols'], ['PrometheusProto', 'OpenMetricsText1.0.0'], ['PrometheusProto', 'PrometheusProto'], 'each value once'],
  ['a list that needs an entry', 'Role', ['rules', 0, 'verbs'], ['get'], [], 'at least 1 entry'],
  ['a list with a bound', 'HTTPRoute', ['spec', 'hostnames'], ['a.io'], Array.from({ length: 17 }, (_, index) => `h${index}.io`), 'at most 16 entries'],
  ['a pattern', 'ServiceMonitor', ['spec', 'endpoints', 0, 'interval'], '1m30s', '30', 'a string matching ^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$'],
  ['a pattern in either case', 'PrometheusRule', ['spec', 'groups', 0, 'partial_response_strategy'], 'WARN', 'ignore', 'a string matching ^(?i)(abort|warn)?$'],
  ['a length', 'HTTPRoute', ['spec', 'rules', 0, 'backendRefs', 0, 'name'], '😀'.repeat(253), '😀'.repeat(254), 'at most 253 characters'],
  ['a string that is not empty', 'Deployment', [...container, 'image'], 'api', '', 'a string that is not empty'],
  ['exactly one volume', 'Deployment', [...spec, 'volumes', 0], { name: 'tmp', emptyDir: {} }, { name: 'tmp', emptyDir: {}, secret: { secretName: 'a' } }, 'exactly one of its alternatives'],
  ['exactly one probe', 'Deployment', [...container, 'livenessProbe'], { tcpSocket: { port: 1 } }, { tcpSocket: { port: 1 }, exec: {} }, 'exactly one of exec, grpc, httpGet, tcpSocket'],
  ['one alternative of a custom resource', 'CiliumNetworkPolicy', ['spec', 'egress', 1, 'toFQDNs', 0], { matchPattern: '*.stripe.com' }, {}, 'matchName in it, or matchPattern in it'],
  ['only one alternative of a custom resource', 'CiliumNetworkPolicy', ['spec', 'egress', 1, 'toFQDNs', 0], { matchName: 'a.io' }, { matchName: 'a.io', matchPattern: 'b.io' }, 'only one of the 2 alternatives it matches'],
  ['alternatives after defaulting', 'Gateway', ['spec', 'addresses', 0], { value: '10.0.0.1' }, { value: 'example.com' }, 'value an IPv4 address, or an IPv6 address, or type anything but "IPAddress"'],
  ['a status', 'Service', ['status'], undefined, {}, 'no status; leave it out: the cluster writes it'],
];

describe('problemsOfManifest', () => {
  test.each(pairs)('tells %s apart from what is none', (_, kind, steps, right, wrong, expected) => {
    expect(messages(withValue(kind, steps, right))).toEqual([]);
    const found = messages(withValue(kind, steps, wrong));
    expect(found).toHaveLength(1);
    expect(found[0].slice(found[0].indexOf(', expected ') + 11)).toBe(expected);
  });

  test('names the field that was meant', () => {
    expect(messages(withValue('Deployment', [...container, 'imge'], 'x'))).toEqual([
      'spec.template.spec.containers[0].imge is no known field, expected a field of Container; did you mean image?',
    ]);
  });

  test('says nothing about a field that resembles none', () => {
    expect(messages(withValue('Deployment', [...container, 'quux'], 'x'))).toEqual([
      'spec.template.spec.containers[0].quux is no known field, expected a field of Container',
    ]);
  });

  test('reads a property of every object as no field', () => {
    expect(problemsOfManifest(JSON.parse('{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a","__proto__":{},"constructor":{}}}'), '1.37')
      .map(({ path }) => path)).toEqual(['metadata.__proto__', 'metadata.constructor']);
  });

  test('takes undefined for absent', () => {
    expect(messages(withValue('Deployment', [...container, 'livenessProbe'], undefined))).toEqual([]);
  });

  test.each([
    ['null', null], ['a list', []], ['a text', 'kind: Service'], ['nothing', undefined], ['an empty object', {}],
  ])('refuses %s', (_, value) => {
    expect(problemsOfManifest(value, '1.37').length).toBeGreaterThan(0);
  });

  test.each(['data', 'stringData'])('never shows a value under %s of a Secret', field => {
    const secrets: [unknown, ProblemReason][] = [
      [{ a: 'hunter2!' }, 'value'], [{ a: 12345 }, 'type'], [{ a: true }, 'type'], ['hunter2', 'type'], [{ a: ['hunter2'] }, 'type'], [{ 'a b': 'hunter2' }, 'value'],
    ];
    for (const [value, reason] of secrets.slice(field === 'data' ? 0 : 1)) {
      const problems = problemsOfManifest(withValue('Secret', [field], value), '1.37');
      expect(problems.map(problem => problem.reason)).toContain(reason);
      expect(JSON.stringify(problems)).not.toMatch(/hunter2|12345|true/);
    }
  });
});

describe('a kind', () => {
  const widget = { apiVersion: 'acme.io/v1', kind: 'Widget', metadata: { name: 'a' }, spec: {} };

  test('that is foreign is one problem of its own reason', () => {
    expect(problemsOfManifest(widget, '1.37')).toEqual([expect.objectContaining({ reason: 'unknown-kind', path: 'kind' })]);
  });

  test('that is foreign has its metadata checked', () => {
    const problems = problemsOfManifest({ ...widget, metadata: { name: 'A', label: {} } }, '1.37');
    expect(problems.map(({ reason, path }) => `${reason} ${path}`)).toEqual(['unknown-kind kind', 'unknown-field metadata.label', 'value metadata.name']);
  });

  test('that Kubernetes serves without a schema here is unknown, not wrong', () => {
    expect(messages({ apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'a' } })).toEqual([
      'kind is apps/v1 ReplicaSet, expected a kind whose schema is known',
    ]);
  });

  test('that Kubernetes serves no more is wrong', () => {
    expect(messages({ ...valid('HorizontalPodAutoscaler'), apiVersion: 'autoscaling/v2beta2' })).toEqual([
      'apiVersion is autoscaling/v2beta2 HorizontalPodAutoscaler, which Kubernetes 1.37 does not serve, expected autoscaling/v2',
    ]);
  });

  test('that is misspelt is told from what was meant', () => {
    expect(messages({ ...widget, kind: 'ServiceMonitr' })).toEqual([
      'kind is acme.io/v1 ServiceMonitr, expected a kind whose schema is known; did you mean ServiceMonitor?',
    ]);
  });

  test.each<[string, string, KubernetesVersion, boolean]>([
    ['apps/v1', 'Deployment', '1.28', true],
    ['v1', 'Service', '1.37', true],
    ['monitoring.coreos.com/v1', 'ServiceMonitor', '1.28', true],
    ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', '1.29', false],
    ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', '1.30', true],
    ['extensions/v1beta1', 'Deployment', '1.28', false],
    ['acme.io/v1', 'Widget', '1.37', false],
  ])('%s %s is known in %s: %s', (apiVersion, kind, version, known) => {
    expect(isKnownKind(apiVersion, kind, version)).toBe(known);
  });
});
