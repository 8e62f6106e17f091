import { catalogue } from './judges/catalogue';
import type { Judge } from './judges/judge';
import { MissingTool } from './judges/judge';

const usage = `usage: npm run judges [-- NAME…]

Builds the pinned judges that are not in the cache yet; without a name all of them.
The cache is MARTY_JUDGES_CACHE, or marty-msf/judges in the user's cache folder.
`;

async function main(names: readonly string[]): Promise<number> {
  const known = catalogue();
  const installable = known.filter(judge => judge.install);
  const unknown = names.filter(name => !installable.some(judge => judge.name === name));
  if (names.includes('--help')) {
    process.stdout.write(`${usage}\nJudges: ${installable.map(judge => judge.name).join(', ')}\n`);
    return 0;
  }
  if (unknown.length > 0) {
    process.stderr.write(
      `judges: name is ${unknown.join(', ')}, expected ${installable.map(judge => judge.name).join(', ')}\n\n${usage}`,
    );
    return 2;
  }
  let code = 0;
  for (const judge of names.length > 0
    ? installable.filter(candidate => names.includes(candidate.name))
    : installable) {
    code = Math.max(code, await provide(judge));
  }
  if (names.length === 0) {
    for (const judge of known.filter(candidate => !candidate.install)) {
      const found = await judge.find();
      process.stdout.write(
        found
          ? `${found.name} ${found.version} ${found.path} (optional, from the PATH)\n`
          : `${judge.name}: not on the PATH (optional)\n`,
      );
    }
  }
  return code;
}

/** Returns the exit code for this judge: a failure stops none of the others. */
async function provide(judge: Judge): Promise<number> {
  const present = await judge.find();
  if (present) {
    process.stdout.write(`${present.name} ${present.version} ${present.path} (present)\n`);
    return 0;
  }
  try {
    const built = await judge.install?.(line => process.stderr.write(`${line}\n`));
    process.stdout.write(`${judge.name} ${judge.version} ${built?.path ?? ''} (built)\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof MissingTool ? 4 : 1;
  }
}

void main(process.argv.slice(2)).then(code => {
  process.exitCode = code;
});
