import { ApiObject, App, Chart } from 'cdk8s';
import { render } from '../../src/synth/render';
import { placementKey, type Placement } from '../../src/spec/placement';
import { refusalOf } from '../support/problems';

const configMap = (scope: Chart, name: string, more: object = {}) => new ApiObject(scope, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...more });

function placed(app: App, id: string, environment: string): Chart {
  const chart = new Chart(app, id);
  chart.node.addMetadata(placementKey, { folder: `${environment}/${id}`, environment, kubernetes: '1.37' } satisfies Placement);
  return chart;
}

test('objects go where their chart says, else to a folder named after it', () => {
  const app = new App();
  configMap(placed(app, 'orders', 'dev'), 'a');
  configMap(new Chart(app, 'some thing'), 'b');
  expect(render(app).map(({ folder, file, construct }) => `${folder}/${file} ${construct}`)).toEqual(['dev/orders/configmap-a.yaml orders/a', 'some-thing/configmap-b.yaml some thing/b']);
});

test('only the environments that are asked for are rendered', () => {
  const app = new App();
  configMap(placed(app, 'orders', 'dev'), 'a');
  configMap(placed(app, 'stock', 'prod'), 'b');
  configMap(new Chart(app, 'other'), 'c');
  expect(render(app, ['dev']).map(({ folder }) => folder)).toEqual(['dev/orders']);
  expect(() => render(app, ['prd', 'dev'])).toThrow('the app has no environment prd, expected one of dev, prod');
});

test('an object is defined once in a folder', () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  configMap(chart, 'a');
  new ApiObject(chart, 'again', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
  expect(refusalOf('MANIFEST_INVALID', () => render(app))).toEqual(['chart/again: defines ConfigMap a a second time']);
});

test('objects of others are checked too, and kinds that nobody knows are left alone', () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  configMap(chart, 'a', { daat: {} });
  new ApiObject(chart, 'custom', { apiVersion: 'acme.example/v1', kind: 'Widget', metadata: { name: 'w' }, spec: { anything: 1 } });
  expect(refusalOf('MANIFEST_INVALID', () => render(app))).toEqual([expect.stringMatching(/^chart\/a: .*daat.*did you mean data\?/)]);
});

test('what constructs find wrong with themselves is told with the rest', () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  chart.node.addValidation({ validate: () => ['is not what it should be'] });
  configMap(chart, 'a', { daat: {} });
  expect(refusalOf('MANIFEST_INVALID', () => render(app))).toHaveLength(2);
});
