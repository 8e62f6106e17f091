import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorSchema } from '../../src/cli/failure-schema';
import { createIo } from '../../src/cli/io';
import { emptyFolder, marty, martyHere, removeFolders, repository, run, write } from './_world';

const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };
const commands = ['init', 'synth', 'check', 'env', 'explain', 'spec', 'contract', 'catalog', 'import', 'kafka', 'infra', 'diff'];

afterAll(removeFolders);

describe('marty', () => {
  test.each([[['--help']], [['help']]])('%j prints every command, as data', async args => {
    const { exit, out, err } = await martyHere('/', args);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect([...out.matchAll(/^ {2}([a-z]+) .*[A-Z]/gm)].map(([, name]) => name)).toEqual([...commands, 'help']);
    expect(out).toContain('Exit codes: 0 done, 1 findings or drift, 2 wrong use, 3 invalid input, 4 a needed program is missing, 70 a mistake of marty itself.');
  });

  test.each(commands)('help %s prints what its --help prints', async name => {
    const { exit, out } = await martyHere('/', ['help', name]);
    expect(exit).toBe(0);
    expect(out).toContain(`Usage: marty ${name}`);
    expect(out).toContain('--cwd <dir>');
    expect(await martyHere('/', [name, '--help'])).toEqual({ exit: 0, out, err: '' });
  });

  test('help of a command below another prints what its --help prints', async () => {
    const { exit, out } = await martyHere('/', ['help', 'infra', 'config']);
    expect(exit).toBe(0);
    expect(out).toContain('Usage: marty infra config');
    expect(await martyHere('/', ['infra', 'config', '--help'])).toEqual({ exit: 0, out, err: '' });
  });

  test('--version prints the version of the package', async () => {
    expect(await martyHere('/', ['--version'])).toEqual({ exit: 0, out: `${version}\n`, err: '' });
  });

  test('without a command tells how it is used, and does not count as done', async () => {
    const { exit, out, err } = await martyHere('/', []);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain('Usage: marty');
  });

  test.each([
    [['snyth'], "error: unknown command 'snyth'\n(Did you mean synth?)\n"],
    [['help', 'snyth'], "error: unknown command 'snyth'\n(Did you mean synth?)\n"],
    [['help', 'infra', 'cofnig'], "error: unknown command 'cofnig'\n(Did you mean config?)\n"],
    [['help', 'init', 'shop'], "error: unknown command 'shop'\n"],
    [['synth', '--evn', 'dev'], "error: unknown option '--evn'\n(Did you mean --env?)\n"],
    [['synth', '--josn'], "error: unknown option '--josn'\n(Did you mean --json?)\n"],
    [['synth', 'dev'], "error: too many arguments for 'synth'. Expected 0 arguments but got 1.\n"],
    [['synth', '--out'], "error: option '--out <dir>' argument missing\n"],
  ])('refuses %j as wrong use, and says what is nearest', async (args, message) => {
    expect(await martyHere('/', args)).toEqual({ exit: 2, out: '', err: message });
  });
});

describe('what goes wrong', () => {
  const bug = { files: { text: () => { throw new TypeError('cannot read properties of undefined'); } } };
  const cases = [
    ['wrong use', 2, 'USAGE', ['synth', '--evn'], {}],
    ['wrong use that a command finds', 2, 'USAGE', ['spec', '--schema', 'x'], {}],
    ['invalid input', 3, 'PROJECT_INVALID', ['synth'], {}],
    ['a missing program', 4, 'TOOL_MISSING', ['synth', '--cwd', 'project'], { app: () => ({ code: 127 }) }],
    ['a mistake of ours', 70, 'INTERNAL', ['synth'], bug],
  ] as const;
  const folder = () => write(emptyFolder(), { 'project/cdk8s.yaml': 'app: x' });

  test.each(cases)('by %s ends with %d; with --json the error is data', async (_, exit, code, args, world) => {
    const told = await martyHere(folder(), args, world);
    expect(told).toMatchObject({ exit, out: '' });
    expect(told.err).toMatch(/^error: ./);
    const json = await martyHere(folder(), [...args, '--json'], world);
    expect(json.exit).toBe(exit);
    expect(errorSchema.parse(JSON.parse(json.out)).error.code).toBe(code);
  });

  test('by a mistake of ours is told with its stack, by anything else without one', async () => {
    expect((await martyHere('/', ['synth'], bug)).err).toMatch(/error: TypeError: cannot read .*\n {4}at [^]*This is a mistake of marty itself; please report it/);
    expect((await martyHere(emptyFolder(), ['synth'])).err).not.toContain('    at ');
  });

  test('by what the file system refuses is no mistake of ours', async () => {
    const { exit, err } = await martyHere(write(emptyFolder(), { 'cdk8s.yaml/x': '' }), ['synth']);
    expect({ exit, err }).toMatchObject({ exit: 3, err: expect.stringMatching(/^error: EISDIR: .*cdk8s.yaml\n$/) as unknown });
  });

  test('is coloured only where colours are wanted', async () => {
    expect((await martyHere(emptyFolder(), ['synth'], { color: true })).err).toMatch(/^\u001B\[31merror:\u001B\[39m /);
    expect((await martyHere(emptyFolder(), ['synth'], { color: false })).err).toMatch(/^error: /);
    const tty = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
    Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true });
    const colors = (value: string) => {
      process.env.NO_COLOR = value;
      return createIo().color;
    };
    expect([colors('1'), colors('')]).toEqual([false, process.env.TERM !== 'dumb']);
    delete process.env.NO_COLOR;
    if (tty) Object.defineProperty(process.stderr, 'isTTY', tty);
    else Object.defineProperty(process.stderr, 'isTTY', { value: undefined, configurable: true });
  });
});

describe('bin/marty', () => {
  test('hands on the exit code, data and talk', () => {
    expect(marty('/', ['--version'])).toEqual({ exit: 0, out: `${version}\n`, err: '' });
    const { exit, out, err } = marty(emptyFolder(), ['synth']);
    expect({ exit, out }).toEqual({ exit: 3, out: '' });
    expect(err).toMatch(/^error: .*cdk8s.yaml is missing/);
  });

  test('ends quietly when its reader has had enough', () => {
    const program = `${process.execPath} ${join(repository, 'bin', 'marty')} spec --schema`;
    const { exit, err } = run('/', 'bash', ['-c', `${program} | head -c 1 > /dev/null; exit \${PIPESTATUS[0]}`]);
    expect([0, 141]).toContain(exit);
    expect(err).toBe('');
  });
});
