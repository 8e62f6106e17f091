import { z } from 'zod';
import { MartyError, type Problem } from '../errors';
import { isPlain } from './configuration';
import { environmentSchema, environmentsSchema, type Environment, type EnvironmentInput } from './environment';
import { frozen } from './frozen';
import { interpreted, problemsOf } from './problems';
import { labelSchema } from './syntax';
import { isPerEnvironment } from './varying';

/** What a user writes for one environment: whole, or what differs from the one it extends. */
export type EnvironmentWritten = EnvironmentInput | ({ extends: string } & Partial<EnvironmentInput>);

/** A platform as data: its name and its environments, as they were written. */
export interface PlatformSpec {
  readonly name: string;
  readonly environments: Readonly<Record<string, EnvironmentWritten>>;
}

export const platformSchema = z.strictObject({ name: labelSchema(40), environments: environmentsSchema });

/** The environment and those it extends, nearest first; stops where a name is unknown or comes again. */
export function chainOf(environments: PlatformSpec['environments'], name: string): string[] {
  const chain: string[] = [];
  const goesOn = (at: string | undefined): at is string => at !== undefined && Object.hasOwn(environments, at) && !chain.includes(at);
  for (let at: string | undefined = name; goesOn(at); at = extended(environments[at])) chain.push(at);
  return chain;
}

const extended = (written: unknown) => (isPlain(written) && typeof written.extends === 'string' ? written.extends : undefined);

/** Everything that is wrong with a platform. */
export function platformProblems(input: unknown): Problem[] {
  const problems = problemsOf(platformSchema, input);
  return problems.length ? problems : inheritanceProblems((input as PlatformSpec).environments);
}

function inheritanceProblems(environments: PlatformSpec['environments']): Problem[] {
  return Object.entries(environments).flatMap(([name, written]) => {
    if (!('extends' in written)) return [];
    const at = `environments.${name}`;
    if (!Object.hasOwn(environments, written.extends)) {
      return [{ path: `${at}.extends`, message: `is "${written.extends}", expected one of ${Object.keys(environments).filter(other => other !== name).join(', ')}` }];
    }
    const chain = chainOf(environments, name);
    const last = environments[chain[chain.length - 1]];
    if ('extends' in last) return [{ path: `${at}.extends`, message: `leads back to itself: ${[...chain, last.extends].join(' -> ')}` }];
    const facts = factsWritten(environments, name);
    return problemsOf(environmentSchema, facts).map(problem => ({ ...problem, path: `${at}.${problem.path}` }));
  });
}

/** The facts of an environment, with those of the environments it extends, and every default. */
export function factsOf(platform: PlatformSpec, environment: string): Environment {
  if (!Object.hasOwn(platform.environments, environment)) {
    throw new MartyError('PLATFORM_INVALID', `environment: is "${environment}", expected one of ${Object.keys(platform.environments).join(', ')}`);
  }
  const known = settledFacts.get(platform.environments) ?? new Map<string, Environment>();
  settledFacts.set(platform.environments, known);
  const facts = known.get(environment) ?? frozen(environmentSchema.parse(factsWritten(platform.environments, environment), interpreted));
  known.set(environment, facts);
  return facts;
}

/** Every service of a platform asks for the same facts. */
const settledFacts = new WeakMap<PlatformSpec['environments'], Map<string, Environment>>();

function factsWritten(environments: PlatformSpec['environments'], name: string): object {
  const layers = chainOf(environments, name).reverse().map((layer): object => environments[layer]);
  const kept = (below: object, layer: object) => Object.fromEntries(Object.entries(below).filter(([fact]) => !replaces(layer, fact)));
  const facts = layers.reduce((below, layer) => ({ ...kept(below, layer), ...layer }), {});
  return Object.fromEntries(Object.entries(facts).filter(([fact]) => fact !== 'extends'));
}

/** Messages are carried by one thing: who extends an environment and names the other one means that instead. */
const replaces = (layer: object, fact: string) => (fact === 'kafka' && 'topics' in layer) || (fact === 'topics' && 'kafka' in layer);

/** What is wrong with the environments that a per-environment value names. */
export function environmentProblems(platform: PlatformSpec, value: unknown, path: string): Problem[] {
  if (isPerEnvironment(value)) {
    const names = Object.keys(platform.environments);
    const said = Object.keys(value.perEnvironment ?? {});
    const unknown = said.filter(name => name !== 'default' && !names.includes(name));
    const silent = names.filter(name => ![...chainOf(platform.environments, name), 'default'].some(layer => said.includes(layer)));
    return [
      ...unknown.map(name => ({ path: `${path}.perEnvironment.${name}`, message: `is no environment, expected one of ${names.join(', ')} or default` })),
      ...(silent.length ? [{ path, message: `says nothing for ${silent.join(', ')}; name ${silent.length > 1 ? 'them' : 'it'}, or add a default` }] : []),
    ];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => environmentProblems(platform, item, `${path}.${key}`));
}
