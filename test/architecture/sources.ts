import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

export const root = join(__dirname, '../..');
export const src = join(root, 'src');

/** One import of a file of src. */
export interface Import {
  /** What is imported: a path under src without extension, or the name of a package. */
  readonly to: string;
  /** Whether it lies under src. */
  readonly own: boolean;
  /** Whether nothing of it exists at run time. */
  readonly typesOnly: boolean;
}

/** A file of src by its path without extension. */
export interface Source { readonly path: string; readonly text: string; readonly tree: ts.SourceFile; readonly imports: readonly Import[] }

/** Every file of src. */
export function sources(): Source[] {
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => sourceOf(join(entry.parentPath, entry.name)))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function sourceOf(file: string): Source {
  const text = readFileSync(file, 'utf8');
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return { path: nameOf(file), text, tree, imports: importsOf(tree, dirname(file)) };
}

const nameOf = (file: string) => relative(src, file).replace(/\\/g, '/').replace(/\.ts$/, '');

function importsOf(tree: ts.SourceFile, folder: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typesOnly: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier)) found.push({ ...targetOf(folder, specifier.text), typesOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypesOnly(node.importClause));
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly || areTypes(node.exportClause));
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    if (ts.isCallExpression(node) && ['import', 'require'].includes(node.expression.getText())) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function isTypesOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  const { namedBindings } = clause;
  return clause.isTypeOnly || (clause.name === undefined && areTypes(namedBindings));
}

function areTypes(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean {
  if (bindings === undefined || !(ts.isNamedImports(bindings) || ts.isNamedExports(bindings))) return false;
  return [...bindings.elements].every(each => each.isTypeOnly);
}

function targetOf(folder: string, specifier: string): { to: string; own: boolean } {
  if (!specifier.startsWith('.')) return { to: specifier, own: false };
  const path = join(folder, specifier);
  return { to: existsSync(`${path}.ts`) || !existsSync(join(path, 'index.ts')) ? nameOf(path) : nameOf(join(path, 'index')), own: true };
}
