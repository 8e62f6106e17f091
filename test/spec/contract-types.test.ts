import { dirname, join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');
const file = join(__dirname, 'contract.types.ts');
const marker = '// @ts-expect-error ';

/** What the message of each mistake must say, so that none is refused for another reason. */
const expected: Readonly<Record<string, string>> = {
  "orders offers no port 'grpc'": `'"grpc"' is not assignable to parameter of type '"events" | "web"'`,
  'a TCP port knows no repetition': "'idempotent' does not exist",
  "the contract has no service 'ordes'": `'"ordes"' is not assignable to parameter of type '"orders"'`,
  "the JSON file has no port 'grpc'": `'"grpc"' is not assignable to parameter of type '"web"'`,
  'a caller of a port that the service does not have': `'"grpc"' is not assignable to type '"web"'`,
  'a TCP port is connected to, not fetched from': "Property 'fetch' does not exist",
};

test('the compiler refuses what a contract does not have, and says why', () => {
  const config = join(root, 'tsconfig.dev.json');
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(config, path => ts.sys.readFile(path)).config, ts.sys, dirname(config));
  const source = (ts.sys.readFile(file) ?? '').replaceAll(marker, '// refused: ');
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, language, ...rest) => (name === file ? ts.createSourceFile(name, source, language) : read(name, language, ...rest));
  const program = ts.createProgram([file], options, host);
  const parsed = program.getSourceFile(file);
  const lines = source.split('\n');
  const refused = program.getSemanticDiagnostics(parsed).map(({ start = 0, messageText }) => {
    const line = parsed?.getLineAndCharacterOfPosition(start).line ?? 0;
    return [lines[line - 1].replace('// refused: ', ''), ts.flattenDiagnosticMessageText(messageText, '\n')] as const;
  });
  expect(refused.map(([mistake]) => mistake)).toEqual(Object.keys(expected));
  for (const [mistake, message] of refused) expect(message).toContain(expected[mistake]);
}, 60_000);
