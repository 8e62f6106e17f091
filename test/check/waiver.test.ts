import { checkManifests, containerRule, flawIf, reviewManifests, rules } from '../../src/check';
import { http, waive, type MicroserviceSpec } from '../../src/spec';
import { renderPlatform } from '../support/manifests';
import { minimal, shop } from '../support/shop';

const reason = 'writes its cache beside the program';

/** A Deployment that keeps few rules, with annotations. */
const writable = (annotations: object, name = 'api') => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop', annotations }, spec: { template: { spec: { containers: [{ name: 'api' }] } } },
});
const rule = 'container-writable-root';
const waived = { [`marty-msf/waived-${rule}`]: reason };
const rulesFor = (...objects: object[]) => checkManifests(objects).map(finding => finding.rule);
const idle = (...objects: object[]) => checkManifests(objects).filter(finding => finding.rule === 'waiver-idle').map(({ object, message }) => `${object.name}: ${message}`);

describe('a waiver', () => {
  test('takes the findings of its rule away from its object, and no others', () => {
    const all = rulesFor(writable({}));
    expect(all).toContain(rule);
    expect(rulesFor(writable(waived))).toEqual(all.filter(id => id !== rule));
    expect(rulesFor(writable(waived), writable({}, 'other')).filter(id => id === rule)).toHaveLength(1);
  });

  test('lists them with its reason instead, whatever other linters are told', () => {
    const told = { ...waived, 'kube-linter.io/ignore-all': '', 'polaris.fairwinds.com/exempt': 'true', 'kube-score/ignore': 'container-security-context-readonlyrootfilesystem' };
    for (const annotations of [waived, told]) {
      expect(reviewManifests([writable(annotations)]).waived).toEqual([expect.objectContaining({ rule, waived: reason, object: expect.objectContaining({ name: 'api' }) })]);
    }
    expect(reviewManifests([writable({})]).waived).toEqual([]);
  });

  test('holds for own rules too', () => {
    const own = containerRule({ id: 'acme-registry', severity: 'error', title: 't', why: 'w', remedy: 'r', upstream: [] }, () => flawIf(true, { path: 'image', expected: 'ours' }));
    const review = reviewManifests([writable({ 'marty-msf/waived-acme-registry': reason })], { rules: [own] });
    expect([review.findings, review.waived.map(finding => finding.waived)]).toEqual([[], [reason]]);
  });
});

describe('a waiver that waives nothing is a finding', () => {
  test.each([
    ['when the rule is kept', { 'marty-msf/waived-container-ssh-port': reason }, 'metadata.annotations.marty-msf/waived-container-ssh-port is a waiver of a rule that is kept, expected none; remove it'],
    ['when there is no such rule', { 'marty-msf/waived-container-writeable-root': reason }, 'metadata.annotations.marty-msf/waived-container-writeable-root is a waiver of no rule, expected the id of one'],
    ['when it has no reason', { [`marty-msf/waived-${rule}`]: '  ' }, `metadata.annotations.marty-msf/waived-${rule} is a waiver without a reason, expected one`],
  ])('%s', (_, annotations, message) => {
    expect(idle(writable(waived))).toEqual([]);
    expect(idle(writable(annotations))).toEqual([`api: ${message}`]);
  });

  test('without a reason, what it is about is still found', () => {
    expect(rulesFor(writable({ [`marty-msf/waived-${rule}`]: '' }))).toContain(rule);
  });

  test('only when none of the objects needs it that it stands on in the same words', () => {
    const ssh = { 'marty-msf/waived-container-ssh-port': reason };
    const needy = writable(ssh, 'needy');
    const listening = { ...needy, spec: { template: { spec: { containers: [{ name: 'api', ports: [{ containerPort: 22 }] }] } } } };
    expect(idle(writable(ssh), listening)).toEqual([]);
    expect(idle(writable(ssh, 'b'), writable(ssh, 'a'))).toHaveLength(1);
    expect(idle(writable({ 'marty-msf/waived-container-ssh-port': 'other words' }), listening)).toHaveLength(1);
  });

  test('only when its rule was asked', () => {
    const others = rules.filter(({ id }) => id !== 'container-ssh-port');
    expect(checkManifests([writable({ 'marty-msf/waived-container-ssh-port': reason })], { rules: others }).filter(finding => finding.rule === 'waiver-idle')).toEqual([]);
  });
});

describe('in a rendered platform', () => {
  const fields = { ...minimal, ports: { http: http(8080) } };
  const render = (input: object) => renderPlatform([shop.microservice({ ...fields, ...input }) as unknown as MicroserviceSpec], 'production').manifests;

  test('what Polaris asks for against kube-score is waived as everything else is', () => {
    const { findings, waived: listed } = reviewManifests(render({ scale: { min: 2, max: 4 } }));
    expect(findings).toEqual([]);
    expect(listed.map(finding => [finding.rule, finding.object.kind, finding.waived])).toEqual([
      ['deployment-single-replica', 'Deployment', 'the autoscaler decides how many replicas there are, so no number is written'],
    ]);
  });

  test('a fixed number of replicas needs no waiver', () => {
    expect(reviewManifests(render({ scale: { replicas: 3 } }))).toEqual({ findings: [], waived: [], notRun: [] });
  });

  test('the waiver of a description comes before that of a construct, and joins it', () => {
    const own = waive('deployment-single-replica', 'scaled by hand at night');
    const [deployment] = render({ scale: { min: 2, max: 4 }, waivers: [own, waive('container-cpu-limit', 'bursty by nature')] }).filter(({ kind }) => kind === 'Deployment');
    expect(deployment.metadata).toMatchObject({ annotations: {
      'marty-msf/waived-deployment-single-replica': own.reason, 'kube-score/ignore': 'container-resources,deployment-replicas',
    } });
  });

  test('a waiver that a service does not need is told once', () => {
    const { findings } = reviewManifests(render({ waivers: [waive('container-ssh-port', reason)] }));
    expect(findings.map(finding => [finding.rule, finding.object.kind])).toEqual([['waiver-idle', 'Deployment']]);
  });
});
