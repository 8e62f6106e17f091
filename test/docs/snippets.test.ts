import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';
import { blocksOf, documents, root } from '../support/documents';

/** The code blocks of a document are one module, so that later ones go on from earlier ones. */
const modules = documents().flatMap(document => {
  const code = blocksOf(document).filter(({ language, attributes }) => language === 'ts' && !attributes.title && !attributes.from).map(({ text }) => text);
  if (!code.length) return [];
  const file = join(root, 'reports/snippets', document.replace(/\W+/g, '-').replace(/-md$/, '.ts'));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code.join('\n'));
  return [{ document, file }];
});

const jiti = require.resolve('jiti/package.json').replace('package.json', 'lib/jiti-cli.mjs');

it('there are documents with code', () => {
  expect(modules.length).toBeGreaterThan(3);
});

it('every code block compiles', () => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.dev.json'), file => readFileSync(file, 'utf8')) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: modules.map(({ file }) => file) }, ts.sys, root);
  const program = ts.createProgram(modules.map(({ file }) => file), { ...options, noUnusedLocals: false });
  const diagnostics = ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file ? `${file.fileName.slice(root.length + 1)}:${file.getLineAndCharacterOfPosition(start).line + 1}` : '';
    return `${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
  expect(diagnostics).toEqual([]);
}, 60_000);

it.each(modules)('the code of $document runs, and what it claims is true', ({ file }) => {
  const output = execFileSync(process.execPath, [jiti, file], { cwd: dirname(file), encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  expect(output.split('\n').filter(line => line && line !== 'true')).toEqual([]);
}, 60_000);

describe.each(documents())('%s', document => {
  const text = readFileSync(join(root, document), 'utf8');

  it('shows code of the examples as it is', () => {
    for (const block of blocksOf(document).filter(({ attributes }) => attributes.from)) {
      expect(readFileSync(join(root, block.attributes.from), 'utf8')).toContain(block.text);
    }
  });

  it('links to what exists', () => {
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link]) => link);
    expect(links.filter(link => !existsSync(join(root, dirname(document), link)))).toEqual([]);
  });

  it('names only commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const template = JSON.parse(readFileSync(join(root, 'templates/init/package.json'), 'utf8')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, script]) => script);
    expect(named.filter(script => !(script in scripts) && !(script in template.scripts))).toEqual([]);
  });
});
