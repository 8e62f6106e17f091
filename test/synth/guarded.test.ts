import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { PlatformChart } from '../../src/charts';
import { applyPlan } from '../../src/synth/apply';
import { helmTree } from '../../src/synth/helm/arrange';
import { kustomizeTree } from '../../src/synth/kustomize/arrange';
import { planOf } from '../../src/synth/plan';
import { render } from '../../src/synth/render';
import { createProfile } from '../../src/synth/profile';
import { treeOf } from '../../src/synth/tree';
import { filesBelow, inFolder } from '../support/folder';
import { refusalOf } from '../support/problems';
import { minimal, shop } from '../support/shop';
import type { MicroserviceSpec } from '../../src/spec';

const layouts = { kustomize: kustomizeTree, helm: helmTree } as const;
const guardedFiles = { kustomize: (env: string) => `api/overlays/${env}/.marty-guarded`, helm: (env: string) => `api/.marty-guarded-${env}` } as const;

/** One service in both environments, written in a format as `marty synth` does it. */
function write(format: keyof typeof layouts, outdir: string, fields: object, release = '1.0.0'): void {
  const service = shop.microservice({ ...minimal, ...fields } as never) as unknown as MicroserviceSpec;
  const app = new App();
  for (const environment of ['dev', 'production'] as const) new PlatformChart(app, environment, { environment, services: [service], releases: { api: release } });
  const { tree, layout } = layouts[format](treeOf(render(app, undefined, createProfile()), 'shop'));
  applyPlan(planOf(tree, outdir, new Set(['shop']), undefined, layout));
}

const stateful = (volume: object) => ({ workload: { kind: 'stateful' }, scale: { replicas: 2 }, volumes: { data: { kind: 'claim', at: '/data', sizeGiB: 10, ...volume } } });

/** More in one environment only. */
const larger = shop.per<number>({ default: 10, production: 20 });

describe.each(['kustomize', 'helm'] as const)('what a cluster cannot follow is refused in the %s layout', format => {
  const file = guardedFiles[format];

  test('where only one environment changes what never changes, that file is named', () => inFolder(outdir => {
    write(format, outdir, stateful({}));
    const before = filesBelow(outdir);
    const problems = refusalOf('UPGRADE_REFUSED', () => write(format, outdir, stateful({ sizeGiB: larger })));
    expect(problems).toEqual([expect.stringContaining(`${join(outdir, file('production'))}: spec.volumeClaimTemplates[volume-data].spec.resources.requests.storage is 20Gi, was 10Gi`)]);
    expect(filesBelow(outdir)).toEqual(before);
    rmSync(join(outdir, file('production')));
    write(format, outdir, stateful({ sizeGiB: larger }));
    expect(filesBelow(outdir)[file('production')]).toContain('20Gi');
  }));

  test('a workload of another kind finds no data', () => inFolder(outdir => {
    write(format, outdir, stateful({}));
    const problems = refusalOf('UPGRADE_REFUSED', () => write(format, outdir, { scale: { replicas: 1 } }));
    expect(problems.filter(problem => problem.includes('kind is Deployment, was StatefulSet'))).toHaveLength(2);
  }));

  test('a budget may not begin to block a drain', () => inFolder(outdir => {
    write(format, outdir, { scale: { replicas: 3 } });
    const problems = refusalOf('UPGRADE_REFUSED', () => write(format, outdir, { scale: { replicas: 3 }, patches: { PodDisruptionBudget: { spec: { minAvailable: 3, maxUnavailable: null } } } }));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toContain('no pod may ever go');
  }));

  test('a release, other settings and other resources change nothing of it', () => inFolder(outdir => {
    write(format, outdir, stateful({}));
    const guarded = (files: Readonly<Record<string, string>>) => [file('dev'), file('production')].map(name => files[name]);
    const before = guarded(filesBelow(outdir));
    write(format, outdir, { ...stateful({}), resources: 'large', variables: { LEVEL: 'debug' } }, '1.1.0');
    expect(guarded(filesBelow(outdir))).toEqual(before);
    expect(before[1]).toContain('kind: StatefulSet');
  }));
});
