import { join } from 'node:path';
import { App, Chart, Include } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { checkManifests } from '../../src/check';
import { PlatformChart } from '../../src/charts';
import { synthesize } from '../../src/synth';
import { filesBelow, inFolder, put } from '../support/folder';
import { refusalOf } from '../support/problems';
import { minimal, shop } from '../support/shop';

const agent = (more = '') => `# as a vendor writes it
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: agents
spec:
  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
      containers:
        - name: agent
          image: ghcr.io/vendor/agent:2.1.0
          securityContext: { privileged: true }
${more}---
---
apiVersion: vendor.example/v1
kind: Widget
metadata:
  name: agent
spec: { anything: [1, "two", { three: [] }] }
`;

/** What is done with a file of plain manifests. */
const withFile = <T>(text: string, run: (file: string, folder: string) => T): T => inFolder(folder => {
  put(folder, { 'vendor.yaml': text });
  return run(join(folder, 'vendor.yaml'), folder);
});

describe('objects of cdk8s\' Include', () => {
  test('are written like any other: one file each, with an index of the folder and ownership, and nothing the second time', () => {
    withFile(agent(), (file, folder) => {
      const write = () => {
        const app = new App();
        new Include(new Chart(app, 'vendor'), 'agent', { url: file });
        return synthesize(app, { outdir: join(folder, 'out'), owner: 'ours' });
      };
      write();
      const files = filesBelow(join(folder, 'out'));
      expect(Object.keys(files)).toEqual(['vendor/.marty-ownership', 'vendor/daemonset-agent.yaml', 'vendor/kustomization.yaml', 'vendor/widget-agent.yaml']);
      const objectsIn = (text: string) => parseAllDocuments(text).map(document => document.toJS() as unknown).filter(Boolean);
      expect(objectsIn(files['vendor/daemonset-agent.yaml'] + '---\n' + files['vendor/widget-agent.yaml'])).toEqual(objectsIn(agent()));
      expect(write().changes.map(({ action }) => action)).toEqual(['keep', 'keep', 'keep']);
    });
  });

  test('are held against the strict schema of Kubernetes, each problem with its place', () => {
    withFile(agent('          imagePolicy: Always\n'), (file, folder) => {
      const app = new App();
      new Include(new Chart(app, 'vendor'), 'agent', { url: file });
      expect(refusalOf('MANIFEST_INVALID', () => synthesize(app, { outdir: join(folder, 'out'), owner: 'ours' }))).toEqual([
        expect.stringMatching(/^vendor\/agent\/agent-daemonset-agents: spec\.template\.spec\.containers\[0\]\.imagePolicy is no known field, expected a field of Container/),
      ]);
    });
  });

  test('belong to the service, and the Kubernetes version, of the chart that they stand in', () => {
    const service = shop.microservice(minimal);
    withFile(agent('          lifecycle: { stopSignal: SIGTERM }\n'), (file, folder) => {
      const app = new App();
      const platform = new PlatformChart(app, 'dev', { environment: 'dev', services: [service], releases: { api: '1.0.0' } });
      new Include(platform.microservices.api, 'agent', { url: file });
      const outdir = join(folder, 'out');
      const [problem] = refusalOf('MANIFEST_INVALID', () => synthesize(app, { outdir, owner: 'ours' }));
      expect(problem).toMatch(/^dev\/api\/Microservice\/agent\/agent-daemonset-agents: .*stopSignal/);
    });
    withFile(agent(), (file, folder) => {
      const app = new App();
      const platform = new PlatformChart(app, 'dev', { environment: 'dev', services: [service], releases: { api: '1.0.0' } });
      new Include(platform.microservices.api, 'agent', { url: file });
      const plan = synthesize(app, { outdir: join(folder, 'out'), owner: 'ours', dryRun: true });
      expect(plan.changes.filter(({ file: name }) => name.includes('agent')).map(change => `${change.folder}/${change.file}`)).toEqual(['dev/api/daemonset-agent.yaml', 'dev/api/widget-agent.yaml']);
    });
  });

  test('are checked by the same rules', () => {
    const app = new App();
    withFile(agent(), file => new Include(new Chart(app, 'vendor'), 'agent', { url: file }));
    const found = checkManifests(app.charts.flatMap(chart => chart.toJson()));
    expect(found.map(({ rule, object }) => `${rule} ${object.kind}/${object.name}`)).toEqual(expect.arrayContaining(['container-privileged DaemonSet/agent', 'container-memory-limit DaemonSet/agent']));
  });
});
