import { App } from 'cdk8s';
import { PlatformChart, synthesize } from 'marty-msf';
import { environments, newer, services } from './fleet';

const app = new App();
for (const environment of environments) {
  const running = environment === 'old' ? services : newer;
  new PlatformChart(app, environment, {
    environment, services: running, releases: Object.fromEntries(running.map(({ name }) => [name, '1.0.0'])),
    ...(environment === 'sealed' || environment === 'sops' ? { secrets: 'secrets' } : {}),
  });
}
synthesize(app);
