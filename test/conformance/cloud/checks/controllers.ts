import { stringify } from 'yaml';
import { checkInfrastructure } from '../../../../src/spec/infrastructure';
import { controllerFiles, controllerTools } from '../../../../src/cloud/controllers';
import { apps } from '../stacks/apps';
import { deployed } from '../stacks/deployed';
import { createApiServer } from '../../kubernetes/api-server';
import { judgeWithCrds } from '../../kubernetes/checks/api-server';
import type { KubernetesObject } from '../../kubernetes/manifest';
import { skipped, verdictOf, type Check, type Verdict } from '../../runner/check';

/** What has controllers installed in a cluster, and tells them what to do, before an API server that knows their kinds. */
export const controllerChecks: readonly Check[] = [{
  name: 'controllers',
  judges: ['cdktf-cli', 'terraform', 'etcd', 'kube-apiserver'],
  run: async function* (context): AsyncIterable<Verdict> {
    const judge = context.judge('kube-apiserver');
    const examples = apps().filter(({ name }) => name === 'aws/complete');
    if (examples.length === 0) {
      yield skipped(judge, 'controllers', 'none of the chosen apps makes a cluster with controllers');
      return;
    }
    const server = await createApiServer({ etcd: context.judge('etcd'), server: judge });
    try {
      for (const app of examples) {
        const { outputs } = await deployed(app, { cli: context.judge('cdktf-cli'), terraform: context.judge('terraform') });
        for (const tool of controllerTools) {
          const made = checkInfrastructure(outputs.production?.infrastructure);
          const files = controllerFiles(made, { tool, repository: 'https://git.example/ops.git', branch: 'main', path: 'controllers/production' });
          const manifests = [...files].flatMap(([file, objects]) => (
            objects.map(object => ({ file, text: stringify(object), object: object as unknown as KubernetesObject }))));
          const { count, problems } = await judgeWithCrds(server, manifests);
          yield verdictOf({ ...judge, version: server.version }, `${app.name}, ${tool}`, count, problems);
        }
      }
    } finally {
      await server.close();
    }
  },
}];
