import { checkManifests, containerRule, flawIf } from '../../src/check';
import type { Finding, UpstreamId } from '../../src/check';
import { isMartyError } from '../../src/errors';
import { objectsOf, parse } from './manifest-sets';

function idsOf(findings: readonly Finding[], rule: string): readonly UpstreamId[] {
  return findings.filter((finding) => finding.rule === rule).flatMap(({ upstream }) => upstream);
}

describe('a finding', () => {
  test('names the object, the place, what stands there and what should', () => {
    expect(checkManifests(objectsOf('privileged')).find(({ rule }) => rule === 'container-privileged')).toEqual({
      rule: 'container-privileged',
      severity: 'error',
      object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'api' },
      path: 'spec.template.spec.containers[0].securityContext.privileged',
      message: 'container api: securityContext.privileged is true, expected false',
      upstream: [
        'kube-linter:privileged-container',
        'kube-linter:privilege-escalation-container',
        'polaris:runAsPrivileged',
        'kube-score:container-security-context-privileged',
      ],
    });
  });

  test('never repeats a secret', () => {
    const findings = checkManifests(objectsOf('secret-in-env'));
    expect(findings.map(({ rule }) => rule)).toEqual(['container-secret-variable']);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  test('shortens what is long', () => {
    const labels = Object.fromEntries(Array.from({ length: 40 }, (_, position) => [`label-${position}`, 'x']));
    const [service] = parse('{ apiVersion: v1, kind: Service, metadata: { name: a, namespace: b }, spec: {} }');
    const [finding] = checkManifests([{ ...Object(service), spec: { selector: labels } }]);
    expect(finding?.message.length).toBeLessThan(160);
  });
});

describe('exemption annotations of the linters', () => {
  const writable = (annotations: object, podAnnotations: object = {}): readonly Finding[] => checkManifests([{
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', annotations },
    spec: { template: { metadata: { annotations: podAnnotations }, spec: { containers: [{ name: 'api' }] } } },
  }]);
  const rule = 'container-writable-root';
  const all = [
    'kube-linter:no-read-only-root-fs',
    'polaris:notReadOnlyRootFilesystem',
    'kube-score:container-security-context-readonlyrootfilesystem',
  ];

  test('without any, a finding stands for the checks of all three', () => {
    expect(idsOf(writable({}), rule)).toEqual(all);
  });

  test.each([
    [{ 'ignore-check.kube-linter.io/no-read-only-root-fs': 'writes a cache' }, [all[1], all[2]]],
    [{ 'kube-linter.io/ignore-all': 'legacy' }, [all[1], all[2]]],
    [{ 'polaris.fairwinds.com/notReadOnlyRootFilesystem-exempt': 'true' }, [all[0], all[2]]],
    [{ 'polaris.fairwinds.com/notReadOnlyRootFilesystem-exempt': 'no' }, all],
    [{ 'polaris.fairwinds.com/exempt': 'True' }, [all[0], all[2]]],
    [{ 'kube-score/ignore': 'pod-probes, container-security-context-readonlyrootfilesystem' }, [all[0], all[1]]],
    [{ 'ignore-check.kube-linter.io/run-as-non-root': '' }, all],
  ])('%j leaves %j', (annotations, expected) => {
    expect(idsOf(writable(annotations), rule)).toEqual(expected);
  });

  test('of kube-score count on the pod template as well', () => {
    expect(idsOf(writable({}, { 'kube-score/ignore': 'container-security-context-readonlyrootfilesystem' }), rule))
      .toEqual(all.slice(0, 2));
  });

  test('of kube-score for resources cover local storage too', () => {
    const findings = writable({ 'kube-score/ignore': 'container-resources' });
    expect(findings.map((finding) => finding.rule)).not.toContain('container-storage-limit');
  });

  test('for all three make the finding vanish', () => {
    const findings = writable({
      'ignore-check.kube-linter.io/no-read-only-root-fs': '',
      'polaris.fairwinds.com/notReadOnlyRootFilesystem-exempt': 'true',
      'kube-score/ignore': 'container-security-context-readonlyrootfilesystem',
    });
    expect(findings.map((finding) => finding.rule)).not.toContain(rule);
  });
});

describe('a set', () => {
  test('may come as lists', () => {
    const items = objectsOf('privileged');
    expect(checkManifests([{ apiVersion: 'v1', kind: 'List', items }])).toEqual(checkManifests(items));
    expect(checkManifests([{ apiVersion: 'v1', kind: 'ServiceList', items }])).toEqual(checkManifests(items));
  });

  test('may be a list that contains itself', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: objectsOf('good') };
    list.items.push(list);
    expect(checkManifests([list])).toEqual([]);
  });

  test('is checked alike in any order', () => {
    const objects = objectsOf('role-wildcards');
    expect(checkManifests(objects.toReversed())).toEqual(checkManifests(objects));
  });

  test('may be empty, and may hold what is no manifest', () => {
    expect(checkManifests([])).toEqual([]);
    expect(checkManifests([null, undefined, 1, 'text', [], {}, { kind: 1 }])).toEqual([]);
  });

  test('does not reach across namespaces', () => {
    const elsewhere = parse(`
      apiVersion: v1
      kind: Service
      metadata: { name: api, namespace: other }
      spec: { selector: { app.kubernetes.io/instance: api }, ports: [{ port: 80, targetPort: http }] }
    `.replace(/^ {6}/gm, ''));
    expect(checkManifests([...objectsOf('good'), ...elsewhere]).map(({ rule, object }) => [rule, object.namespace]))
      .toEqual([['service-selects-nothing', 'other']]);
  });
});

describe('workloads', () => {
  test('of kinds we do not know are known by their pod template', () => {
    const rollout = parse(`
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: api, namespace: shop }
spec: { template: { spec: { containers: [{ name: api, securityContext: { privileged: true } }] } } }
`);
    expect(idsOf(checkManifests(rollout), 'container-privileged')).toEqual(['polaris:runAsPrivileged']);
  });

  test('include bare pods, whose own labels count', () => {
    const pod = parse(`
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop, labels: { app: api } }
spec: { containers: [{ name: api, image: 'acme/api' }] }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80 }] }
`);
    const findings = checkManifests(pod);
    expect(findings.map(({ rule }) => rule)).not.toContain('service-selects-nothing');
    expect(findings.find(({ rule }) => rule === 'container-image-tag')?.path).toBe('spec.containers[0].image');
  });

  test('have their init containers checked, but not asked for probes', () => {
    const rules = checkManifests(parse(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec: { template: { spec: { initContainers: [{ name: wait, image: wait }] } } }
`)).map(({ rule }) => rule);
    expect(rules).toContain('container-image-tag');
    expect(rules).not.toContain('container-readiness-probe');
  });
});

describe('options', () => {
  test('an API version counts as outdated from the version that replaced it', () => {
    const objects = objectsOf('removed-api-pdb');
    const outdated = (kubernetesVersion: `1.${number}`): number => checkManifests(objects, { kubernetesVersion })
      .filter(({ rule }) => rule === 'outdated-api').length;
    expect([outdated('1.20'), outdated('1.21'), outdated('1.36')]).toEqual([0, 1, 1]);
  });

  test('a version of another form is refused', () => {
    const version = '2' as `1.${number}`;
    expect(() => checkManifests([], { kubernetesVersion: version }))
      .toThrow('check: kubernetesVersion is "2", expected 1.<minor>');
    try {
      checkManifests([], { kubernetesVersion: version });
    } catch (error) {
      expect(isMartyError(error, 'USAGE')).toBe(true);
    }
  });

  test('own rules can be given', () => {
    const registry = containerRule({
      id: 'acme-registry',
      severity: 'error',
      title: 'image is from elsewhere',
      why: 'Nobody scans it.',
      remedy: 'Mirror it.',
      upstream: [],
    }, ({ fields }) => flawIf(!String(fields.image).startsWith('registry.acme.example/'), {
      path: 'image', got: fields.image, expected: 'an image of registry.acme.example',
    }));
    expect(checkManifests(objectsOf('good'), { rules: [registry] }).map(({ message }) => message))
      .toEqual(['container api: image is "ghcr.io/acme/api:1.2.3", expected an image of registry.acme.example']);
  });
});
