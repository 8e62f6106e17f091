import type { z } from 'zod';
import { MartyError, type Problem } from '../../errors';
import type { Declared, MicroserviceSpec } from '../../spec/microservice';
import { problemsOf } from '../../spec/problems';
import { runtimeConfigSchema, type RuntimeConfig } from '../../spec/runtime-config';
import { configFileOf, contentOf, textOf } from './content';
import { configured, schemaOf } from './configuration';
import { fitProblems } from './fit';
import { frozen } from '../../spec/frozen';
import type { Schema } from './json-schema';
import { overridden, type Variables } from './overrides';

/** Where a process finds its configuration. */
export interface RuntimeConfigOptions {
  /** The JSON file of the ConfigMap. @default - what MARTY_CONFIG_FILE names, else `/etc/marty/config/runtime.json` */
  readonly file?: string;
  /** Environment variables: `MARTY__CONFIG__MAX_ITEMS=7` overrides one value. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What a process runs with: the content of the ConfigMap, with overrides, and the configuration as its schema makes it. */
export type LoadedConfig<D extends Declared> = Readonly<Omit<RuntimeConfig, 'config'>> & { readonly config: Readonly<z.output<D['config']>> };

/**
 * Reads the ConfigMap of a service and holds it against the service's code.
 *
 * @throws CONFIG_INVALID with everything that does not fit: values, variables, and whatever the code declares and the ConfigMap lacks.
 */
export function loadRuntimeConfig<D extends Declared>(description: MicroserviceSpec<D>, options: RuntimeConfigOptions = {}): LoadedConfig<D> {
  const { file, env } = placesOf(options);
  return loadedFrom(description, textOf(file, description.name), file, env).loaded as LoadedConfig<D>;
}

/** Where to look, with the defaults filled. */
export function placesOf({ file, env = process.env }: RuntimeConfigOptions): { file: string; env: Variables } {
  return { file: file ?? configFileOf(env), env };
}

/** What a process runs with, and the values that its configuration was made from. */
export interface Loaded { readonly loaded: RuntimeConfig; readonly values: Schema }

/**
 * What the text of a ConfigMap's file makes a process run with.
 *
 * @throws CONFIG_INVALID with everything that does not fit.
 */
export function loadedFrom(description: MicroserviceSpec, text: string, file: string, env: Variables): Loaded {
  const { content, problems } = overridden(contentOf(text, file, description.name), schemaOf(description), env);
  const sections = soundSections(content);
  const values = sections.config ?? {};
  const { config, problems: unfit } = configured(description, values, sections.required ?? []);
  const all: Problem[] = [
    ...problems,
    ...problemsOf(runtimeConfigSchema, content),
    ...fitProblems(description, sections),
    ...(sections.config ? unfit : []),
  ];
  if (all.length) throw new MartyError('CONFIG_INVALID', `${description.name}: ${file} does not fit this build:`, { problems: all });
  return { loaded: Object.freeze({ ...frozen(runtimeConfigSchema.parse(content)), config: config as RuntimeConfig['config'] }), values };
}

/** The sections of a file that are of the right shape, so that one wrong section does not hide what is wrong with the others. */
function soundSections(content: Schema): Partial<RuntimeConfig> {
  return Object.fromEntries(Object.entries(runtimeConfigSchema.shape).flatMap(([section, schema]) => {
    const result = schema.safeParse(content[section]);
    return result.success ? [[section, result.data]] : [];
  }));
}
