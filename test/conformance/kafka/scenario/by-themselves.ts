import type { Fact } from './facts';
import type { PlatformKafka } from './platform-kafka';

/** Nodes that ended and were started again by themselves, which a slow machine makes them do at their first start. */
export const restartsOf = ({ cluster: { kubelet } }: Pick<PlatformKafka, 'cluster'>): string[] => kubelet.ended().map(each => `ended by itself, and was started again: ${each}`);

/** Jobs that ran because they were applied have to have ended well. */
export async function jobFacts({ jobs }: Pick<PlatformKafka, 'jobs'>): Promise<Fact[]> {
  return (await jobs()).map(({ name, code, output }) => [`the end of ${name}`, code === 0 ? 0 : output, 0]);
}
