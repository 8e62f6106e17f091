import type { Fact, Finding } from './facts';
import type { PlatformKafka } from './platform-kafka';
import { serviceSettings } from './security';
import { passwordSettings } from '../traffic/clients';
import type { Traffic } from '../traffic/traffic';

/** The service that produces sends its topic; the one that consumes would read it. */
const [topic, producer] = ['orders.placed', 'orders'];

/** Numbered messages of the service that produces, as it logs in itself. */
export async function startMessages({ cluster }: PlatformKafka, rate: number): Promise<Traffic> {
  const { 'bootstrap.servers': _servers, ...settings } = serviceSettings(cluster, producer);
  const traffic = await cluster.traffic({ properties: cluster.settings(producer, 'client', settings), topic, rate, maxSeconds: 1200 });
  await traffic.more(500, 60_000);
  return traffic;
}

/** Everything that was acknowledged is there: once, and in the order of its key. */
export async function nothingLost({ cluster }: PlatformKafka, traffic: Traffic, atLeast: number): Promise<Finding & { readonly acked: number }> {
  const missing = atLeast - traffic.acked();
  if (missing > 0) await traffic.more(missing, 180_000);
  const { sent, acked, failed, unfinished, maxLatencyMs, errors } = await traffic.stop();
  const reader = cluster.settings('reader', 'client', passwordSettings(cluster.kubelet, 'notifications', cluster.kubelet.secret('notifications-secrets')['topics.password'].toString(), 'kafka-clients-tls'));
  const { complete, lost, duplicated, outOfOrder, examples, read } = await traffic.verify(120_000, reader);
  const facts: Fact[] = [
    ['whether everything was read', complete, true], ['lost', lost, 0], ['duplicated', duplicated, 0], ['out of order', outOfOrder, 0],
    ['failed', failed, 0], ['unfinished', unfinished, 0], [`at least ${atLeast} acknowledged`, acked >= atLeast, true],
  ];
  return { acked, facts, remarks: [`${sent} sent, ${acked} acknowledged, ${read} read: ${lost} lost, ${duplicated} duplicated, ${outOfOrder} out of order; the slowest took ${maxLatencyMs} ms`, examples, errors === '{}' ? '' : errors].filter(Boolean) };
}
