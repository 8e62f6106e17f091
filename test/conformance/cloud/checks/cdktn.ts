import { dirname } from 'node:path';
import { eachApp } from '../stacks/apps';
import { synthesized, type Stack } from '../stacks/synthesized';
import { cdktf, workplaceOf, type Engine } from '../stacks/workplace';
import type { TerraformJson } from '../../../../src/cloud/validate/stack';
import { verdictOf, type Check, type Verdict } from '../../runner/check';

/** The same source on the maintained fork of the engine, under its name by an npm alias: the stacks are the same but for the stamp of the version. */
export const cdktnChecks: readonly Check[] = [{
  name: 'cdktn',
  judges: ['cdktn'],
  run: async function* ({ judge: judgeNamed }): AsyncIterable<Verdict> {
    const judge = judgeNamed('cdktn');
    const fork: Engine = { name: 'cdktn', modules: dirname(judge.path) };
    yield* eachApp(judge, async app => {
      const [ours, theirs] = [await synthesized(app), await synthesized(app, fork)];
      const missing = theirs.filter(({ name }) => !ours.some(stack => stack.name === name)).map(stack => `${stack.name} is synthesized by cdktn alone`);
      return ours.map(stack => verdictOf(judge, stack.title, stack.addresses.length, [
        ...compared(stack, theirs.find(({ name }) => name === stack.name), fork, judge.version), ...missing,
      ]));
    });
  },
}];

function compared(ours: Stack, theirs: Stack | undefined, fork: Engine, version: string): string[] {
  if (!theirs) return [`${ours.name} is not synthesized by cdktn`];
  const stamp = stampOf(theirs.json);
  return [
    ...(stamp === version ? [] : [`the stamp is ${stamp}, expected ${version}; another engine was at work`]),
    ...differences(unstamped(ours, cdktf), unstamped(theirs, fork)).slice(0, 20),
  ];
}

function stampOf(json: TerraformJson): unknown {
  return (json['//'] as Stamp | undefined)?.metadata?.version;
}

interface Stamp { readonly metadata?: { readonly version?: unknown } }

/** Without the version, and with each engine's folder by the same name. */
function unstamped({ text }: Stack, engine: Engine): unknown {
  const json = JSON.parse(text.replaceAll(workplaceOf(engine), '')) as { readonly '//': Stamp };
  return { ...json, '//': { ...json['//'], metadata: { ...json['//'].metadata, version: undefined } } };
}

/** Where two pieces of JSON differ, by path. */
function differences(ours: unknown, theirs: unknown, at = ''): string[] {
  if (isObject(ours) && isObject(theirs)) {
    return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].flatMap(key => differences(ours[key], theirs[key], at && `${at}.${key}` || key));
  }
  return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [`${at} is ${JSON.stringify(theirs)} with cdktn and ${JSON.stringify(ours)} with cdktf`];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
