import { join } from 'node:path';
import { z } from 'zod';
import { MartyError, type Problem } from '../../errors';
import { ownershipFile } from '../../synth/ownership';
import { needed, type Project } from '../project/config';
import { appEnvironment } from './app-environment';
import type { Ended, Io } from '../io';

/** What an app leaves behind when an error of ours ended it. */
const leftSchema = z.object({ message: z.string(), problems: z.array(z.object({ path: z.string(), message: z.string() })) });

/**
 * Runs the app of a project as cdk8s does, into a folder of its own.
 *
 * @param profiled is told what the app left about where its time went, when that is asked for.
 * @returns every manifest and ownership file that it wrote, by path.
 * @throws APP_FAILED when the app fails or writes nothing.
 */
export async function runApp(
  io: Io, project: Project, environments?: readonly string[], profiled?: (left: string | undefined) => void,
): Promise<ReadonlyMap<string, string>> {
  const app = needed(project, 'app');
  const work = io.files.temporary();
  try {
    const outdir = join(work, 'out');
    const errorFile = join(work, 'error.json');
    const reporter = join(__dirname, 'report-error.js');
    const profileFile = profiled && join(work, 'profile.json');
    const env = appEnvironment(io.env, { folder: project.folder, outdir, errorFile, reporter, environments, profileFile });
    const ended = await io.run(app, { cwd: project.folder, env });
    if (ended.code !== 0) throw appFailed(app, ended, io.files.text(errorFile));
    if (profileFile) profiled(io.files.text(profileFile));
    const names = io.files.list(outdir).filter(name => /\.ya?ml$/.test(name) || name.split('/').pop() === ownershipFile);
    const written = new Map(names.map(name => [name, io.files.text(join(outdir, name)) ?? '']));
    if (![...written.keys()].some(name => /\.ya?ml$/.test(name))) throw wroteNothing(app);
    return written;
  } finally {
    io.files.remove(work);
  }
}

function appFailed(app: string, { code, signal }: Ended, left: string | undefined): MartyError {
  // What shells end with when there is no such command.
  if (code === 127 || code === 9009) {
    const tool = app.trim().split(/\s+/).find(word => !/^\w+=/.test(word)) ?? app;
    return new MartyError('TOOL_MISSING', `app is \`${app}\`, but there is no command ${tool}; install it in the project, as in: npm install --save-dev ${tool}`);
  }
  const how = signal ? `was stopped by ${signal}` : `ended with exit code ${code}`;
  return new MartyError('APP_FAILED', `app \`${app}\` ${how}, as told above; nothing was written`, { cause: leftBy(left) });
}

/** What the app's own error says; the user has read it, a program has not. */
export function problemsOfApp(error: MartyError): readonly Problem[] {
  const left = leftSchema.safeParse(error.cause).data;
  return left ? [...left.problems, ...(left.problems.length ? [] : [{ path: '', message: left.message }])] : [];
}

function leftBy(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wroteNothing(app: string): MartyError {
  return new MartyError('APP_FAILED', `app \`${app}\` wrote no manifests, and nothing was changed; let it end with \`synthesize(app)\` or \`app.synth()\`, `
    + 'and name no outdir in it. To remove everything on purpose, delete the output folder');
}
