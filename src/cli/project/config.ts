import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { MartyError } from '../../errors';
import { problemsOf } from '../../spec/problems';
import type { Io } from '../io';

/** As much of cdk8s.yaml as is read here; the rest is for cdk8s. */
const configSchema = z.looseObject({
  /** The command that runs the app. */
  app: z.string().min(1).optional(),
  /** The output folder, relative to the file. @default 'dist' */
  output: z.string().min(1).default('dist'),
  /** The module that exports the services, relative to the file. */
  fleet: z.string().min(1).optional(),
  /** The folder of release files, relative to the file. @default 'releases' */
  releases: z.string().min(1).default('releases'),
});

/** A project: the folder of its cdk8s.yaml, and what that says. */
export interface Project {
  readonly folder: string;
  /** The path of the file, as it is called in messages. */
  readonly file: string;
  readonly app?: string;
  readonly output: string;
  readonly fleet?: string;
  readonly releases: string;
}

/**
 * Reads cdk8s.yaml.
 *
 * @param file its path, relative to `cwd`.
 * @throws PROJECT_INVALID when it is missing, no YAML, or one of our keys is wrong.
 */
export function readProject(io: Io, cwd: string, file = 'cdk8s.yaml'): Project {
  const path = resolve(cwd, file);
  const text = io.files.text(path);
  if (text === undefined) throw new MartyError('PROJECT_INVALID', `${path} is missing; go to the folder of a project, name one with --cwd, or begin one with \`marty init\``);
  const document = parseDocument(text);
  if (document.errors.length) throw new MartyError('PROJECT_INVALID', `${path} is no YAML: ${document.errors[0].message.trim()}`);
  const content: unknown = document.toJS() ?? {};
  const problems = problemsOf(configSchema, content);
  if (problems.length) throw new MartyError('PROJECT_INVALID', `${path} cannot be used:`, { problems });
  const { app, output, fleet, releases } = configSchema.parse(content);
  return { folder: dirname(path), file: path, app, output, fleet, releases };
}

/**
 * A key of cdk8s.yaml that a command cannot do without.
 *
 * @throws PROJECT_INVALID when it is missing.
 */
export function needed(project: Project, key: 'app' | 'fleet'): string {
  const value = project[key];
  const example = { app: '`app: jiti main.ts`, the command that runs the app', fleet: '`fleet: fleet.ts`, the module that exports the services' };
  if (value === undefined) throw new MartyError('PROJECT_INVALID', `${project.file}: ${key} is missing, expected for example ${example[key]}`);
  return value;
}
