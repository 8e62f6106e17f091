import type { Container } from '../../conformance/kafka/kubelet/objects';
import type { Pod } from '../../conformance/kafka/kubelet/pods';

export const container = (rest: Partial<Container> = {}): Container => ({ name: 'kafka', image: 'apache/kafka:4.3.1', ...rest });

export function pod(rest: Partial<Pod> = {}): Pod {
  return {
    name: 'kafka-broker-a-0', namespace: 'shop', owner: 'kafka-broker-a', ordinal: 0, labels: { role: 'broker' }, annotations: { note: 'here' }, claims: { data: 'data-kafka-broker-a-0' },
    serviceName: 'kafka-broker', spec: { containers: [container()] }, ...rest,
  };
}

export const service = (name: string, spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec });
