import fc from 'fast-check';
import { overlap, rangeOf, sizeOf } from '../../../src/cloud/network/cidr';
import { planProblems, subnetsOf, zoneLetters, type AddressPlanInput } from '../../../src/cloud/network/plan';

const plan: AddressPlanInput = { cidr: '10.20.0.0/16', zones: ['a', 'b', 'c'] };
const planned = (input: AddressPlanInput) => Object.fromEntries(subnetsOf(input).map(({ tier, zone, cidr }) => [`${tier}-${zone}`, cidr]));

const plans = fc.record({
  prefix: fc.integer({ min: 16, max: 20 }),
  zones: fc.uniqueArray(fc.constantFrom(...zoneLetters), { minLength: 2, maxLength: 6 }),
  places: fc.uniqueArray(fc.integer({ min: 3, max: 15 }), { maxLength: 6 }),
}).map(({ prefix, zones, places }): AddressPlanInput => ({ cidr: `10.64.0.0/${prefix}`, zones, tiers: Object.fromEntries(places.map(place => [`tier-${place}`, { place }])) }));

describe('a plan of addresses', () => {
  test('gives each zone an eighth of the network, half of it to nodes and pods', () => {
    expect(planned(plan)).toEqual({
      'private-a': '10.20.0.0/20', 'public-a': '10.20.16.0/24', 'data-a': '10.20.17.0/24', 'control-a': '10.20.18.0/24',
      'private-b': '10.20.32.0/20', 'public-b': '10.20.48.0/24', 'data-b': '10.20.49.0/24', 'control-b': '10.20.50.0/24',
      'private-c': '10.20.64.0/20', 'public-c': '10.20.80.0/24', 'data-c': '10.20.81.0/24', 'control-c': '10.20.82.0/24',
    });
  });

  test('overlaps nowhere, stays in its network, and has room for what AWS needs of a subnet', () => {
    fc.assert(fc.property(plans, input => {
      expect(planProblems(input)).toEqual([]);
      const ranges = subnetsOf(input).flatMap(({ cidr }) => rangeOf(cidr) ?? []);
      expect(ranges.length).toBe(input.zones.length * (4 + Object.keys(input.tiers ?? {}).length));
      ranges.forEach((range, index) => {
        expect(sizeOf(range.prefix)).toBeGreaterThanOrEqual(16);
        expect(ranges.slice(index + 1).filter(other => overlap(range, other))).toEqual([]);
      });
    }));
  });

  test('moves nothing when a zone or a tier is added, wherever it is written', () => {
    fc.assert(fc.property(plans, fc.constantFrom(...zoneLetters), fc.integer({ min: 3, max: 15 }), fc.boolean(), (input, zone, place, first) => {
      const before = planned(input);
      const zones = input.zones.includes(zone) ? input.zones : first ? [zone, ...input.zones] : [...input.zones, zone];
      const taken = Object.values(input.tiers ?? {}).some(tier => tier.place === place);
      const tiers = taken ? input.tiers : first ? { added: { place }, ...input.tiers } : { ...input.tiers, added: { place } };
      expect(planned({ ...input, zones, tiers })).toMatchObject(before);
    }));
  });

  test.each<[string, AddressPlanInput, string, string]>([
    ['a range with bits behind its prefix', { ...plan, cidr: '10.20.1.0/16' }, 'cidr', 'no bits behind it'],
    ['a network that is too small', { ...plan, cidr: '10.20.0.0/21' }, 'cidr', '/16 to /20'],
    ['addresses that others have on the internet', { ...plan, cidr: '8.8.0.0/16' }, 'cidr', 'routed on the internet'],
    ['one zone', { ...plan, zones: ['a', 'a'] }, 'zones', 'at least 2'],
    ['a tier in a place of ours', { ...plan, tiers: { reports: { place: 2 } } }, 'tiers.reports.place', 'expected 3 to 15'],
    ['two tiers in one place', { ...plan, tiers: { reports: { place: 3 }, batch: { place: 3 } } }, 'tiers.batch.place', 'where reports is'],
    ['a tier with the name of a built-in one', { ...plan, tiers: { data: { place: 3 } } }, 'tiers.data', 'choose another name'],
    ['a subnet outside of the network', { ...plan, ranges: { data: { a: '10.21.0.0/24' } } }, 'ranges.data.a', 'is not in 10.20.0.0/16'],
    ['a subnet over another one', { ...plan, ranges: { data: { a: '10.20.32.0/24' } } }, 'ranges.private.b', 'overlaps 10.20.32.0/24 of data in zone a'],
    ['a range of a tier that does not exist', { ...plan, ranges: { dta: { a: '10.20.17.0/24' } } }, 'ranges.dta', 'is no tier'],
  ])('refuses %s', (_, input, path, message) => {
    expect(planProblems(input)).toContainEqual({ path, message: expect.stringContaining(message) as unknown });
  });
});
