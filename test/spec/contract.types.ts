/** The petstore of a fleet over two repositories, as the compiler sees it. It is compiled, not run. */
import { definePlatform, http } from '../../src/spec';
import { createService } from '../../src/runtime/service';

/** As `marty contract export --format ts` writes it. */
const contract = {
  format: 'marty-msf/contract/v1',
  platform: 'shop',
  services: {
    orders: {
      environments: { production: { host: 'orders.shop.svc.cluster.local', labels: { 'app.kubernetes.io/instance': 'orders' }, namespace: 'shop', service: 'orders' } },
      ports: { events: { port: 7000, protocol: 'tcp' }, web: { port: 8080, protocol: 'http' } },
    },
  },
} as const;
/** As TypeScript types an imported JSON file: names of fields, and no literals. */
const json = {
  format: 'marty-msf/contract/v1', platform: 'shop',
  services: { orders: { environments: { production: { host: '', labels: { a: '' }, namespace: '', service: '' } }, ports: { web: { port: 8080, protocol: 'http' } } } },
};

const bank = definePlatform({ name: 'bank', environments: { production: { kubernetes: '1.37', domain: 'bank.example' } } });
const { to } = bank;
const orders = bank.contractFrom(contract, 'orders');
const ordersOfJson = bank.contractFrom(json, 'orders');
const ordersOfText = bank.contractFrom(JSON.parse('{}') as unknown, 'orders');
const base = { name: 'ledger', team: 'money', image: 'ghcr.io/bank/ledger' };

export const ledger = bank.microservice({
  ...base,
  calls: {
    orders: to(orders, 'web', { timeoutMs: 300, idempotent: true }),
    events: to(orders, 'events'),
    json: to(ordersOfJson, 'web'),
    text: to(ordersOfText, 'whatever'),
  },
});
export const running = () => createService(ledger, ({ clients }) => {
  const answer: Promise<Response> = clients.orders.fetch('/orders');
  void clients.events.connect();
  return { ready: () => answer !== undefined };
});
export const called = bank.microservice({
  ...base, ports: { web: http(8080) }, callers: [{ name: 'orders', namespace: 'shop', ports: ['web'] }],
});
export const calledSomewhere = bank.microservice({
  ...base, ports: { web: http(8080) }, callers: bank.per({ production: [{ name: 'orders', namespace: 'shop', ports: ['web'] }] }),
});

// @ts-expect-error orders offers no port 'grpc'
to(orders, 'grpc');
// @ts-expect-error a TCP port knows no repetition
to(orders, 'events', { idempotent: true });
// @ts-expect-error the contract has no service 'ordes'
bank.contractFrom(contract, 'ordes');
// @ts-expect-error the JSON file has no port 'grpc'
to(ordersOfJson, 'grpc');
// @ts-expect-error a caller of a port that the service does not have
bank.microservice({ ...base, ports: { web: http(8080) }, callers: [{ name: 'orders', ports: ['grpc'] }] });
// @ts-expect-error a TCP port is connected to, not fetched from
export const fetching = () => createService(ledger, ({ clients }) => ({ ready: () => clients.events.fetch('/') !== undefined }));
