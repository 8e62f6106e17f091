import type { Replacements } from './replacements';

/** Listeners of a server that bind every address of the machine bind the pod's only: `NAME://:PORT` becomes `NAME://<host>:PORT`. */
export function boundListeners(properties: string, host: string, { record }: Pick<Replacements, 'record'>): string {
  return properties.replace(/^(\s*listeners\s*[=:]\s*)(.*)$/gm, (_, key: string, listeners: string) => key + listeners.replace(
    /([A-Za-z0-9_-]+):\/\/(?:0\.0\.0\.0)?:(\d+)/g,
    (listener: string, name: string, port: string) => {
      record('bind address', listener, `${name}://<name of the pod>:${port}`);
      return `${name}://${host}:${port}`;
    },
  ));
}

/** An agent, or a program, that is told a port and listens at every address listens at the pod's only. */
export function boundAgent(argument: string, address: string, { record }: Pick<Replacements, 'record'>): string {
  const [, agent, options] = /^(?:(-javaagent:[^=]+=)|(?=port=))(.*)$/.exec(argument) ?? [];
  if (options === undefined || !/(^|,)port=\d+/.test(options) || /(^|,)host=/.test(options)) return argument;
  record('bind address', `agent ${options}`, `${options},host=<address of the pod>`);
  return `${agent ?? ''}${options},host=${address}`;
}
