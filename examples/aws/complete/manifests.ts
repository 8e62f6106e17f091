import { App } from 'cdk8s';
import { PlatformChart, synthesize } from 'marty-msf';
import { environments } from './clusters';
import { services } from './fleet';

const app = new App();
for (const environment of environments) {
  new PlatformChart(app, environment, { environment, services, releases: { orders: '1.4.2', payments: '2.0.1' } });
}
synthesize(app);
