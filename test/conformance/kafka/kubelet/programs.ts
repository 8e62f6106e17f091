import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { boundListeners } from './bindings';
import { environmentOf, expanded } from './environment';
import { imageJars, judgeOfImage } from './images';
import { javaArguments } from './java-command';
import { allMountsOf, mountsOf } from './mounts';
import type { Container } from './objects';
import type { JavaProgram, KubeletOptions, PlacedPod, ToolOptions } from './options';
import { replacePaths } from './paths';
import type { Program } from './running-container';
import type { Written } from './volumes';
import type { World } from './world';

/** What has to be run and written in the place of what was rendered; every replacement is made here and recorded. */
export interface Programs {
  /** A command of a container; without one its own. */
  of(pod: PlacedPod, container: Container, command?: readonly string[]): Program;
  /** What is changed in the files that a pod mounts. */
  files(pod: PlacedPod): Written;
  /** A main class with Kafka's jars, outside of pods. */
  outside(tool: ToolOptions): JavaProgram;
}

const place = '<folder of the volume>';

export function createPrograms({ folder, replacements, hostOf, hostsFile, placesOf, sourcesOf, logOf }: World, options: KubeletOptions): Programs {
  const { judges, largestHeap = 256, defaultPaths = {}, sharedClasses = {} } = options;
  return {
    of: (pod, container, command = [...container.command ?? [], ...container.args ?? []]) => {
      const places = placesOf(pod);
      const judge = judgeOfImage(container.image, judges);
      const mounts = mountsOf(pod, container, places);
      const mapped = (text: string) => replacePaths(text, new Map([...mounts, [imageJars, judge.path]]), path => (
        path === imageJars ? replacements.record('jars', imageJars, `jars of ${judge.name} ${judge.version}`) : replacements.record('mount path', path, place)));
      const rendered = environmentOf(container, pod, sourcesOf(pod));
      const mounted = (path: string) => replacePaths(path, mounts) !== path;
      const told = Object.entries(defaultPaths).filter(([variable, path]) => !(variable in rendered) && mounted(path));
      for (const [variable, path] of told) replacements.record('default path', path, `${place}, told by ${variable}`);
      const env = Object.fromEntries([...Object.entries(rendered), ...told].map(([variable, value]) => [variable, mapped(value)]));
      const temporary = mounts.get('/tmp') ?? join(places.pod, 'tmp');
      mkdirSync(temporary, { recursive: true });
      return {
        title: `${pod.name}/${container.name}`, file: 'java', cwd: places.pod, log: logOf(pod.name, container.name),
        args: javaArguments(
          command.map(argument => mapped(expanded(argument, rendered))),
          { hostsFile: hostsFile(pod.name), address: pod.address, temporary, largestHeap, sharedClasses: sharedClasses[judge.version] },
          replacements),
        env: { PATH: process.env.PATH ?? '', HOSTNAME: pod.name, ...env },
      };
    },
    files: pod => {
      const paths = allMountsOf(pod, placesOf(pod));
      const host = hostOf(pod);
      return (file, content) => {
        const text = content.toString('utf8');
        // What is no text is left as it is.
        if (!Buffer.from(text).equals(content)) return content;
        const mapped = replacePaths(text, paths, path => replacements.record('mount path', path, place));
        return Buffer.from(file.endsWith('.properties') ? boundListeners(mapped, host, replacements) : mapped);
      };
    },
    outside: ({ version = judges[0].version, main, args = [], classpath = [] }) => {
      const judge = judges.find(each => each.version === version);
      if (!judge) throw new Error(`tool ${main}: version is ${version}, expected ${judges.map(each => each.version).join(' or ')}`);
      const temporary = join(folder, 'outside');
      mkdirSync(temporary, { recursive: true });
      const command = ['java', '-Xmx128m', '-cp', [...classpath, join(judge.path, '*')].join(':'), main, ...args];
      return { file: 'java', args: javaArguments(command, { hostsFile: hostsFile(), address: '127.0.0.1', temporary, largestHeap, ...(classpath.length ? {} : { sharedClasses: sharedClasses[version] }) }, { record: () => undefined }) };
    },
  };
}
