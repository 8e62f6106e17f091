import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FoundJudge } from '../../judges/judge';
import { adopt, execute, removeScratch, scratchFolder } from '../../runner/processes';

/** Where the one node listens that is started to see which classes a node loads: away from those of any cluster. */
const address = '127.3.0.1';
const flags = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const startsWithin = 90_000;

/**
 * The classes of Kafka's jars as the JVM keeps them when it has read and checked them once, which takes half of the time in which a node starts.
 * Made once per JDK, beside the jars. Without it everything runs the same, and longer.
 *
 * @see https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html
 */
export async function sharedClassesOf(judge: FoundJudge): Promise<string | undefined> {
  const jdk = createHash('sha256').update(execFileSync('java', ['--version'])).digest('hex').slice(0, 12);
  const archive = join(dirname(judge.path), `classes-${judge.version}-${jdk}.jsa`);
  if (existsSync(archive)) return archive;
  const folder = scratchFolder('kafka-classes');
  try {
    const jars = join(judge.path, '*');
    const lists = await classLists(folder, jars);
    const all = join(folder, 'all');
    writeFileSync(all, [...new Set(lists.flatMap(file => readFileSync(file, 'utf8').split('\n')))].join('\n'));
    const draft = join(folder, 'classes.jsa');
    const { code, stdout, stderr } = await execute('java', [...flags, '-Xshare:dump', `-XX:SharedClassListFile=${all}`, `-XX:SharedArchiveFile=${draft}`, '-cp', jars]);
    if (code !== 0) throw new Error(`java -Xshare:dump ended with ${code}\n${stdout}\n${stderr}`);
    renameSync(draft, archive);
    return archive;
  } catch (error) {
    console.error(`kafka: classes are read anew by every process, which takes longer: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    return undefined;
  } finally {
    removeScratch(folder);
  }
}

/** What a node and an administrator's program load, in files. */
async function classLists(folder: string, jars: string): Promise<string[]> {
  const settings = join(folder, 'server.properties');
  const log = join(folder, 'log');
  const listeners = `CLIENT://${address}:9092,CONTROLLER://${address}:9093`;
  writeFileSync(settings, [
    'process.roles=broker,controller', 'node.id=1', `controller.quorum.bootstrap.servers=${address}:9093`, `listeners=${listeners}`, `advertised.listeners=${listeners}`,
    'listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT', 'inter.broker.listener.name=CLIENT', 'controller.listener.names=CONTROLLER',
    'offsets.topic.replication.factor=1', `log.dirs=${join(folder, 'data')}`,
  ].join('\n'));
  const java = (list: string, ...words: readonly string[]) => [...flags, `-XX:DumpLoadedClassList=${join(folder, list)}`, '-cp', jars, ...words];
  const run = async (list: string, ...words: readonly string[]) => {
    const { code, stderr } = await execute('java', java(list, ...words), { timeoutMs: startsWithin });
    if (code !== 0) throw new Error(`${words[0]} ended with ${code}\n${stderr}`);
  };
  await run('format', 'kafka.tools.StorageTool', 'format', '--cluster-id', 'MkU3OEVBNTcwNTJENDM2Qg', '--standalone', '--config', settings);
  const output = openSync(log, 'w');
  const node = adopt(spawn('java', java('node', 'kafka.Kafka', settings), { stdio: ['ignore', output, output] }));
  try {
    for (const deadline = Date.now() + startsWithin; !await listens(9092);) {
      if (Date.now() > deadline || node.exitCode !== null) throw new Error(`the node did not start\n${readFileSync(log, 'utf8')}`);
      await sleep(200);
    }
    await run('topics', 'org.apache.kafka.tools.TopicCommand', '--bootstrap-server', `${address}:9092`, '--create', '--topic', 'one', '--partitions', '2');
    await run('quorum', 'org.apache.kafka.tools.MetadataQuorumCommand', '--bootstrap-controller', `${address}:9093`, 'describe', '--status');
  } finally {
    const ended = new Promise(done => node.once('exit', done));
    if (node.exitCode === null && node.kill('SIGTERM')) await ended;
  }
  return ['format', 'node', 'topics', 'quorum'].map(list => join(folder, list));
}

const listens = (port: number) => new Promise<boolean>(answer => {
  const socket = connect(port, address);
  const end = (is: boolean) => { socket.destroy(); answer(is); };
  socket.once('connect', () => end(true)).once('error', () => end(false));
});
