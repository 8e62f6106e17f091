import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Helm } from 'cdk8s';
import { checkManifests } from '../../src/check';
import { synthesize } from '../../src/synth';
import { filesBelow, inFolder, put } from '../support/folder';
import { refusalOf } from '../support/problems';

const templates = {
  'deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: { app: {{ .Release.Name }} }
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: { app: {{ .Release.Name }} }
  template:
    metadata:
      labels: { app: {{ .Release.Name }} }
    spec:
      containers:
        - name: cache
          image: {{ .Values.image | quote }}
          {{ .Values.field }}: true
`,
  'service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  selector: { app: {{ .Release.Name }} }
  ports: [{ name: tcp, port: 6379 }]
`,
};
const chart = {
  'cache/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.2.3\n',
  'cache/values.yaml': 'replicas: 1\nimage: ghcr.io/vendor/cache:7.0.1\nfield: tty\n',
  ...Object.fromEntries(Object.entries(templates).map(([name, text]) => [`cache/templates/${name}`, text])),
};

/** In place of the program: as much of \`helm template [-f VALUES] NAME CHART\` as these templates need. */
const standIn = `#!/usr/bin/env node
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const args = process.argv.slice(2);
if (args.shift() !== 'template') process.exit(1);
const [name, folder] = args.slice(-2);
const read = file => Object.fromEntries(readFileSync(file, 'utf8').trim().split('\\n').map(line => line.split(/: (.*)/)));
const given = args.indexOf('-f') < 0 ? {} : read(args[args.indexOf('-f') + 1]);
const values = { ...read(join(folder, 'values.yaml')), ...given };
for (const file of readdirSync(join(folder, 'templates'))) {
  const text = readFileSync(join(folder, 'templates', file), 'utf8').replaceAll('{{ .Release.Name }}', name);
  console.log('---\\n# Source: cache/templates/' + file + '\\n' + text.replace(/\\{\\{ \\.Values\\.(\\w+)( \\| quote)? \\}\\}/g, (_, key, quoted) => (quoted ? JSON.stringify(values[key]) : values[key])));
}
`;

/** A program whose version can be asked is there. */
const installed = spawnSync('helm', ['version', '--short'], { stdio: 'ignore' }).status === 0;
const programs: readonly (readonly [string, boolean])[] = [['a stand-in for helm', true], ['helm itself (not on this machine: skipped)', false]];
const available = installed ? [...programs.slice(0, 1), ['helm itself', true] as const] : programs;

describe.each(available)('objects of cdk8s\' Helm, rendered by %s', (name, runs) => {
  const run = runs ? test : test.skip;
  const withChart = <T>(values: Record<string, unknown>, use: (app: App, folder: string) => T): T => inFolder(folder => {
    put(folder, { ...chart, 'helm.js': standIn });
    chmodSync(join(folder, 'helm.js'), 0o755);
    const app = new App();
    new Helm(new Chart(app, 'vendor'), 'cache', {
      chart: join(folder, 'cache'), releaseName: 'sessions', values, helmExecutable: name.startsWith('a stand-in') ? join(folder, 'helm.js') : 'helm',
    });
    return use(app, folder);
  });

  run('are written like any other', () => {
    withChart({ replicas: 3 }, (app, folder) => {
      const outdir = join(folder, 'out');
      synthesize(app, { outdir, owner: 'ours' });
      const files = filesBelow(outdir);
      expect(Object.keys(files)).toEqual(['vendor/.marty-ownership', 'vendor/deployment-sessions.yaml', 'vendor/kustomization.yaml', 'vendor/service-sessions.yaml']);
      expect(files['vendor/deployment-sessions.yaml']).toContain('replicas: 3\n');
    });
  });

  run('are held against the strict schema of Kubernetes', () => {
    withChart({ field: 'teletype' }, (app, folder) => {
      const problems = refusalOf('MANIFEST_INVALID', () => synthesize(app, { outdir: join(folder, 'out'), owner: 'ours' }));
      expect(problems).toEqual([expect.stringContaining('vendor/cache/sessions-deployment: spec.template.spec.containers[0].teletype is no known field, expected a field of Container')]);
    });
  });

  run('are checked by the same rules', () => {
    withChart({}, app => {
      const found = checkManifests(app.charts.flatMap(each => each.toJson())).map(({ rule, object }) => `${rule} ${object.kind}/${object.name}`);
      expect(found).toContain('container-memory-limit Deployment/sessions');
    });
  });
});
