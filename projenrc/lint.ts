import type { typescript } from 'projen';
import { layers } from './layers';

/** Lint rules that carry the architecture; each message says where to go instead. */
export function addLint(project: typescript.TypeScriptProject): void {
  const eslint = project.eslint;
  if (!eslint) return;
  project.tryFindObjectFile('.eslintrc.json')?.addOverride('parserOptions.project', ['tsconfig.dev.json']);
  project.tryFindObjectFile('.eslintrc.json')?.addDeletionOverride('parserOptions.projectService');
  eslint.addRules({
    'import/no-restricted-paths': ['error', { zones: layers.filter(layer => !layer.typesOnly).map(zone) }],
    'max-lines': ['error', { max: 400 }],
    'max-len': ['error', { code: 150, ignoreUrls: true, ignoreTemplateLiterals: true, ignoreStrings: true, ignoreRegExpLiterals: true }],
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-non-null-assertion': 'error',
    '@typescript-eslint/member-ordering': 'off',
    'import/order': ['error', { 'groups': ['builtin', 'external', ['parent', 'sibling', 'index']], 'newlines-between': 'never', 'pathGroups': [{ pattern: 'marty-msf{,/**}', group: 'external' }] }],
    '@stylistic/object-property-newline': 'off',
    '@stylistic/object-curly-newline': 'off',
    '@stylistic/quote-props': 'off',
    '@stylistic/max-len': 'off',
    '@stylistic/quotes': ['error', 'single', { avoidEscape: true, allowTemplateLiterals: true }],
    'no-restricted-syntax': [
      'error',
      { selector: 'TSEnumDeclaration', message: 'use a union of string literals: it survives YAML and JSON' },
      { selector: 'ExportDefaultDeclaration', message: 'use a named export' },
      { selector: "CallExpression[callee.property.name='toMatchSnapshot']", message: 'assert fields, or use a golden file of a whole example' },
    ],
    'no-restricted-imports': ['error', {
      paths: [
        { name: 'child_process', message: 'only src/cli/io.ts starts processes' },
        { name: 'node:child_process', message: 'only src/cli/io.ts starts processes' },
        { name: 'cdk8s-plus-28', message: 'it is the interop peer: accept its objects by shape, never load it' },
      ],
      patterns: [{ group: ['cdktf', 'cdktf/*', '@cdktf/*'], message: 'cdktf lives in src/cloud only' }],
    }],
  });
  // One module names the engine, and the folder of a cloud its provider, one resource at a time: a whole provider takes minutes to compile.
  eslint.addOverride({ files: ['src/cloud/engine.ts'], rules: { 'no-restricted-imports': 'off' } });
  eslint.addOverride({
    files: ['src/cloud/aws/**'],
    rules: {
      'no-restricted-imports': ['error', {
        paths: [
          { name: 'cdktf', message: 'import from ../engine' },
          { name: '@cdktf/provider-aws', message: 'import resources one by one: @cdktf/provider-aws/lib/<resource>' },
        ],
        patterns: [{ group: ['cdktf/*'], message: 'import from ../engine' }],
      }],
    },
  });
  eslint.addOverride({ files: ['test/**', 'examples/**', 'bench/**', 'projenrc/**', 'src/cli/io.ts'], rules: { 'no-restricted-imports': 'off' } });
  eslint.addOverride({ files: ['src/imports/**'], rules: { 'max-lines': 'off', 'max-len': 'off', '@stylistic/max-len': 'off' } });
  eslint.addIgnorePattern('src/imports/*.json');
}

function zone(layer: { name: string; mayImport: readonly string[] }): object {
  const file = layer.name === 'errors' || layer.name === 'index';
  return {
    target: `./src/${layer.name}${file ? '.ts' : ''}`,
    from: './src',
    except: [file ? `./${layer.name}.ts` : `./${layer.name}`, ...layer.mayImport.map(name => (name === 'errors' ? './errors.ts' : `./${name}`))],
    message: `${layer.name} may import only: ${layer.mayImport.join(', ') || 'nothing'} (projenrc/layers.ts)`,
  };
}
