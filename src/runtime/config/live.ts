import { readFile } from 'node:fs/promises';
import { isMartyError, MartyError } from '../../errors';
import type { Declared, MicroserviceSpec } from '../../spec/microservice';
import { textOf } from './content';
import { configured } from './configuration';
import { isRecord } from '../../spec/frozen';
import { loadedFrom, placesOf, type LoadedConfig, type RuntimeConfigOptions } from './load';
import { reasonOf } from './reason';

export interface LiveConfigOptions extends RuntimeConfigOptions {
  /** Milliseconds between two looks at the file, at least 1. @default 5000 */
  readonly intervalMs?: number;
}

/** Configuration that follows its file while the process runs. */
export interface LiveConfig<D extends Declared> {
  /** What the process runs with. `config` is one object for good, whose reloadable keys change; everything else stays as it was at the start. */
  readonly values: LoadedConfig<D>;
  /** Stops following the file. */
  close(): void;
}

/**
 * Reads the ConfigMap of a service as {@link loadRuntimeConfig} does, and takes over changes of its reloadable keys. A file that
 * cannot be used changes nothing and is reported on stderr, once.
 *
 * @throws CONFIG_INVALID with everything that does not fit at the start.
 */
export function createLiveConfig<D extends Declared>(description: MicroserviceSpec<D>, options: LiveConfigOptions = {}): LiveConfig<D> {
  const { file, env } = placesOf(options);
  let text = textOf(file, description.name);
  const { loaded, values } = loadedFrom(description, text, file, env);
  const { config, reloadable } = loaded;
  if (reloadable.length === 0) return { values: loaded as LoadedConfig<D>, close: () => undefined };
  if (!isRecord(config)) {
    throw new MartyError('CONFIG_INVALID', `${description.name}: config has the reloadable keys ${reloadable.join(', ')}, ${
      'but its schema makes an instance of a class, expected a plain object; remove the transform, or make no key reloadable'}`);
  }

  const current: Record<string, unknown> = { ...config };
  const stays = (key: string) => !reloadable.includes(key) && key in values;
  const takeOver = (changed: string) => {
    const next = loadedFrom(description, changed, file, env);
    const mixed = {
      ...pick(values, key => !reloadable.includes(key)),
      ...pick(next.values, key => reloadable.includes(key)),
    };
    const { config: made, problems } = configured(description, mixed, []);
    if (problems.length || !isRecord(made)) {
      throw new MartyError('CONFIG_INVALID', `${description.name}: the reloadable keys do not fit the values that stay until the next start:`, { problems });
    }
    Object.keys(current).filter(key => !stays(key) && !(key in made)).forEach(key => { delete current[key]; });
    Object.assign(current, pick(made, key => !stays(key)));
  };

  let reported = '';
  const report = (error: unknown) => {
    const message = isMartyError(error) ? error.message : `${description.name}: ${file} cannot be read again (${reasonOf(error)})`;
    const line = `${message.replace(/:?\n\s*/g, '; ')}; the values from before stay`;
    if (line !== reported) process.stderr.write(`${line}\n`);
    reported = line;
  };
  const look = async () => {
    try {
      const found = await readFile(file, 'utf8');
      if (found === text) return;
      text = found;
      takeOver(found);
      reported = '';
    } catch (error) {
      report(error);
    }
  };
  const timer = setInterval(() => { void look(); }, options.intervalMs ?? 5000).unref();
  return {
    values: Object.freeze({ ...loaded, config: readOnly(current) }) as LoadedConfig<D>,
    close: () => clearInterval(timer),
  };
}

function readOnly(target: object): object {
  const refuse = () => false;
  return new Proxy(target, { set: refuse, defineProperty: refuse, deleteProperty: refuse, setPrototypeOf: refuse, preventExtensions: refuse });
}

function pick(values: Readonly<Record<string, unknown>>, wanted: (key: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => wanted(key)));
}

