import { dirname, join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');
const file = join(__dirname, 'fleet.types.ts');
const marker = '// @ts-expect-error ';

interface Refusal { readonly mistake: string; readonly messages: readonly string[] }

/** What the compiler says about each line that follows a marker, once the markers are gone; and whatever it says elsewhere. */
function compile(): { refusals: Refusal[]; elsewhere: string[] } {
  const config = join(root, 'tsconfig.dev.json');
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(config, path => ts.sys.readFile(path)).config, ts.sys, dirname(config));
  const source = (ts.sys.readFile(file) ?? '').replaceAll(marker, '// refused: ');
  const host = ts.createCompilerHost(options);
  const readFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, language, ...rest) => (
    name === file ? ts.createSourceFile(name, source, language) : readFile(name, language, ...rest));
  const program = ts.createProgram([file], options, host);
  const parsed = program.getSourceFile(file);
  const found = new Map<number, string[]>();
  for (const { start = 0, messageText } of [...program.getSemanticDiagnostics(parsed), ...program.getSyntacticDiagnostics(parsed)]) {
    const line = parsed?.getLineAndCharacterOfPosition(start).line ?? 0;
    found.set(line, [...(found.get(line) ?? []), ts.flattenDiagnosticMessageText(messageText, '\n')]);
  }
  const refusals = source.split('\n').flatMap((line, index) => {
    const [, mistake] = /\/\/ refused: (.*)/.exec(line) ?? [];
    if (mistake === undefined) return [];
    const messages = found.get(index + 1) ?? [];
    found.delete(index + 1);
    return [{ mistake, messages }];
  });
  return { refusals, elsewhere: [...found].map(([line, messages]) => `${line + 1}: ${messages.join('\n')}`) };
}

/** What the message of each mistake must say, so that none is refused for another reason. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'staging is missing': ["Property 'staging' is missing"],
  'no such environment': ["'prod' does not exist", '"dev" | "staging" | "production"'],
  "'cpu' is misspelt": ["'cpu' does not exist in type 'Range"],
  'a fixed number of replicas and a range': ["Types of property 'min' are incompatible"],
  'a field is misspelt': ["'replcas' does not exist"],
  "payments has no port 'http'": [`'"http"' is not assignable to parameter of type '"grpc"'`],
  'a worker has no ports at all': ['this service has no ports'],
  'gRPC calls have no HTTP status codes': ["'onStatus' does not exist", 'onCode'],
  'what may not be repeated may not be retried': ["Property 'idempotent' is missing"],
  'nothing can be retried on a TCP port': ["'retries' does not exist"],
  'a value per environment of another platform': [`PerEnvironment<{ root: "prod"; derived: never; }, number>' is not assignable`, '"dev" | "staging" | "production"'],
  'the configuration of one environment does not match the schema': ["Type 'string' is not assignable to type 'number'"],
  'no such configuration key': ["'maxItem' does not exist", "Did you mean to write 'maxItems'"],
  'the key of a topic is a field of its message': [`'"orderId"' is not assignable to type '"id"'`],
  "'default' is not a name for an environment": ['default stands for all other environments, choose another name'],
  'orders never declared a call to ledger': ["Property 'ledger' does not exist", 'payments'],
  "no such method in payments' API": ["Property 'chrge' does not exist", "Did you mean 'charge'"],
  'the request misses priceCents': ["Property 'priceCents' is missing"],
  'no such configuration': ["Property 'maxItem' does not exist", "Did you mean 'maxItems'"],
  'the message misses petId': ["Property 'petId' is missing"],
  'orders does not produce refunds': [`'"refunded"' is not assignable to parameter of type '"placed"'`],
  'a consumed topic without a handler': ["Property 'placed' is missing"],
  'a port that nobody serves': ["Property 'events' is missing"],
  'part of a gRPC API that nobody implements': ["Property 'charge' is missing"],
  'a reloadable key that is none of the schema': [`'"maxItem"' is not assignable to type '"maxItems"'`],
};

describe('the compiler', () => {
  let compiled: ReturnType<typeof compile>;
  beforeAll(() => { compiled = compile(); }, 120_000);

  test('accepts the fleet and its processes', () => {
    expect(compiled.elsewhere).toEqual([]);
  });

  test('is asked about every mistake', () => {
    expect(compiled.refusals.map(({ mistake }) => mistake)).toEqual(Object.keys(expected));
  });

  test.each(Object.entries(expected))('refuses, and says why: %s', (mistake, words) => {
    const messages = compiled.refusals.find(refusal => refusal.mistake === mistake)?.messages ?? [];
    expect(messages).toHaveLength(1);
    words.forEach(word => expect(messages[0]).toContain(word));
  });
});
