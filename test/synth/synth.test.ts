import { join } from 'node:path';
import { ApiObject, App, Chart, Lazy, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { synth, synthYaml } from '../../src/synth';
import { compareSynths } from '../fuzz/comparison';
import { filesBelow, inFolder } from '../support/folder';

const object = (scope: Construct, id: string, more: object = {}) => new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', ...more });

/** Three charts, the first of which depends on the last. */
function shop(outdir: string, yamlOutputType: YamlOutputType): App {
  const app = new App({ outdir, yamlOutputType, recordConstructMetadata: true });
  const [web, , database] = ['web', 'orders', 'database'].map(name => {
    const chart = new Chart(app, name);
    object(chart, 'settings', { data: { on: 'yes', port: '8080', file: 'one\ntwo\n' } });
    object(chart, 'other', { data: Lazy.any({ produce: () => ({ name }) }) });
    return chart;
  });
  web.addDependency(database);
  return app;
}

test.each([
  [YamlOutputType.FILE_PER_APP, ['app.k8s.yaml']],
  [YamlOutputType.FILE_PER_CHART, ['0000-database.k8s.yaml', '0001-web.k8s.yaml', '0002-orders.k8s.yaml']],
  [YamlOutputType.FILE_PER_RESOURCE, ['database', 'orders', 'web'].flatMap(name => ['other', 'settings'].map(id => `ConfigMap.${name}-${id}-`))],
  [YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, ['0000-database/', '0000-database/', '0001-web/', '0001-web/', '0002-orders/', '0002-orders/']],
])('synth writes what App.synth() writes, with output type %s', (type, expected) => inFolder(folder => {
  expect(compareSynths(outdir => shop(outdir, type), folder)).toEqual({ problem: undefined, failed: false });
  synth(shop(join(folder, 'again'), type));
  const files = Object.keys(filesBelow(join(folder, 'again')));
  expect(files.pop()).toBe('construct-metadata.json');
  expect(files.map((file, index) => file.startsWith(expected[index]) || file)).toEqual(expected.map(() => true));
}));

test('synthYaml joins the documents of all charts', () => {
  const text = synthYaml(shop('nowhere', YamlOutputType.FILE_PER_CHART));
  expect(text).toBe(shop('nowhere', YamlOutputType.FILE_PER_CHART).synthYaml());
  expect(text.split('---\n')).toHaveLength(6);
});

test('every construct is asked once what is wrong with it, and all of it is told', () => {
  const app = new App();
  let asked = 0;
  for (const name of ['a', 'b', 'c']) {
    const chart = new Chart(app, name);
    object(chart, 'x').node.addValidation({ validate: () => [`is wrong for the ${++asked}. time`] });
  }
  expect(() => synthYaml(app)).toThrow(/\[a\/x\] is wrong for the 1\. time\n {2}\[b\/x\] is wrong for the 2\. time\n {2}\[c\/x\] is wrong for the 3\. time$/);
  expect(asked).toBe(3);
});

test('the tree is left as it was', () => {
  const app = shop('nowhere', YamlOutputType.FILE_PER_CHART);
  const dependencies = () => app.node.findAll().map(({ node }) => node.dependencies.length);
  const before = dependencies();
  synthYaml(app);
  expect(dependencies()).toEqual(before);
});

test('a chain of a thousand charts comes to an end', () => {
  const app = new App();
  let before: Chart | undefined;
  for (let index = 0; index < 1000; index++) {
    const chart = new Chart(app, `c${index}`);
    for (const id of ['x', 'y', 'z']) object(chart, id, { metadata: { name: `n${index}` } });
    if (before) before.addDependency(chart);
    before = chart;
  }
  const names = [...synthYaml(app).matchAll(/^ {2}name: (.*)$/gm)].map(([, name]) => name);
  expect(names).toHaveLength(3000);
  expect([names[0], names[2999]]).toEqual(['n999', 'n0']);
});

describe('a circle', () => {
  const circle = (charts: number) => {
    const app = new App();
    const all = Array.from({ length: charts }, (_, index) => new Chart(app, `c${index}`));
    all.forEach((chart, index) => {
      object(chart, 'x');
      object(chart, 'y');
      chart.addDependency(all[(index + 1) % charts]);
    });
    return app;
  };

  test('is refused with the words of cdk8s', () => {
    const message = (run: () => string) => {
      try {
        return run();
      } catch (error) {
        return String(error);
      }
    };
    expect(message(() => synthYaml(circle(3)))).toBe(message(() => circle(3).synthYaml()));
    expect(message(() => synthYaml(circle(3)))).toMatch(/^Error: Dependency cycle detected: c0/);
  });

  test('is refused, too, where cdk8s would not come to an end', () => {
    expect(() => synthYaml(circle(60))).toThrow(/^Dependency cycle detected: /);
  });
});
