import { tellsLag } from '../spec/kafka-operator';
import type { KafkaCluster } from './cluster';
import type { DesiredAccess } from './desired';

/** Who tells how far consumers are behind: the name of its objects, and that of its certificate. */
export const lagName = 'kafka-lag';

/** Who that is to Kafka. */
export const lagPrincipal = `User:${lagName}`;

/** It may see which topics and groups there are and how far both have come, and no message. */
export function lagAccessOf({ spec, facts }: Pick<KafkaCluster, 'spec' | 'facts'>): DesiredAccess[] {
  if (!tellsLag(spec, facts)) return [];
  return (['TOPIC', 'GROUP'] as const).map(resourceType => ({ principal: lagPrincipal, resourceType, name: '*', pattern: 'LITERAL', operations: ['DESCRIBE'] }));
}
