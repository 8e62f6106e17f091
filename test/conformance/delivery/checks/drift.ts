import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIo } from '../../../../src/cli/io';
import { main } from '../../../../src/cli/main';
import { compareSides } from '../../../../src/cli/diff/compare';
import { linesOf, titleOf } from '../../../../src/cli/diff/lines';
import type { DiffResult } from '../../../../src/cli/diff/result';
import type { Side } from '../../../../src/cli/diff/side';
import { objectsIn } from '../../../../src/manifests/object-set';
import { readYaml } from '../../../../src/manifests/yaml-documents';
import type { FoundJudge } from '../../judges/judge';
import type { Check, CheckContext, Verdict } from '../../runner/check';
import { verdictOf } from '../../runner/check';
import { removeScratch, scratchFolder } from '../../runner/processes';
import { createApiServer, type ApiServer } from '../../kubernetes/api-server';
import { servers } from '../../kubernetes/checks/api-server';
import { renderings } from '../../kubernetes/checks/generated';
import type { KubernetesObject } from '../../kubernetes/manifest';
import { manifestsOf, subjects, titleOf as titleOfSubject, type Subject } from '../../kubernetes/subjects';
import { applied, dumpOf } from '../cluster';
import { handEdits } from '../hand-edits';

/** How many environments of generated fleets each server is given. */
const fleets = 10;
/** How many objects of a kind are edited by hand, value by value. */
const editedPerKind = 2;

/** A cluster that nobody touched shows no drift, whatever the server added; what somebody edits by hand is found. */
export const driftChecks: readonly Check[] = servers.map(({ judge, judges }) => ({
  name: judge.replace('kube-apiserver', 'drift'),
  judges: ['etcd', judge],
  run: context => judgeDrift(context, judge, subjects().filter(subject => subject.example === 'petstore' && judges(subject))),
}));

async function* judgeDrift(context: CheckContext, name: string, petstores: readonly Subject[]): AsyncIterable<Verdict> {
  const judge = context.judge(name);
  const server = await createApiServer({ etcd: context.judge('etcd'), server: judge });
  const ours = { ...judge, version: server.version };
  try {
    for (const subject of petstores) {
      const objects = manifestsOf(subject).map(({ object }) => object);
      const cluster = await applied(server, objects);
      const lines = await driftOfCommand(subject, await dumpOf(server, objects));
      yield verdictOf(ours, `drift of ${titleOfSubject(subject)}`, objects.length, [...cluster.problems, ...lines]);
      await cluster.remove();
    }
    for (const { title, manifests } of renderings(name.endsWith('1.28') ? '1.28' : '1.37', fleets)) {
      yield await driftOf(ours, server, title, manifests.map(({ object }) => object));
    }
    const [whole] = renderings(name.endsWith('1.28') ? '1.28' : '1.37', 1);
    const edited = petstores.length ? manifestsOf(petstores[petstores.length - 1]) : whole.manifests;
    const objects = edited.map(({ object }) => object);
    const cluster = await applied(server, objects);
    const { taken, kinds, problems } = await handEdits(server, objects, editedPerKind);
    yield verdictOf(ours, `edits by hand of ${kinds} kinds, value by value`, taken, [...cluster.problems, ...problems]);
    await cluster.remove();
  } finally {
    await server.close();
  }
}

async function driftOf(judge: FoundJudge, server: ApiServer, title: string, objects: readonly KubernetesObject[]): Promise<Verdict> {
  const cluster = await applied(server, objects);
  const dump = readYaml(await dumpOf(server, objects)).documents.map(({ value }) => value);
  const result = compareSides(sideOf('written', objects), sideOf('the cluster', dump), { live: 'after', namespace: 'default', guard: false });
  await cluster.remove();
  // A server that knows no user namespaces drops what is said of them; that it is not there is told, and true.
  const dropped = told(result).filter(line => server.version.startsWith('v1.28.') && / spec\.(?:jobTemplate\.spec\.)?(?:template\.spec\.)hostUsers: false$/.test(line));
  const found = told(result).filter(line => !dropped.includes(line));
  return verdictOf(judge, `drift of ${title}`, objects.length, [...cluster.problems, ...found], dropped.length ? `the server drops hostUsers, which drift tells: ${dropped.length} objects` : '');
}

const sideOf = (name: string, values: readonly unknown[]): Side => ({ name, notes: [], objects: objectsIn(values).map(object => ({ object, file: '', line: 1 })) });
const told = ({ objects }: DiffResult) => objects.flatMap(object => (object.differences.length ? linesOf(object).map(({ text }) => `${titleOf(object)}: ${text}`) : [`${titleOf(object)} is ${object.change}`]));

/** What the command line says of a project with this output, and a dump. */
async function driftOfCommand({ directory, environment }: Subject, dump: string): Promise<string[]> {
  const folder = scratchFolder('drift');
  try {
    mkdirSync(join(folder, 'deploy'), { recursive: true });
    cpSync(directory, join(folder, 'deploy', environment), { recursive: true, filter: file => !/\.ya?ml$/.test(file) || !/^sops:$/m.test(readFileSync(file, 'utf8')) });
    writeFileSync(join(folder, 'cdk8s.yaml'), 'language: typescript\noutput: deploy\n');
    writeFileSync(join(folder, 'dump.yaml'), dump);
    let [data, talk] = ['', ''];
    const io = { ...createIo(), cwd: folder, data: (text: string) => { data += text; }, talk: (text: string) => { talk += text; } };
    const exit = await main(['env', 'drift', environment, '--dump', 'dump.yaml', '--json'], io);
    if (exit !== 0 && exit !== 1) return [`exit ${exit}: ${talk}${data}`];
    const lines = told(JSON.parse(data) as DiffResult);
    return exit === (lines.length ? 1 : 0) ? lines : [...lines, `exit ${exit}`];
  } finally {
    removeScratch(folder);
  }
}
