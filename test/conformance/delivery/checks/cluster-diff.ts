import { delimiter, dirname } from 'node:path';
import { createIo } from '../../../../src/cli/io';
import { main } from '../../../../src/cli/main';
import type { DiffResult } from '../../../../src/cli/diff/result';
import type { Check, CheckContext, Verdict } from '../../runner/check';
import { verdictOf } from '../../runner/check';
import { createApiServer } from '../../kubernetes/api-server';
import { servers } from '../../kubernetes/checks/api-server';
import { manifestsOf, subjects, titleOf, type Subject } from '../../kubernetes/subjects';
import { applied } from '../cluster';

/** `marty diff --cluster` reads a real server with the real kubectl: nothing differs, and then exactly what was changed. */
export const clusterDiffChecks: readonly Check[] = servers.map(({ judge, judges }) => ({
  name: judge.replace('kube-apiserver', 'cluster-diff'),
  judges: ['etcd', judge, 'kubectl'],
  run: context => judgeDiff(context, judge, subjects().find(subject => subject.example === 'petstore' && judges(subject)) ?? subjects()[0]),
}));

async function* judgeDiff(context: CheckContext, name: string, subject: Subject): AsyncIterable<Verdict> {
  const server = await createApiServer({ etcd: context.judge('etcd'), server: context.judge(name) });
  const kubectl = context.judge('kubectl');
  const [path, config] = [process.env.PATH, process.env.KUBECONFIG];
  try {
    process.env.PATH = [dirname(kubectl.path), path].join(delimiter);
    process.env.KUBECONFIG = server.kubeconfig;
    const objects = manifestsOf(subject).map(({ object }) => object);
    const cluster = await applied(server, objects);
    const [unchanged, found] = [await diffOf(subject), [] as string[]];
    found.push(...cluster.problems, ...unchanged.objects.map(({ kind, name: of, change, differences }) => `${kind} ${of}: ${change} ${differences.map(({ path: at }) => at).join(', ')}`));
    const [config1, policy] = ['ConfigMap', 'NetworkPolicy'].map(kind => objects.find(object => object.kind === kind));
    if (!config1 || !policy) throw new Error(`${titleOf(subject)} has no ConfigMap and NetworkPolicy`);
    await server.client.apply({ ...config1, data: { ...Object(config1.data) as object, 'by-hand': 'yes' } });
    await server.client.delete(policy);
    const changed = (await diffOf(subject)).objects.map(({ kind, name: of, change }) => `${kind} ${of} ${change}`).sort();
    const expected = [`ConfigMap ${config1.metadata.name} changed`, `NetworkPolicy ${policy.metadata.name} added`];
    if (changed.join() !== expected.join()) found.push(`after two edits it tells ${changed.join(', ') || 'nothing'}, expected ${expected.join(', ')}`);
    yield verdictOf({ ...kubectl, version: `${kubectl.version} with ${server.version}` }, `marty diff --cluster of ${titleOf(subject)}`, objects.length, found);
  } finally {
    process.env.PATH = path;
    if (config === undefined) delete process.env.KUBECONFIG;
    else process.env.KUBECONFIG = config;
    await server.close();
  }
}

async function diffOf({ directory }: Subject): Promise<DiffResult> {
  let [data, talk] = ['', ''];
  const exit = await main(['diff', '--cluster', directory, '--json'], { ...createIo(), data: text => { data += text; }, talk: text => { talk += text; } });
  if (exit !== 0 && exit !== 1) throw new Error(`marty diff --cluster ended with ${exit}: ${talk}${data}`);
  return JSON.parse(data) as DiffResult;
}
