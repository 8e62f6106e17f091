import fc from 'fast-check';
import { evictable } from '../../src/spec/disruption';
import { problemsWith } from '../support/shop';
import { testPairs } from '../support/problems';

const stuck = (environments: string) => (
  `disruption: never allows an eviction in ${environments}, where no more replicas may run than it wants available; lower minAvailable or raise scale`);

describe('a budget', () => {
  testPairs(fields => problemsWith(fields as object), [
    ['allows an eviction', { disruption: { minAvailable: 1 } }, { disruption: { minAvailable: 2 } }, stuck('dev, production')],
    ['allows an eviction when fewest replicas run', { scale: { min: 3, max: 9 }, disruption: { minAvailable: 2 } }, { scale: { min: 2, max: 9 }, disruption: { minAvailable: 2 } }, stuck('dev, production')],
    ['allows an eviction in every environment', { scale: { perEnvironment: { dev: { replicas: 2 }, production: { replicas: 2 } } }, disruption: { minAvailable: 1 } },
      { scale: { perEnvironment: { dev: { replicas: 1 }, production: { replicas: 2 } } }, disruption: { minAvailable: 1 } }, stuck('dev')],
    ['allows an eviction though shares are rounded up', { disruption: { minAvailable: '50%' } }, { disruption: { minAvailable: '51%' } }, stuck('dev, production')],
    ['is at least one replica', { disruption: { maxUnavailable: 1 } }, { disruption: { maxUnavailable: 0 } }, 'disruption.maxUnavailable: is 0, expected a number of at least 1'],
    ['is a share from 1%', { disruption: { maxUnavailable: '1%' } }, { disruption: { maxUnavailable: '0%' } }, 'disruption.maxUnavailable: is "0%", expected a share from 1% to 99%'],
    ['is a share to 99%', { disruption: { maxUnavailable: '99%' } }, { disruption: { maxUnavailable: '100%' } }, 'disruption.maxUnavailable: is "100%", expected a share from 1% to 99%'],
    ['is one of two kinds', { disruption: { maxUnavailable: 1 } }, { disruption: { maxUnavailable: 1, minAvailable: 1 } }, 'disruption.minAvailable: is not a field that exists here'],
  ]);
});

describe('how many replicas may be evicted at once', () => {
  test.each([
    [{ maxUnavailable: 1 }, 3, 1],
    [{ maxUnavailable: 5 }, 3, 3],
    [{ maxUnavailable: '25%' }, 3, 1], // rounded up
    [{ minAvailable: 2 }, 3, 1],
    [{ minAvailable: 4 }, 3, 0],
    [{ minAvailable: '50%' }, 3, 1], // two must stay
  ])('by %j of %i is %i', (disruption, replicas, count) => {
    expect(evictable(disruption, replicas)).toBe(count);
  });

  test('does not fall when there are more of them', () => {
    const budget = fc.oneof(
      fc.integer({ min: 1, max: 1000 }).map(maxUnavailable => ({ maxUnavailable })),
      fc.integer({ min: 1, max: 99 }).map(share => ({ maxUnavailable: `${share}%` })),
      fc.integer({ min: 1, max: 1000 }).map(minAvailable => ({ minAvailable })),
      fc.integer({ min: 1, max: 99 }).map(share => ({ minAvailable: `${share}%` })));
    const replicas = fc.integer({ min: 1, max: 999 });
    fc.assert(fc.property(budget, replicas, (disruption, count) => evictable(disruption, count + 1) >= evictable(disruption, count)));
  });
});
