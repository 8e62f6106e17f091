import { appendFileSync, cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudApp } from './apps';
import { localized } from './local';
import { synthesized, type Stack } from './synthesized';
import { complaint, stackFolder, withTerraform, type Terraform } from './terraform';
import type { FoundJudge } from '../../judges/judge';
import { scratchFolder, type Outcome } from '../../runner/processes';
import { together } from '../../runner/together';

/** What became of a stack on the pretend cloud. */
export interface AppliedStack {
  readonly stack: Stack;
  /** Its folder, with both plans, what Terraform said, and the state as `applied.tfstate`, from before it was destroyed. */
  readonly folder: string;
  /** The plan before anything is there, as JSON: much in it is not known yet. */
  readonly before: string;
  /** The plan when all is there, as JSON: it changes nothing, and all in it is known. */
  readonly after: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** How many resources there were. */
  readonly count: number;
  readonly problems: readonly string[];
}

const known = new Map<string, Promise<readonly AppliedStack[]>>();

/** Brings the stacks of an app to life on the pretend cloud and takes them away again, once, those first that others refer to. */
export function applied(app: CloudApp, terraform: FoundJudge): Promise<readonly AppliedStack[]> {
  const id = `${app.name} ${terraform.path}`;
  const present = known.get(id) ?? synthesized(app).then(stacks => applyAll(stacks, terraform));
  known.set(id, present);
  return present;
}

/** The same for stacks that are at hand. */
export async function applyAll(stacks: readonly Stack[], terraform: FoundJudge): Promise<readonly AppliedStack[]> {
  const place = scratchFolder('applied');
  const statePlace = (name: string) => join(place, name, 'terraform.tfstate');
  return withTerraform(terraform, stacks.map(({ json }) => json), async running => {
    const live: AppliedStack[] = [];
    for (const wave of wavesOf(stacks)) {
      live.push(...await together(wave, stack => bringToLife(stack, stackFolder(place, stack.name, localized(stack, stacks, statePlace)), running)));
    }
    const gone = new Map<string, readonly string[]>();
    for (const wave of wavesOf(stacks).reverse()) {
      for (const [name, problems] of await together(wave, stack => takeAway(stack, join(place, stack.name), running))) gone.set(name, problems);
    }
    return live.map(one => ({ ...one, problems: [...one.problems, ...gone.get(one.stack.name) ?? []] }));
  });
}

/** Stacks that can be worked on at once, group after group. */
function wavesOf(stacks: readonly Stack[]): Stack[][] {
  const waves: Stack[][] = [];
  const depth = (stack: Stack): number => 1 + Math.max(-1, ...stacks.filter(({ name }) => stack.after.includes(name)).map(depth));
  for (const stack of stacks) (waves[depth(stack)] ??= []).push(stack);
  return waves;
}

async function bringToLife(stack: Stack, folder: string, terraform: Terraform): Promise<AppliedStack> {
  const problems: string[] = [];
  const step = async (name: string, ...command: readonly string[]): Promise<Outcome> => {
    const outcome = problems.length > 0 ? { code: 0, stdout: '', stderr: '' } : await terraform.run(folder, ...command);
    appendFileSync(join(folder, 'log.txt'), `${outcome.stdout}\n${outcome.stderr}\n`);
    problems.push(...complaint(name, outcome));
    return outcome;
  };
  await step('init', 'init', '-input=false', '-no-color');
  await step('plan', 'plan', '-input=false', '-no-color', '-out=before.plan');
  const before = await step('show', 'show', '-json', 'before.plan');
  await step('apply', 'apply', '-input=false', '-no-color', 'before.plan');
  await step('the second plan', 'plan', '-input=false', '-no-color', '-detailed-exitcode', '-out=after.plan');
  const after = await step('show', 'show', '-json', 'after.plan');
  const shown = await step('show', 'show', '-json');
  const state = (problems.length > 0 ? {} : JSON.parse(shown.stdout)) as State;
  const outputs = Object.fromEntries(Object.entries(state.values?.outputs ?? {}).map(([name, { value }]) => [name, value]));
  const there = state.values?.root_module?.resources?.map(({ address }) => address) ?? [];
  if (problems.length === 0) {
    problems.push(...stack.addresses.filter(address => !there.some(one => one.replace(/\[.*/s, '') === address)).map(address => `${address} is not in the state`));
    cpSync(join(folder, 'terraform.tfstate'), join(folder, 'applied.tfstate'));
  }
  return { stack, folder, before: before.stdout, after: after.stdout, outputs, count: there.length, problems };
}

interface State {
  readonly values?: {
    readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
    readonly root_module?: { readonly resources?: readonly { readonly address: string }[] };
  };
}

async function takeAway({ name }: Stack, folder: string, terraform: Terraform): Promise<[string, string[]]> {
  if (!existsSync(join(folder, 'terraform.tfstate'))) return [name, []];
  const problems = complaint('destroy', await terraform.run(folder, 'destroy', '-auto-approve', '-refresh=false', '-input=false', '-no-color'));
  const { resources } = JSON.parse(readFileSync(join(folder, 'terraform.tfstate'), 'utf8')) as { resources: unknown[] };
  if (resources.length > 0) problems.push(`the state still holds ${resources.length} resources after destroy, expected none`);
  return [name, problems];
}
