import { isDeepStrictEqual } from 'node:util';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { sources, type Source } from './sources';

/** A field that users can leave out, and what is said of it. */
interface Field {
  readonly where: string;
  /** What the comment says that happens then; undefined without a comment, empty when it does not say. */
  readonly said?: string;
  /** The default in the code, as text; undefined where there is none. */
  readonly code?: string;
  /** Whether the field cannot be said at all yet. */
  readonly refused: boolean;
}

const isPublic = ({ path }: Source) => /^(spec|k8s|charts|synth)\//.test(path);

/** The fields of strict objects of a file that need not be said. */
function optionalFields({ path, tree }: Source): Field[] {
  const found: Field[] = [];
  const documented = interfaceDocs(tree);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'z.strictObject' && ts.isObjectLiteralExpression(node.arguments[0])) {
      for (const property of node.arguments[0].properties) {
        if (!ts.isPropertyAssignment(property)) continue;
        const name = property.name.getText();
        const schema = property.initializer.getText();
        const code = outermostDefault(property.initializer);
        const refused = schema.startsWith('notYet(');
        if (code === undefined && !refused && !/\.optional\(\)$/.test(schema)) continue;
        found.push({ where: `${path}: ${name}`, said: docOf(property) ?? documented.get(name), code, refused });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** What `.default(…)` or `.prefault(…)` at the end of a schema gives. */
function outermostDefault(node: ts.Expression): string | undefined {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && /^(pre|de)fault$/.test(node.expression.name.text) ? node.arguments[0].getText() : undefined;
}

/** The optional properties of interfaces, which some schemas are documented by. */
function interfaceDocs(tree: ts.SourceFile): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    const doc = ts.isPropertySignature(node) && node.questionToken ? docOf(node) : undefined;
    if (doc !== undefined && ts.isPropertySignature(node)) found.set(node.name.getText(), doc);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** What a comment says about the default: empty when it says nothing. */
function docOf(node: ts.Node): string | undefined {
  const { text } = node.getSourceFile();
  const comments = ts.getLeadingCommentRanges(text, node.getFullStart())?.map(({ pos, end }) => text.slice(pos, end));
  const comment = comments?.find(each => each.startsWith('/**'));
  return comment === undefined ? undefined : /@default (.*?)\s*(\*\/|\n)/.exec(comment)?.[1] ?? '';
}

/** A literal's value; those of two contexts are only equal as text. */
const valueOf = (text: string): string => JSON.stringify(runInNewContext(`(${text})`));
const isProse = (said: string | undefined) => said === undefined || said === '' || said.startsWith('- ');

const fields = sources().filter(isPublic).flatMap(optionalFields);

test('every field that can be left out has a comment', () => {
  expect(fields.length).toBeGreaterThan(50);
  expect(fields.filter(({ said }) => said === undefined).map(({ where }) => where)).toEqual([]);
});

test('every comment on a field with a default says which', () => {
  expect(fields.filter(({ said, code }) => code !== undefined && said === '').map(({ where }) => where)).toEqual([]);
});

test('every @default is what the schema does', () => {
  const differs = (said: string, code: string | undefined) => code === undefined || !isDeepStrictEqual(valueOf(said), valueOf(code));
  const wrong = fields.filter(({ said, code }) => !isProse(said) && differs(said ?? '', code));
  expect(wrong.map(({ where, said, code }) => `${where} says ${said} and does ${code ?? 'nothing'}`)).toEqual([]);
});

test('prose stands only where no literal would do', () => {
  const literal = fields.filter(({ said, code }) => said?.startsWith('- ') && code !== undefined && /^['{[\d]|^(true|false)$/.test(code));
  expect(literal.map(({ where }) => where)).toEqual([]);
});

test('every @default of a property of a construct or function is what its code does', () => {
  const wrong = sources().filter(isPublic).flatMap(source => {
    const defaults = new Map<string, string>();
    const literals = new Map<string, string>([['management.name', "'management'"], ['management.metrics', "'/metrics'"]]);
    const visit = (node: ts.Node): void => {
      if (ts.isBindingElement(node) && node.initializer) defaults.set((node.propertyName ?? node.name).getText(), node.initializer.getText());
      if (ts.isObjectLiteralExpression(node) && node.properties.some(ts.isSpreadAssignment)) {
        const said = node.properties.filter(ts.isPropertyAssignment).filter(property => !defaults.has(property.name.getText()));
        said.forEach(property => defaults.set(property.name.getText(), property.initializer.getText()));
      }
      ts.forEachChild(node, visit);
    };
    visit(source.tree);
    if (!/Props\b/.test(source.text) && !source.path.startsWith('synth/')) return [];
    return [...interfaceDocs(source.tree)].filter(([, said]) => !isProse(said)).flatMap(([name, said]) => {
      const code = defaults.get(name);
      const value = code === undefined ? undefined : valueOf(literals.get(code) ?? code);
      return isDeepStrictEqual(value, valueOf(said)) ? [] : [`${source.path}: ${name} says ${said} and does ${code ?? 'nothing'}`];
    });
  });
  expect(wrong).toEqual([]);
});
