import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../../src/cloud/validate/knowledge';

/**
 * The schema of a provider's own configuration block, which the pinned schemas leave out, read out of the cdktf bindings of the same version.
 *
 * For every argument the bindings say in `…ToHclTerraform` functions its name, type and what is nested in it, and in their interfaces whether it is
 * required.
 *
 * @param manifest the resolved path of the `package.json` of the bindings.
 */
export function readProviderBlock(manifest: string): BlockSchema {
  const folder = join(dirname(manifest), 'lib/provider');
  const structs = readStructs(parse(join(folder, 'index.js')));
  const required = readRequired(parse(join(folder, 'index.d.ts')));
  const blockOf = (struct: string): BlockSchema => {
    const attributes: Record<string, AttributeSchema> = {};
    const blocks: Record<string, NestedBlockSchema> = {};
    for (const argument of structs.get(struct) ?? []) {
      const needed = required.get(struct.toLowerCase())?.has(camelCase(argument.name)) ?? false;
      // The alias is Terraform's own.
      if (argument.name === 'alias') continue;
      if (argument.block) {
        const nesting = argument.nesting === 'struct' ? 'single' : argument.nesting as NestedBlockSchema['nesting_mode'];
        blocks[argument.name] = { block: blockOf(argument.struct), ...(needed && { min_items: 1 }), nesting_mode: nesting };
      } else {
        attributes[argument.name] = { [needed ? 'required' : 'optional']: true, type: typeOf(argument) };
      }
    }
    return { ...(Object.keys(attributes).length && { attributes }), ...(Object.keys(blocks).length && { block_types: blocks }) };
  };
  return blockOf(providerStruct);
}

/** What the bindings say about one argument. */
interface Argument {
  readonly name: string;
  readonly block: boolean;
  /** `simple`, `list`, `set`, `map` or `struct`. */
  readonly nesting: string;
  /** `string`, `stringList`, `booleanMap` … */
  readonly storage: string;
  /** The struct that is nested in it; empty where none is. */
  readonly struct: string;
}

const providerStruct = 'provider';
const scalars: Readonly<Record<string, string>> = { string: 'string', boolean: 'bool', number: 'number', any: 'dynamic' };

function typeOf({ name, nesting, storage }: Argument): AttributeSchema['type'] {
  const scalar = scalars[storage.replace(/(List|Map)$/, '')];
  if (!scalar || !['simple', 'list', 'set', 'map'].includes(nesting)) throw new Error(`${name}: is ${nesting} of ${storage}, expected a type that is known; teach typeOf`);
  return nesting === 'simple' ? scalar : [nesting as 'list' | 'set' | 'map', scalar];
}

const camelCase = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
}

/** The arguments of every struct, and those of the provider itself, which stand in a method of its class. */
function readStructs(source: ts.SourceFile): Map<string, Argument[]> {
  const structs = new Map<string, Argument[]>();
  const visit = (node: ts.Node): void => {
    const name = (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) && node.name ? node.name.getText(source) : '';
    const struct = /^(\w+)ToHclTerraform$/.exec(name)?.[1] ?? (name === 'synthesizeHclAttributes' ? providerStruct : undefined);
    if (struct === undefined) ts.forEachChild(node, visit);
    else structs.set(struct, argumentsIn(node, source));
  };
  visit(source);
  return structs;
}

function argumentsIn(body: ts.Node, source: ts.SourceFile): Argument[] {
  let found: Argument[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText(source) === 'attrs' && node.initializer && ts.isObjectLiteralExpression(node.initializer)) {
      found = node.initializer.properties.filter(ts.isPropertyAssignment).map(property => argumentOf(property, source));
    } else {
      ts.forEachChild(node, visit);
    }
  };
  visit(body);
  return found;
}

function argumentOf(property: ts.PropertyAssignment, source: ts.SourceFile): Argument {
  const said = new Map(ts.isObjectLiteralExpression(property.initializer)
    ? property.initializer.properties.filter(ts.isPropertyAssignment).map(({ name, initializer }) => [name.getText(source), initializer] as const)
    : []);
  const word = (key: string) => said.get(key)?.getText(source).replace(/^["']|["']$/g, '') ?? '';
  return {
    name: property.name.getText(source).replace(/^["']|["']$/g, ''),
    block: word('isBlock') === 'true',
    nesting: word('type'),
    storage: word('storageClassType'),
    // Functions of the library itself stand behind `cdktf.`.
    struct: /(?<![.\w])(\w+)ToHclTerraform/.exec(word('value'))?.[1] ?? '',
  };
}

/** The properties that must be given, by the name of the struct in lower case. */
function readRequired(source: ts.SourceFile): Map<string, Set<string>> {
  return new Map(source.statements.filter(ts.isInterfaceDeclaration).map(({ name, members }) => {
    const struct = name.text.endsWith('ProviderConfig') ? providerStruct : name.text.toLowerCase();
    const needed = members.filter(ts.isPropertySignature).filter(member => !member.questionToken);
    return [struct, new Set(needed.map(member => member.name.getText(source)))];
  }));
}
