import { fewestReplicas, scaleSchema } from '../../src/spec/scale';
import { problemsWith } from '../support/shop';
import { testPairs } from '../support/problems';

describe('how many replicas run', () => {
  testPairs(scale => problemsWith({ scale }), [
    ['is at least one', { replicas: 1 }, { replicas: 0 }, 'scale.replicas: is 0, expected a number of at least 1'],
    ['is at most 1000', { replicas: 1000 }, { replicas: 1001 }, 'scale.replicas: is 1001, expected a number of at most 1000'],
    ['is a whole number', { replicas: 2 }, { replicas: 2.5 }, 'scale.replicas: is 2.5, expected an integer'],
    ['is a range with more at its end', { min: 2, max: 3 }, { min: 2, max: 2 }, 'scale.max: must be more than min; write { replicas } for a number that never changes'],
    ['is a range with an end', { min: 2, max: 3 }, { min: 2 }, 'scale.max: is missing, expected a number'],
    ['is a number or a range, not both', { min: 2, max: 3 }, { min: 2, max: 3, replicas: 2 }, 'scale.replicas: is not a field that exists here'],
    ['follows a use of CPU up to 100 percent', { min: 2, max: 3, cpuPercent: 100 }, { min: 2, max: 3, cpuPercent: 101 }, 'scale.cpuPercent: is 101, expected a number of at most 100'],
    ['follows a metric by some amount of it', { min: 2, max: 3, perReplica: { metric: 'm', value: 1 } }, { min: 2, max: 3, perReplica: { metric: 'm', value: 0 } }, 'scale.perReplica.value: is 0, expected a number of more than 0'],
    ['is said for every environment that stands alone', { perEnvironment: { dev: { replicas: 1 }, production: { replicas: 2 } } }, { perEnvironment: { dev: { replicas: 1 } } }, 'scale: says nothing for production; name it, or add a default'],
    ['is said for environments that exist', { perEnvironment: { default: { replicas: 1 } } }, { perEnvironment: { default: { replicas: 1 }, prod: { replicas: 2 } } }, 'scale.perEnvironment.prod: is no environment, expected one of dev, production or default'],
    ['is right in each environment', { perEnvironment: { default: { replicas: 1 } } }, { perEnvironment: { default: { replicas: 0 } } }, 'scale.perEnvironment.default.replicas: is 0, expected a number of at least 1'],
  ]);

  test.each([[{ replicas: 3 }, 3], [{ min: 2, max: 9 }, 2]])('is never less than %j says', (scale, fewest) => {
    expect(fewestReplicas(scaleSchema.parse(scale))).toBe(fewest);
  });
});
