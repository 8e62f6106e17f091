import { definePolicy } from '../../../../src/check/policies';
import type { Policy, PolicyInput } from '../../../../src/spec/policy';
import { autoscaler, budget, claim, configMap, container, cronJob, deployment, ingress, networkPolicy, role, service, type Subject } from './objects';

/** A policy with objects that keep it and objects that do not, each with what it is about. */
export interface Trial {
  readonly policy: Policy;
  readonly good: Readonly<Record<string, Subject>>;
  readonly bad: Readonly<Record<string, Subject>>;
}

const reason = 'stands for a rule that teams write';

function trial(
  id: string, kinds: PolicyInput['match']['kinds'], expressions: readonly string[], good: Trial['good'], bad: Trial['bad'],
  more: Partial<PolicyInput> = {},
): Trial {
  const validations = expressions.map((expression, index) => ({ expression, message: `${id} ${index} is not kept` }));
  return { policy: definePolicy({ id, reason, match: { kinds }, validations, ...more }), good, bad };
}

const apps = ['apps/v1/Deployment'];
const limited = (limits: object) => deployment({ containers: [container({ resources: { limits } })] });
const env = (...variables: readonly object[]) => deployment({ containers: [container({ env: variables })] });

/** One trial per thing that is easily told otherwise than the server tells it. */
export const trials: readonly Trial[] = [
  trial('replicas', apps, ['object.spec.replicas >= 2 && object.spec.replicas <= 10'], {
    two: deployment({ spec: { replicas: 2 } }), ten: deployment({ spec: { replicas: 10 } }),
  }, {
    'none, of which the server makes one': deployment(), zero: deployment({ spec: { replicas: 0 } }), many: deployment({ spec: { replicas: 2_147_483_647 } }),
  }),
  trial('pinned-image', apps, ["object.spec.template.spec.containers.all(c, c.image.matches('^registry[.]example/[a-z0-9/-]+(:[0-9]+([.][0-9]+){2}|@sha256:[0-9a-f]{64})$'))"], {
    tag: deployment(), digest: deployment({ containers: [container({ image: `registry.example/team/orders@sha256:${'0a'.repeat(32)}` })] }),
  }, {
    latest: deployment({ containers: [container({ image: 'registry.example/orders:latest' })] }), dot: deployment({ containers: [container({ image: 'registry-example/orders:1.2.3' })] }),
    second: deployment({ containers: [container(), container({ name: 'second', image: 'nginx' })] }),
  }),
  trial('memory-limit', apps, [
    "object.spec.template.spec.containers.all(c, has(c.resources.limits) && 'memory' in c.resources.limits)",
    "object.spec.template.spec.containers.all(c, quantity(c.resources.limits.memory).compareTo(quantity('512Mi')) <= 0)",
  ], {
    exact: limited({ memory: '512Mi' }), decimal: limited({ memory: '500M' }), number: limited({ memory: 1_000_000 }), half: limited({ memory: '0.5Gi' }),
  }, {
    none: deployment(), 'only processors': limited({ cpu: '1' }), more: limited({ memory: '513Mi' }), 'half a gigabyte and one byte': limited({ memory: '536870913' }), huge: limited({ memory: '7E' }),
  }),
  trial('canonical-quantities', apps, ["object.spec.template.spec.containers.all(c, c.resources.limits.cpu == '500m' && c.resources.limits.memory == '1536Mi')"], {
    'as it is': limited({ cpu: '500m', memory: '1536Mi' }), 'as a fraction': limited({ cpu: 0.5, memory: '1.5Gi' }), 'with zeros': limited({ cpu: '0.500', memory: '1572864Ki' }),
  }, { 'of tens': limited({ cpu: '500m', memory: '1610612736' }), thousand: limited({ cpu: '501m', memory: '1536Mi' }) }),
  trial('rollout', apps, [
    "object.spec.strategy.type == 'RollingUpdate'", 'has(object.spec.strategy.rollingUpdate.maxUnavailable)',
    "type(object.spec.strategy.rollingUpdate.maxUnavailable) == int ? object.spec.strategy.rollingUpdate.maxUnavailable == 0 : int(string(object.spec.strategy.rollingUpdate.maxUnavailable).replace('%', '')) <= 25",
  ], {
    'the default of 25%': deployment(), zero: deployment({ spec: { strategy: { rollingUpdate: { maxUnavailable: 0 } } } }), 'a share': deployment({ spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } } } }),
  }, {
    recreate: deployment({ spec: { strategy: { type: 'Recreate' } } }), one: deployment({ spec: { strategy: { rollingUpdate: { maxUnavailable: 1 } } } }), half: deployment({ spec: { strategy: { rollingUpdate: { maxUnavailable: '50%' } } } }),
  }),
  trial('host-network', apps, ['!has(object.spec.template.spec.hostNetwork)', '!has(object.spec.template.spec.volumes) || object.spec.template.spec.volumes.all(v, !has(v.hostPath))'], {
    unsaid: deployment(), 'false, which the server drops': deployment({ pod: { hostNetwork: false } }), 'no volumes': deployment({ pod: { volumes: [] } }),
  }, { used: deployment({ pod: { hostNetwork: true } }), path: deployment({ pod: { volumes: [{ name: 'root', hostPath: { path: '/' } }] } }) }),
  trial('privileged', apps, ['object.spec.template.spec.containers.all(c, has(c.securityContext) && has(c.securityContext.privileged) && !c.securityContext.privileged)'], {
    'false, which the server keeps': deployment({ containers: [container({ securityContext: { privileged: false } })] }),
  }, {
    unsaid: deployment(), empty: deployment({ containers: [container({ securityContext: {} })] }),
  }),
  trial('optional-fields', apps, ['object.spec.template.spec.?securityContext.?runAsUser.orValue(0) >= 1000', "object.?metadata.?labels[?'team'].optMap(t, t.size() > 2).orValue(false)"], {
    set: deployment({ pod: { securityContext: { runAsUser: 1000 } }, metadata: { labels: { team: 'shop' } } }),
  }, {
    'no user': deployment({ metadata: { labels: { team: 'shop' } } }), 'no team': deployment({ pod: { securityContext: { runAsUser: 1000 } } }),
    'short team': deployment({ pod: { securityContext: { runAsUser: 1000 } }, metadata: { labels: { team: 'it' } } }),
  }),
  trial('environment', apps, [
    "object.spec.template.spec.containers.all(c, !has(c.env) || c.env.all(e, !(e.name.lowerAscii().endsWith('_password') && has(e.value))))",
    "object.spec.template.spec.containers.map(c, has(c.env) ? c.env.filter(e, e.name.startsWith('APP_')).size() : 0).sum() <= 2",
    "object.spec.template.spec.containers.exists_one(c, c.name == 'main')",
  ], {
    none: deployment(), 'empty list': env(), two: env({ name: 'APP_A', value: '1' }, { name: 'APP_B', value: '2' }), 'empty value': env({ name: 'DB_PASSWORD', value: '' }),
    reference: env({ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }),
  }, {
    written: env({ name: 'Db_Password', value: 'x' }), three: env({ name: 'APP_A', value: '1' }, { name: 'APP_B', value: '2' }, { name: 'APP_C', value: '3' }), 'other name': deployment({ containers: [container({ name: 'app' })] }),
  }),
  trial('ports', ['v1/Service'], ["object.spec.ports.all(p, p.protocol == 'TCP' && p.targetPort == p.port)", "object.spec.type == 'ClusterIP'", 'object.spec.ports.map(p, p.port).isSorted()'], {
    defaults: service({}), said: service({ ports: [{ name: 'a', port: 80, targetPort: 80 }, { name: 'b', port: 81 }] }),
  }, {
    udp: service({ ports: [{ port: 53, protocol: 'UDP' }] }), named: service({ ports: [{ port: 80, targetPort: 'http' }] }), node: service({ type: 'NodePort' }),
    unsorted: service({ ports: [{ name: 'a', port: 81 }, { name: 'b', port: 80 }] }),
  }),
  trial('big-numbers', ['v1/ConfigMap'], [
    "!has(object.data) || !('limit' in object.data) || int(object.data.limit) <= 9007199254740993",
    "!has(object.data) || !('ratio' in object.data) || double(object.data.ratio) < 1",
    "!has(object.data) || !('sum' in object.data) || int(object.data.sum) + 1 > 0",
  ], {
    'no data': configMap(undefined), 'empty data': configMap({}), 'beyond doubles': configMap({ limit: '9007199254740993' }), ratio: configMap({ ratio: '0.999' }), sum: configMap({ sum: '9223372036854775806' }),
  }, {
    'one more': configMap({ limit: '9007199254740994' }), 'no number': configMap({ limit: 'many' }), 'too big': configMap({ limit: '9223372036854775808' }), one: configMap({ ratio: '1' }), overflow: configMap({ sum: '9223372036854775807' }),
  }),
  trial('texts', ['v1/ConfigMap'], [
    "object.data.list.split(',').all(t, t.trim() != '' && t.trim() == t)", "size(object.data.emoji) == 2 && object.data.emoji.substring(1) == 'b'", "object.data.list.split(',').join('-').indexOf('b') == 2",
    "object.data.list.findAll('[a-z]').size() == object.data.list.split(',').size()",
  ], { right: configMap({ list: 'a,b,c', emoji: '😀b' }) }, {
    blank: configMap({ list: 'a, b', emoji: '😀b' }), longer: configMap({ list: 'a,b', emoji: '😀bb' }), missing: configMap({ list: 'a,b' }), other: configMap({ list: 'b,a', emoji: '😀b' }),
  }),
  trial('schedules', ['batch/v1/CronJob'], [
    "object.spec.concurrencyPolicy != 'Allow'", 'object.spec.successfulJobsHistoryLimit + object.spec.failedJobsHistoryLimit <= 4', "object.spec.schedule.split(' ').size() == 5 && object.spec.schedule.split(' ')[0] != '*'",
    "duration(string(object.spec.?startingDeadlineSeconds.orValue(0)) + 's') <= duration('1h30m')",
  ], { forbid: cronJob({ concurrencyPolicy: 'Forbid' }), late: cronJob({ concurrencyPolicy: 'Replace', startingDeadlineSeconds: 5400 }) }, {
    allowed: cronJob({}), 'much history': cronJob({ concurrencyPolicy: 'Forbid', failedJobsHistoryLimit: 2 }), 'every minute': cronJob({ concurrencyPolicy: 'Forbid', schedule: '* * * * *' }), later: cronJob({ concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 5401 }),
  }),
  trial('hosts', ['networking.k8s.io/v1/Ingress'], ["variables.hosts.all(h, h.endsWith('.example.com'))", 'variables.hosts.all(h, variables.hosts.filter(o, o == h).size() == 1)', 'has(object.spec.tls) && sets.contains(variables.covered, variables.hosts)'], {
    one: ingress(['a.example.com'], { tls: [{ hosts: ['a.example.com', 'b.example.com'] }] }),
  }, {
    foreign: ingress(['a.example.org'], { tls: [{ hosts: ['a.example.org'] }] }), 'no certificate': ingress(['a.example.com']), 'not covered': ingress(['a.example.com', 'b.example.com'], { tls: [{ hosts: ['a.example.com'] }] }),
  }, { variables: [{ name: 'hosts', expression: 'object.spec.rules.map(r, string(r.host))' }, { name: 'covered', expression: 'object.spec.tls.map(t, t.hosts.map(h, string(h)))[0]' }] }),
  trial('autoscaling', ['autoscaling/v2/HorizontalPodAutoscaler'], ['object.spec.minReplicas * 2 >= object.spec.maxReplicas', "object.spec.metrics.exists(m, m.type == 'Resource' && m.resource.name == 'cpu')", '!has(object.spec.behavior) || object.spec.behavior.scaleDown.policies.all(p, p.value <= 100)'], {
    narrow: autoscaler({ minReplicas: 3 }), behaving: autoscaler({ minReplicas: 3, behavior: { scaleUp: { stabilizationWindowSeconds: 10 } } }),
  }, {
    wide: autoscaler({}), memory: autoscaler({ minReplicas: 3, metrics: [{ type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 70 } } }] }),
    fast: autoscaler({ minReplicas: 3, behavior: { scaleDown: { policies: [{ type: 'Percent', value: 200, periodSeconds: 15 }] } } }),
  }),
  trial('powers', ['rbac.authorization.k8s.io/v1/Role'], ["object.rules.all(r, !('*' in r.verbs) && (!has(r.resources) || !r.resources.exists(x, x in ['secrets', '*'])))", 'object.rules.all(r, size(r.?resourceNames.orValue([])) > 0 || !r.verbs.exists(v, v == "delete"))'], {
    reading: role([{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }]), 'no rules': role([]), 'one object': role([{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['a'], verbs: ['delete'] }]),
  }, {
    everything: role([{ apiGroups: [''], resources: ['configmaps'], verbs: ['*'] }]), secrets: role([{ apiGroups: [''], resources: ['pods', 'secrets'], verbs: ['get'] }]), deleting: role([{ apiGroups: [''], resources: ['configmaps'], verbs: ['delete'] }]),
  }),
  trial('egress', ['networking.k8s.io/v1/NetworkPolicy'], ["'Egress' in object.spec.policyTypes", "object.spec.egress.all(e, has(e.ports) && e.ports.all(p, p.protocol == 'TCP' && (!has(p.endPort) || p.endPort - p.port < 10)))"], {
    closed: networkPolicy({ podSelector: {}, egress: [{ ports: [{ port: 443 }] }] }),
    range: networkPolicy({ egress: [{ ports: [{ port: 443, endPort: 450 }] }] }),
  }, {
    ingress: networkPolicy({ podSelector: {} }), any: networkPolicy({ egress: [{}] }), wide: networkPolicy({ egress: [{ ports: [{ port: 443, endPort: 500 }] }] }), 'named with a range unsaid': networkPolicy({ egress: [{ ports: [{ port: 'dns', protocol: 'UDP' }] }] }),
  }),
  trial('budgets', ['policy/v1/PodDisruptionBudget'], ['has(object.spec.maxUnavailable) != has(object.spec.minAvailable)', "object.spec.?maxUnavailable.orValue('1') in [dyn('1'), dyn(1), dyn('25%')]"], {
    one: budget({ maxUnavailable: 1 }), share: budget({ maxUnavailable: '25%' }), available: budget({ minAvailable: 1 }),
  }, { none: budget({}), two: budget({ maxUnavailable: 2 }), all: budget({ maxUnavailable: '100%' }) }),
  trial('claims', ['v1/PersistentVolumeClaim'], ["quantity(object.spec.resources.requests.storage).isLessThan(quantity('10Gi').add(1))", "object.spec.volumeMode == 'Filesystem'", "object.spec.accessModes == ['ReadWriteOnce']"], {
    exact: claim('10Gi'), small: claim('100M'),
  }, { larger: claim('11Gi'), 'one byte more': claim('10737418241'), block: claim('1Gi', { volumeMode: 'Block' }), shared: claim('1Gi', { accessModes: ['ReadWriteOnce', 'ReadOnlyMany'] }) }),
  trial('side-decides', apps, ["object.metadata.name == 'orders' || object.metadata.labels.missing == 'x'", "!(object.metadata.labels.missing == 'x' && object.metadata.name != 'orders')", "object.spec.template.spec.containers.exists(c, c.ports[0].containerPort > 1 || c.name == 'main')"], {
    'one side is enough': deployment(),
  }, { 'no side is enough': deployment({ containers: [container({ name: 'other' })] }) }),
  trial('waivers', ['v1/ConfigMap'], ["has(object.metadata.labels) && 'team' in object.metadata.labels"], {
    keeps: configMap({}, { labels: { team: 'shop' } }), waived: configMap({}, { annotations: { 'marty-msf/waived-policy-waivers': 'it is made by a tool' } }), 'exempt by name': { ...configMap({}), metadata: { ...configMap({}).metadata, name: 'kube-root-ca.crt' } },
  }, {
    'no team': configMap({}), 'without a reason': configMap({}, { annotations: { 'marty-msf/waived-policy-waivers': ' ' } }), 'waiver of another': configMap({}, { annotations: { 'marty-msf/waived-policy-texts': 'it is made by a tool' } }),
  }, { exempt: { names: ['kube-root-ca.crt', 'canary'] } }),
];
