import { dependenciesOf, settledServices } from './dependencies-fleet';

const orderOf = (...names: Parameters<typeof settledServices>) => dependenciesOf(settledServices(...names));

describe('the order in which services are rolled out', () => {
  test('is that of their calls: whom everybody needs comes first', () => {
    expect(orderOf({ gateway: ['orders'], orders: ['payments'], payments: [] })).toEqual({
      gateway: { after: ['orders'], wave: 2 }, orders: { after: ['payments'], wave: 1 }, payments: { after: [], wave: 0 },
    });
  });

  test('does not wait for whom a service can do without', () => {
    expect(orderOf({ pets: ['search?'], search: [] }).pets).toEqual({ after: [], wave: 0 });
  });

  test('waits for the service that runs a store, and for the one that runs Kafka', () => {
    expect(orderOf({ api: ['database:db', 'kafka:events'], db: [], events: [] }).api).toEqual({ after: ['db', 'events'], wave: 1 });
  });

  test('brings services that wait for each other together, after whom one of them waits for', () => {
    expect(orderOf({ a: ['b'], b: ['c'], c: ['a', 'd'], d: [], e: ['b'] })).toEqual({
      a: { after: [], wave: 1 }, b: { after: [], wave: 1 }, c: { after: ['d'], wave: 1 }, d: { after: [], wave: 0 }, e: { after: ['b'], wave: 2 },
    });
  });

  test('is the same in whatever order services are described', () => {
    const calls = { a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'], e: ['a', 'd'] };
    const turned = Object.fromEntries(Object.entries(calls).reverse());
    expect(JSON.stringify(orderOf(turned))).toBe(JSON.stringify(orderOf(calls)));
  });

  test('is found in a chain of a thousand services', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `s${index}`);
    const chain = Object.fromEntries(names.map((name, index) => [name, index ? [names[index - 1]] : []]));
    expect(orderOf(chain)[names[999]].wave).toBe(999);
  });
});
