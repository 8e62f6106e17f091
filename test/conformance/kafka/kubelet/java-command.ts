import { boundAgent } from './bindings';
import type { Replacements } from './replacements';

/** What a JVM has to know to be a pod on this machine. */
export interface JvmPlace {
  readonly hostsFile: string;
  readonly address: string;
  /** Where it may write what is temporary. */
  readonly temporary: string;
  /** In MiB; none is larger. */
  readonly largestHeap: number;
  /** The classes of Kafka's jars, as the JVM reads them fastest. */
  readonly sharedClasses?: string;
}

/** Less memory and less time for the compiler: these tell how the JVM works, not what it does. */
const small = ['-XX:TieredStopAtLevel=1', '-XX:CICompilerCount=1', '-XX:-UsePerfData'];

/**
 * The arguments of `java`, as this machine has to run it.
 *
 * @throws Error when the command is not `java`: nothing of an image but java and the jars is here
 */
export function javaArguments(command: readonly string[], { hostsFile, address, temporary, largestHeap, sharedClasses }: JvmPlace, replacements: Pick<Replacements, 'record'>): string[] {
  const [program, ...rest] = command;
  if (program !== 'java') throw new Error(`container: command is ${program ?? 'that of the image'}, expected java`);
  const collector = rest.some(argument => /^-XX:\+Use\w+GC$/.test(argument)) ? [] : ['-XX:+UseSerialGC'];
  replacements.record('java', 'java of the image', 'java on the PATH, with -Djdk.net.hosts.file and -Djava.io.tmpdir');
  replacements.record('flags', 'none', [...collector, ...small, ...(sharedClasses ? ['-XX:SharedArchiveFile=<the same classes>'] : [])].join(' '));
  return [
    `-Djdk.net.hosts.file=${hostsFile}`, `-Djava.io.tmpdir=${temporary}`, ...collector, ...small, ...(sharedClasses ? [`-XX:SharedArchiveFile=${sharedClasses}`, '-Xlog:cds=off', '-Xlog:class+path=off'] : []),
    ...rest.map(argument => boundAgent(bounded(argument, largestHeap, replacements), address, replacements)),
  ];
}

const mebibytes: Readonly<Record<string, number>> = { '': 1 / 1_048_576, 'k': 1 / 1024, 'm': 1, 'g': 1024, 't': 1_048_576 };

function bounded(argument: string, largest: number, { record }: Pick<Replacements, 'record'>): string {
  const [, flag, size, unit] = /^(-Xm[sx])(\d+)([kmgtKMGT]?)$/.exec(argument) ?? [];
  if (flag === undefined || Number(size) * mebibytes[unit.toLowerCase()] <= largest) return argument;
  record('heap size', argument, `${flag}${largest}m`);
  return `${flag}${largest}m`;
}
