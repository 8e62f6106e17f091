import { App, Chart } from 'cdk8s';
import { parse } from 'yaml';
import { define } from '../../src/k8s/_object';
import { render } from '../../src/synth/render';

/** A manifest with fields that newer versions know, empty things, and texts that YAML is tempted to read otherwise. */
const manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'api', labels: { a: 'yes', b: '1.10', c: 'null', d: '0x1f', e: '2024-01-01', f: '' }, annotations: { text: 'two\nlines\n', unicode: 'ü ☂', hash: '# none', quote: '\'"', empty: '' } },
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: 'api' } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: {
      metadata: { labels: { app: 'api' } },
      spec: {
        automountServiceAccountToken: false,
        hostUsers: false,
        securityContext: { appArmorProfile: { type: 'RuntimeDefault' } },
        containers: [{ name: 'api', image: 'api:1', args: ['', '~', '012', 'on'], env: [{ name: 'EMPTY', value: '' }], volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }], restartPolicyRules: [] }],
        tolerations: [],
        volumes: [{ name: 'tmp', emptyDir: {} }],
      },
    },
  },
};

test('every field that is given is in the file, empty ones too', () => {
  const app = new App();
  define(new Chart(app, 'chart'), 'Resource', manifest);
  expect(parse(render(app)[0].text)).toEqual(manifest);
});

test('a network policy that denies everything says so', () => {
  const app = new App();
  const deny = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'deny' }, spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [] } };
  define(new Chart(app, 'chart'), 'Resource', deny);
  expect(parse(render(app)[0].text)).toEqual(deny);
});
