export interface Arguments {
  /** Areas, or single checks as `area/check`. @default every area */
  readonly selections: readonly string[];
  /** Where to write the results as JSON. */
  readonly json?: string;
  readonly list: boolean;
  readonly help: boolean;
  /** A missing judge that is not optional is a failure. @default true when CI is true */
  readonly requireAll: boolean;
}

export const usage = `usage: npm run conformance [-- AREA…] [--json FILE] [--list] [--require-all]

  AREA            kubernetes, …; or one check of it, as kubernetes/kube-score  (default: all)
  --json FILE     also write the results to FILE
  --list          list areas, checks and the judges they need, and run nothing
  --require-all   a missing judge is a failure, not a skip (always so when CI=true; CI also installs it first)
`;

/** The arguments, or in words what is wrong with them. */
export function parseArguments(args: readonly string[], env: NodeJS.ProcessEnv): Arguments | string {
  const selections: string[] = [];
  let json: string | undefined;
  let list = false;
  let help = false;
  let requireAll = env.CI === 'true';
  for (let index = 0; index < args.length; index += 1) {
    const [flag, ...rest] = args[index].split('=');
    if (flag === '--json') {
      json = rest.length > 0 ? rest.join('=') : args[(index += 1)];
      if (!json || json.startsWith('--')) return 'conformance: --json has no value, expected a file';
    } else if (flag === '--list') {
      list = true;
    } else if (flag === '--help') {
      help = true;
    } else if (flag === '--require-all') {
      requireAll = true;
    } else if (flag.startsWith('-')) {
      return `conformance: flag is ${flag}, expected --json, --list or --require-all`;
    } else {
      selections.push(args[index]);
    }
  }
  return { selections, json, list, help, requireAll };
}
