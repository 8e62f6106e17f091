import { App } from 'cdk8s';
import { PlatformChart, synthesize } from 'marty-msf';
import { environments, services } from './fleet';

const app = new App();
for (const environment of environments) {
  new PlatformChart(app, environment, { environment, services, releases: { postgres: '17.6' } });
}
synthesize(app);
