import ts from 'typescript';
import { loadedFilesBy } from './loaded';
import { sources } from './sources';

test('nothing in the package calls App.synth(), synthYaml() or the printer of cdk8s; its own synth does that work', () => {
  const callers = sources().flatMap(({ path, tree }) => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
        const text = node.expression.getText();
        if (/\.(synth|synthYaml)$/.test(text) || /^Yaml\.(save|stringify|tmp)$/.test(text)) found.push(`${path}: ${text}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
    return found;
  });
  // What our printer does not print, it leaves to that of cdk8s.
  expect(callers.sort()).toEqual(['synth/render: Yaml.stringify', 'synth/synth: Yaml.stringify']);
});

test('the door marty-msf/synth loads cdk8s and its own part of the package, and nothing else', () => {
  const own = loadedFilesBy("require('marty-msf/synth').synth").filter(file => !file.startsWith('node_modules/'));
  expect(own.filter(file => !/^lib\/(synth\/|manifests\/yaml)/.test(file))).toEqual([]);
  expect(own).toContain('lib/synth/synth.js');
  expect(own).not.toContain('lib/synth/synthesize.js');
  const packages = loadedFilesBy("require('marty-msf/synth').synth").filter(file => file.startsWith('node_modules/')).map(file => file.split('/')[1]);
  expect([...new Set(packages)].sort()).toEqual(['cdk8s', 'constructs']);
});

test('the door loads nothing before it is used', () => {
  expect(loadedFilesBy("require('marty-msf/synth')")).toEqual(['lib/synth/index.js']);
});
