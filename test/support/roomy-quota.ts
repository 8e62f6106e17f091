import { parseDescription, type Description } from '../../src/spec/description';
import { quotaNeedOf, quotaUseOf, type Quota } from '../../src/spec/quota';
import { settleService } from '../../src/spec/settle';

/** The largest number that a quota can say. */
const largest = 1_000_000;

/** The same fleet with quotas that its services fit into; what no quota could be large enough for is left without one. */
export function withRoom(document: Description): Description {
  const services = parseDescription(document);
  const environments = Object.fromEntries(Object.entries(document.platform.environments).map(([name, written]) => {
    const settled = services.map(service => settleService(service, name));
    const use = quotaUseOf(settled);
    const quota = Object.entries(settled[0].facts.quota) as [keyof Quota, number][];
    if (quota.every(([field, value]) => quotaNeedOf(use, field) <= value)) return [name, written];
    const fitting = quota.map(([field, value]) => [field, Math.max(value, Math.ceil(quotaNeedOf(use, field)))] as const)
      .filter(([, value]) => value <= largest);
    return [name, { ...written, quota: Object.fromEntries(fitting) }];
  }));
  return { ...document, platform: { ...document.platform, environments: environments as Description['platform']['environments'] } };
}
