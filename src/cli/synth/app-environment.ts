import { delimiter, dirname, join } from 'node:path';

type Variables = Readonly<Record<string, string | undefined>>;

export interface AppOptions {
  /** The folder of the project. */
  readonly folder: string;
  /** Where the app is to write. */
  readonly outdir: string;
  /** Where an error that ends the app is left. */
  readonly errorFile: string;
  /** The module that reports errors. */
  readonly reporter: string;
  /** Only these environments, when given. */
  readonly environments?: readonly string[];
  /** Where the app is to leave where its time went, when that is asked for. */
  readonly profileFile?: string;
}

/** The variables that an app runs with: what cdk8s sets, and what is ours. */
export function appEnvironment(env: Variables, { folder, outdir, errorFile, reporter, environments, profileFile }: AppOptions): Variables {
  const path = Object.keys(env).find(name => name.toUpperCase() === 'PATH') ?? 'PATH';
  const required = `--require "${reporter.replace(/[\\"]/g, '\\$&')}"`;
  return {
    ...env,
    [path]: [...binFolders(folder), env[path]].filter(Boolean).join(delimiter),
    NODE_OPTIONS: [env.NODE_OPTIONS, required].filter(Boolean).join(' '),
    CDK8S_OUTDIR: outdir,
    MARTY_OUTDIR: outdir,
    CDK8S_RECORD_CONSTRUCT_METADATA: env.CDK8S_RECORD_CONSTRUCT_METADATA ?? 'false',
    MARTY_ERROR_FILE: errorFile,
    ...(profileFile ? { MARTY_PROFILE_FILE: profileFile } : {}),
    ...(environments ? { MARTY_ENVIRONMENTS: environments.join(',') } : {}),
  };
}

/** Where the commands of installed packages are, the nearest first. */
function binFolders(folder: string): string[] {
  const above = dirname(folder);
  return [join(folder, 'node_modules', '.bin'), ...(above === folder ? [] : binFolders(above))];
}
