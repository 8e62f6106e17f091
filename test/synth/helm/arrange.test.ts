import { helmTree } from '../../../src/synth/helm/arrange';
import { configMap, textsOf, treeOf } from '../_tree';

const deployment = (image: string, more = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
${more}  template:
    spec:
      containers:
        - name: orders
          image: ${image}
        - name: proxy
          image: proxy:1
`;
const charts = (dev: Readonly<Record<string, string>>, prod: Readonly<Record<string, string>>) => textsOf(helmTree(treeOf({ 'dev/orders': dev, 'prod/orders': prod })).tree);

describe('the helm layout', () => {
  it('makes a value of what differs, called after the field, and nothing else', () => {
    const files = charts({ 'deployment.yaml': deployment('orders:1') }, { 'deployment.yaml': deployment('orders:2') });
    expect(Object.keys(files)).toEqual(['.helmignore', '.marty-guarded-dev', '.marty-guarded-prod', 'Chart.yaml', 'templates/deployment.yaml', 'values-dev.yaml', 'values-prod.yaml', 'values.schema.json', 'values.yaml'].map(file => `orders/${file}`));
    expect(files['orders/templates/deployment.yaml']).toBe(deployment('{{ .Values.deployment.spec.template.spec.containers.orders.image | toJson }}'));
    expect(files['orders/values.yaml']).toBe('deployment:\n  spec:\n    template:\n      spec:\n        containers:\n          orders:\n            image: orders:1\n');
    expect(files['orders/values-dev.yaml']).toBe('{}\n');
    expect(files['orders/values-prod.yaml']).toContain('image: orders:2\n');
    expect(JSON.parse(files['orders/values.schema.json'])).toMatchObject({ type: 'object', additionalProperties: false, required: ['deployment'] });
  });

  it('leaves out a field where an environment has none', () => {
    const files = charts({ 'deployment.yaml': deployment('orders:1', '  replicas: 2\n') }, { 'deployment.yaml': deployment('orders:1') });
    expect(files['orders/templates/deployment.yaml']).toContain('{{- if hasKey .Values.deployment.spec "replicas" }}\n  replicas: {{ .Values.deployment.spec.replicas | toJson }}\n{{- end }}\n');
    expect([files['orders/values.yaml'], files['orders/values-dev.yaml'], files['orders/values-prod.yaml']]).toEqual(['deployment:\n  spec: {}\n', 'deployment:\n  spec:\n    replicas: 2\n', '{}\n']);
    expect(JSON.parse(files['orders/values.schema.json'])).toMatchObject({ properties: { deployment: { properties: { spec: { properties: { replicas: { type: 'integer', description: 'spec.replicas in deployment.yaml' } } } } } } });
    expect(files['orders/values.schema.json']).not.toContain('"replicas"\n');
  });

  it('leaves out a file where an environment has none', () => {
    const files = charts({}, { 'configmap.yaml': configMap('x') });
    expect(files['orders/templates/configmap.yaml']).toBe(`{{ if .Values.configMap.enabled }}${configMap('x')}{{ end }}`);
    expect([files['orders/values.yaml'], files['orders/values-prod.yaml']]).toEqual(['configMap:\n  enabled: false\n', 'configMap:\n  enabled: true\n']);
  });

  it('says once what several fields have in common', () => {
    const files = charts({ 'a.yaml': configMap('x', 'a'), 'b.yaml': configMap('x', 'b') }, { 'a.yaml': configMap('y', 'a'), 'b.yaml': configMap('y', 'b') });
    expect(files['orders/values.yaml']).toBe('level: x\n');
    expect(files['orders/templates/b.yaml']).toContain('  level: {{ .Values.level | toJson }}\n');
  });

  it('keeps what looks like a template in data, and the end of texts', () => {
    const text = (value: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: "{{ .x }}"\n  b: ${value}\n  c: |\n    {{ if }}\n`;
    const same = charts({ 'c.yaml': text('1') }, { 'c.yaml': text('1') })['orders/templates/c.yaml'];
    expect(same).toBe(`${text('1').replaceAll('{{', '{{ "{{" }}')}# ends the text above\n`);
    const different = charts({ 'c.yaml': text('x') }, { 'c.yaml': text('"{{ y }}"') });
    expect(different['orders/templates/c.yaml']).toBe(`${text('{{ .Values.configMap.data.b | toJson }}').replace('"{{ .x }}"', '"{{ "{{" }} .x }}"').replace('{{ if }}', '{{ "{{" }} if }}')}# ends the text above\n`);
    expect(different['orders/values-prod.yaml']).toContain('b: "{{ y }}"\n');
  });

  it('takes a file that is not one object as a value as a whole', () => {
    const files = charts({ 'all.yaml': 'kind: A\n---\nkind: B\n' }, { 'all.yaml': 'kind: A\n---\nkind: C\n' });
    expect(files['orders/templates/all.yaml']).toBe('{{ .Values.a.text }}');
    expect(files['orders/values-prod.yaml']).toBe('a:\n  text: |\n    kind: A\n    ---\n    kind: C\n');
  });

  it('starts an object that is a value empty, since Helm would mix it with the first one', () => {
    const selector = (label: string) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: orders\nspec:\n  selector:\n    ${label}: orders\n`;
    const files = charts({ 's.yaml': selector('app') }, { 's.yaml': selector('instance') });
    expect([files['orders/values.yaml'], files['orders/values-dev.yaml']]).toEqual(['service:\n  spec:\n    selector: {}\n', 'service:\n  spec:\n    selector:\n      app: orders\n']);
  });

  it('lists nothing, and says what each folder is about', () => {
    const { layout } = helmTree(treeOf({}));
    expect([layout.indexOf('orders'), layout.placeOf('orders'), layout.placeOf('orders/templates')]).toEqual([
      undefined, { service: 'orders', environment: 'chart' }, { service: 'orders', environment: 'templates' },
    ]);
    expect([layout.guardedIn('orders', '.marty-guarded-prod'), layout.guardedIn('orders', 'values.yaml'), layout.guardedIn('orders/templates', 'a.yaml')]).toEqual(['prod', undefined, undefined]);
    expect([layout.holdsObject('orders/templates', 'a.yaml'), layout.holdsObject('orders', 'Chart.yaml')]).toEqual([true, false]);
  });
});
