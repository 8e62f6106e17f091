import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudApp } from './apps';
import { planted } from './sentinel';
import { strippedEnvironment } from './terraform';
import { cdktf, workplaceOf, type Engine } from './workplace';
import type { TerraformJson } from '../../../../src/cloud/validate/stack';
import { execute } from '../../runner/processes';

/** A stack as cdktf wrote it. */
export interface Stack {
  readonly app: CloudApp;
  readonly name: string;
  /** How the report calls it: `aws/minimal/production`. */
  readonly title: string;
  /** The folder with its `cdk.tf.json`. */
  readonly folder: string;
  readonly text: string;
  readonly json: TerraformJson;
  /** The names of the stacks that are there before it. */
  readonly after: readonly string[];
  /** Its resources and data sources. */
  readonly addresses: readonly string[];
}

interface Manifest { readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string; readonly dependencies: readonly string[] }>> }

const known = new Map<string, Promise<readonly Stack[]>>();

/** The stacks of an app, synthesized once by its own command; those that others refer to come first. */
export function synthesized(app: CloudApp, engine: Engine = cdktf): Promise<readonly Stack[]> {
  const id = `${engine.name} ${app.name}`;
  const present = known.get(id) ?? synthesize(app, engine);
  known.set(id, present);
  return present;
}

/** The folder of an app in its workplace. */
export function folderOf(app: CloudApp, engine: Engine = cdktf): string {
  return join(workplaceOf(engine), app.place);
}

async function synthesize(app: CloudApp, engine: Engine): Promise<readonly Stack[]> {
  const folder = folderOf(app, engine);
  const { app: command } = JSON.parse(readFileSync(join(folder, 'cdktf.json'), 'utf8')) as { app: string };
  const env = { ...strippedEnvironment(), ...planted([]), CDKTF_OUTDIR: 'cdktf.out' };
  const { code, stdout, stderr } = await execute('sh', ['-c', command], { cwd: folder, env });
  if (code !== 0) throw new Error(`${app.name}: ${command} ended with ${code}\n${`${stdout}\n${stderr}`.trim().split('\n').slice(-20).join('\n')}`);
  return readStacks(app, join(folder, 'cdktf.out'));
}

/** Reads what was synthesized; those that others refer to come first. */
export function readStacks(app: CloudApp, output: string): readonly Stack[] {
  const { stacks } = JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8')) as Manifest;
  const ordered: Stack[] = [];
  const visit = (name: string) => {
    if (ordered.some(stack => stack.name === name)) return;
    stacks[name].dependencies.forEach(visit);
    const path = stacks[name].synthesizedStackPath;
    const text = readFileSync(join(output, path), 'utf8');
    const json = JSON.parse(text) as TerraformJson;
    const addresses = (['resource', 'data'] as const).flatMap(kind => Object.entries(json[kind] ?? {})
      .flatMap(([type, named]) => Object.keys(named).map(block => `${kind === 'data' ? 'data.' : ''}${type}.${block}`)));
    ordered.push({ app, name, title: `${app.name}/${name}`, folder: join(output, path, '..'), text, json, after: stacks[name].dependencies, addresses });
  };
  Object.keys(stacks).sort().forEach(visit);
  return ordered;
}
