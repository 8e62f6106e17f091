import { dependenciesOf } from './dependencies';
import type { Delivery } from './placement';
import type { SettledService } from './settle';

/** Starting takes time besides what services say: images are fetched, nodes are added. */
const slackSeconds = 300;

/** What the services of an environment have in common. */
type Common = Pick<Delivery, 'platform' | 'namespace' | 'preview'>;

/** What a delivery tool has to know of each service, and of what services share where none is named. */
export function deliveryOf(services: readonly SettledService[], common: Common): (service?: string) => Delivery {
  const dependencies = dependenciesOf(services);
  const byName = new Map(services.map(service => [service.name, service]));
  return name => {
    const service = name === undefined ? undefined : byName.get(name);
    if (!service) return { ...common, after: [], wave: 0, waitSeconds: slackSeconds };
    const { health, migration, workload } = service;
    const runs = [migration, workload.kind === 'job' ? workload : undefined].map(job => job?.timeLimitSeconds ?? 0);
    return { ...common, ...dependencies[service.name], service: service.name, waitSeconds: slackSeconds + health.startSeconds + Math.max(...runs) };
  };
}
