import { resourcesOf, resourcesSchema } from '../../src/spec/resources';
import { problemsWith } from '../support/shop';
import { testPairs } from '../support/problems';

const asked = { cpuMillis: 100, memoryMiB: 128 };

describe('resources', () => {
  testPairs(resources => problemsWith({ resources }), [
    ['have a limit of CPU that is no less than the request', { ...asked, cpuLimitMillis: 100 }, { ...asked, cpuLimitMillis: 99 }, 'resources.cpuLimitMillis: must be at least the request, cpuMillis'],
    ['have a limit of memory that is no less than the request', { ...asked, memoryLimitMiB: 128 }, { ...asked, memoryLimitMiB: 127 }, 'resources.memoryLimitMiB: must be at least the request, memoryMiB'],
    ['are told of in the words that were used', asked, { ...asked, cpuLimitMilis: 200 }, 'resources.cpuLimitMilis: is not a field that exists here; did you mean cpuLimitMillis?'],
    ['say how much CPU', asked, { memoryMiB: 128 }, 'resources.cpuMillis: is missing, expected a number'],
    ['ask for some CPU', { ...asked, cpuMillis: 1 }, { ...asked, cpuMillis: 0 }, 'resources.cpuMillis: is 0, expected a number of at least 1'],
    ['ask for some memory', { ...asked, memoryMiB: 4 }, { ...asked, memoryMiB: 3 }, 'resources.memoryMiB: is 3, expected a number of at least 4'],
    ['are numbers, not quantities of Kubernetes', asked, { ...asked, memoryMiB: '128Mi' }, 'resources.memoryMiB: is "128Mi", expected a number'],
    ['are a preset that exists', 'large', 'huge', 'resources: is "huge", expected "small" or "medium" or "large"'],
  ]);

  test.each([
    ['small', { cpuMillis: 100, cpuLimitMillis: 400, memoryMiB: 128, memoryLimitMiB: 128, diskMiB: 256 }],
    [{ ...asked, diskMiB: 64 }, { cpuMillis: 100, cpuLimitMillis: 400, memoryMiB: 128, memoryLimitMiB: 128, diskMiB: 64 }],
    [{ ...asked, cpuLimitMillis: 150, memoryLimitMiB: 256, diskMiB: 64 },
      { cpuMillis: 100, cpuLimitMillis: 150, memoryMiB: 128, memoryLimitMiB: 256, diskMiB: 64 }],
    [{ cpuMillis: 100_000, memoryMiB: 4, diskMiB: 4 },
      { cpuMillis: 100_000, cpuLimitMillis: 256_000, memoryMiB: 4, memoryLimitMiB: 4, diskMiB: 4 }],
  ] as const)('of %j have limits that follow from requests', (said, numbers) => {
    expect(resourcesOf(resourcesSchema.parse(said))).toMatchObject(numbers);
  });
});
