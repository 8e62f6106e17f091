import { App, Chart } from 'cdk8s';
import { Deployment, EnvValue } from 'cdk8s-plus-28';
import { HorizontalPodAutoscaler, NetworkPolicy, PodDisruptionBudget, Service, ServiceMonitor } from 'marty-msf';

/** An app that exists already: a cdk8s-plus-28 Deployment, as a team wrote it long ago. */
const app = new App();
const chart = new Chart(app, 'web', { namespace: 'web' });
const deployment = new Deployment(chart, 'Deployment', {
  metadata: { name: 'web', labels: { 'app.kubernetes.io/instance': 'web' } },
  containers: [{ image: 'ghcr.io/petstore/web:3.2.1', ports: [{ name: 'http', number: 8080 }], envVariables: { LANG: EnvValue.fromValue('en') } }],
});

/** Single blocks on top of it: each takes the workload as its target and asks for nothing else of ours. */
new HorizontalPodAutoscaler(chart, 'Hpa', { target: deployment, min: 2, max: 10 });
new PodDisruptionBudget(chart, 'Pdb', { target: deployment, maxUnavailable: 1 });
new Service(chart, 'Service', { target: deployment, ports: [{ name: 'http', port: 8080, protocol: 'http' }] });
new ServiceMonitor(chart, 'Monitor', { target: deployment, port: 'http' });
new NetworkPolicy(chart, 'Access', {
  target: deployment,
  ingress: [{ peer: { kind: 'namespace', namespace: 'gateways' }, ports: [{ port: 8080, protocol: 'TCP' }] }],
  egress: [],
});
app.synth();
