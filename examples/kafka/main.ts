import { App } from 'cdk8s';
import { PlatformChart, synthesize } from 'marty-msf';
import { environments, services } from './fleet';

const app = new App();
for (const environment of environments) {
  new PlatformChart(app, environment, { environment, services, releases: { ledger: '2.3.0', fraud: '1.0.4', statements: '1.1.0' } });
}
synthesize(app);
