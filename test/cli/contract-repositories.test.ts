import { join } from 'node:path';
import { contentOf, emptyFolder, install, marty, removeFolders, write, type Outcome } from './_world';

afterAll(removeFolders);

const cdk8s = 'app: jiti main.ts\noutput: deploy\nfleet: fleet.ts\n';
const main = (more: string) => `import { App } from 'cdk8s';
import { PlatformChart, synthesize } from 'marty-msf';
import { platform, services } from './fleet';

const app = new App();
for (const environment of platform.environmentNames) new PlatformChart(app, environment, { environment, services, releases: { ${more} });
synthesize(app);
`;
const platform = `import { definePlatform, http } from 'marty-msf/spec';
export const platform = definePlatform({
  name: 'shop',
  environments: { dev: { kubernetes: '1.37', domain: 'dev.shop.example' }, production: { kubernetes: '1.37', domain: 'shop.example' } },
});
`;

/** The first repository: it deploys orders, and what the services of the platform share. */
const first = (more = '') => ({
  'package.json': '{ "name": "shop-orders" }',
  'cdk8s.yaml': cdk8s,
  'main.ts': main("orders: '1.0.0' }"),
  'fleet.ts': `${platform}
export const orders = platform.microservice({
  name: 'orders', team: 'commerce', image: 'ghcr.io/shop/orders', ports: { web: http(8080) }, callers: [{ name: 'basket', ports: ['web'] }],
});
export const services = [orders];
${more}`,
});

/** The second one: it deploys basket into the same platform, and calls orders by its contract. */
const second = (ownsPlatform: boolean) => ({
  'package.json': '{ "name": "shop-basket" }',
  'cdk8s.yaml': cdk8s,
  'main.ts': main(`basket: '2.0.0' }, ownsPlatform: ${ownsPlatform}`),
  'fleet.ts': `${platform}
import { contract } from './contracts/orders';
export const basket = platform.microservice({
  name: 'basket', team: 'web', image: 'ghcr.io/shop/basket', calls: { orders: platform.to(platform.contractFrom(contract, 'orders'), 'web') },
});
export const services = [basket];
`,
});

describe('two repositories that write into one output', () => {
  const [orders, basket, out] = [write(install(emptyFolder()), first()), write(install(emptyFolder()), second(false)), emptyFolder()];
  const done = (outcome: Outcome): Outcome => {
    expect([outcome.exit, outcome.err.includes('error:') ? outcome.err : '']).toEqual([0, '']);
    return outcome;
  };
  const synth = (project: string) => marty(project, ['synth', '--out', out]);
  const folders = () => [...new Set(Object.keys(contentOf(out)).map(path => path.split('/').slice(0, -1).join('/')))].sort();
  const owned = (folder: string) => (JSON.parse(contentOf(out)[`${folder}/.marty-ownership`]) as { owner: string }).owner;

  beforeAll(() => {
    done(synth(orders));
    done(marty(orders, ['contract', 'export', 'orders', '--out', join(basket, 'contracts/orders.ts')]));
    done(synth(basket));
  }, 60_000);

  test('each has its own folders, what services share belongs to the first, and the index lists all', () => {
    expect(folders()).toEqual(['dev', 'dev/_platform', 'dev/basket', 'dev/orders', 'production', 'production/_platform', 'production/basket', 'production/orders']);
    expect(['_platform', 'orders', 'basket'].map(service => owned(`production/${service}`))).toEqual(['shop-orders', 'shop-orders', 'shop-basket']);
    expect(contentOf(out)['production/kustomization.yaml']).toContain('- _platform\n  - basket\n  - orders\n');
  });

  test('the call is allowed on both sides', () => {
    const files = contentOf(out);
    expect(files['production/basket/networkpolicy-basket.yaml']).toMatch(/port: 8080\n[^]*?instance: orders\n/);
    expect(files['production/orders/networkpolicy-orders.yaml']).toMatch(/instance: basket\n[^]*?port: 8080\n/);
    expect(files['production/basket/configmap-basket-config.yaml']).toContain('"host": "orders.shop.svc.cluster.local"');
  });

  test('neither touches what the other wrote, in whatever order they run', () => {
    const before = contentOf(out);
    done(synth(basket));
    done(synth(orders));
    expect(contentOf(out)).toEqual(before);
  }, 60_000);

  test('each removes only its own', () => {
    write(orders, first("export const shipping = platform.microservice({ name: 'shipping', team: 'commerce', image: 'ghcr.io/shop/shipping' });\nservices.push(shipping as never);\n"));
    write(orders, { 'main.ts': main("orders: '1.0.0', shipping: '0.1.0' }") });
    done(synth(orders));
    expect(folders()).toContain('production/shipping');
    const others = () => Object.entries(contentOf(out)).filter(([path]) => path.includes('/basket/'));
    const before = others();
    write(orders, first());
    done(synth(orders));
    expect(folders()).not.toContain('production/shipping');
    expect(others()).toEqual(before);
    expect(contentOf(out)['production/kustomization.yaml']).toContain('- _platform\n  - basket\n  - orders\n');
  }, 60_000);

  test('a second one that renders what services share is refused, and nothing is written', () => {
    const before = contentOf(out);
    write(basket, { 'main.ts': second(true)['main.ts'] });
    const { exit, err } = synth(basket);
    expect(exit).toBe(3);
    expect(err).toContain('production/_platform: belongs to "shop-orders", not to "shop-basket"');
    expect(contentOf(out)).toEqual(before);
  }, 60_000);
});
