import { fewestReplicas, replicasAtRest, scaleSchema } from '../../src/spec/scale';
import { problemsWith } from '../support/shop';
import { testPairs } from '../support/problems';

const cpu = { type: 'cpu', metadata: { value: '60' }, metricType: 'Utilization' };
const events = (input: object) => ({ max: 9, triggers: [{ type: 'cron', metadata: {} }], ...input });

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
    ['follows something', { min: 2, max: 3, cpuPercent: 'none', memoryPercent: 80 }, { min: 2, max: 3, cpuPercent: 'none' }, 'scale.cpuPercent: must be a share where no other metric is named, or nothing says how many replicas there should be'],
    ['follows metrics that have a name', { min: 2, max: 3, perReplica: { metric: 'a:b_c', value: 1 } }, { min: 2, max: 3, perReplica: { metric: 'a/b', value: 1 } }, 'scale.perReplica.metric: is "a/b", expected a name without "/" and "%", other than "." and ".."'],
    ['follows each pod by what there is per replica', { min: 2, max: 3, metrics: [{ kind: 'pods', metric: 'm', perReplica: 2 }] }, { min: 2, max: 3, metrics: [{ kind: 'pods', metric: 'm' }] }, 'scale.metrics[0].perReplica: is missing, expected a number'],
    ['follows an object of some kind', { min: 2, max: 3, metrics: [{ kind: 'object', metric: 'm', of: { kind: 'Ingress', name: 'web' }, value: 2 }] }, { min: 2, max: 3, metrics: [{ kind: 'object', metric: 'm', of: { kind: 'ingress', name: 'web' }, value: 2 }] }, 'scale.metrics[0].of.kind: is "ingress", expected a kind such as Service'],
    ['follows something outside by one amount', { min: 2, max: 3, metrics: [{ kind: 'external', metric: 'm', perReplica: 2 }] }, { min: 2, max: 3, metrics: [{ kind: 'external', metric: 'm', perReplica: 2, value: 2 }] }, 'scale.metrics[0].value: is 2, expected either value, for all replicas together, or perReplica, for each'],
    ['follows something outside by some amount', { min: 2, max: 3, metrics: [{ kind: 'external', metric: 'm', value: 2 }] }, { min: 2, max: 3, metrics: [{ kind: 'external', metric: 'm' }] }, 'scale.metrics[0].value: is missing, expected either value, for all replicas together, or perReplica, for each'],
    ['comes by policies of at most half an hour', { min: 2, max: 3, scaleUp: { policies: [{ pods: 1, periodSeconds: 1800 }] } }, { min: 2, max: 3, scaleUp: { policies: [{ pods: 1, periodSeconds: 1801 }] } }, 'scale.scaleUp.policies[0].periodSeconds: is 1801, expected a number of at most 1800'],
    ['goes by policies of at least a second', { min: 2, max: 3, scaleDown: { policies: [{ percent: 10, periodSeconds: 1 }] } }, { min: 2, max: 3, scaleDown: { policies: [{ percent: 10, periodSeconds: 0 }] } }, 'scale.scaleDown.policies[0].periodSeconds: is 0, expected a number of at least 1'],
    ['goes by at least one policy', { min: 2, max: 3, scaleDown: { policies: [{ pods: 1, periodSeconds: 60 }] } }, { min: 2, max: 3, scaleDown: { policies: [] } }, 'scale.scaleDown.policies: is [], expected at least 1 entries'],
    ['comes after an hour of load at the latest', { min: 2, max: 3, scaleUp: { calmSeconds: 3600 } }, { min: 2, max: 3, scaleUp: { calmSeconds: 3601 } }, 'scale.scaleUp.calmSeconds: is 3601, expected a number of at most 3600'],
    ['goes after an hour of calm at the latest', { min: 2, max: 3, calmSeconds: 3600 }, { min: 2, max: 3, calmSeconds: 3601 }, 'scale.calmSeconds: is 3601, expected a number of at most 3600'],
    ['is idle below its fewest replicas', events({ min: 1, idleReplicas: 0 }), events({ min: 0, idleReplicas: 0 }), 'scale.idleReplicas: means nothing beside a min of 0; remove it, or raise min'],
    ['falls back to replicas that may run', events({ fallback: { failures: 3, replicas: 9 } }), events({ fallback: { failures: 3, replicas: 10 } }), 'scale.fallback.replicas: must be at most max'],
    ['falls back only from events', events({ fallback: { failures: 3, replicas: 9 } }), events({ min: 1, fallback: { failures: 3, replicas: 9 }, triggers: [cpu] }), 'scale.fallback: needs a trigger other than cpu and memory, which are all there are; remove it'],
    ['is woken up by something', events({ min: 1, triggers: [cpu] }), events({ triggers: [cpu] }), 'scale.triggers: has nothing but cpu and memory, which wake nobody up where no replica runs; add a trigger, or keep a replica'],
    ['looks at events at least every hour', events({ pollingSeconds: 3600 }), events({ pollingSeconds: 3601 }), 'scale.pollingSeconds: is 3601, expected a number of at most 3600'],
    ['says how the use of CPU is meant', events({ min: 1, triggers: [cpu] }), events({ min: 1, triggers: [{ ...cpu, metricType: undefined }] }), 'scale.triggers[0].metricType: is missing, expected "Utilization" or "AverageValue", which cpu needs to be told'],
    ['means no share of what is not requested', events({ triggers: [{ type: 'cron', metadata: {}, metricType: 'Value' }] }), events({ triggers: [{ type: 'cron', metadata: {}, metricType: 'Utilization' }] }), 'scale.triggers[0].metricType: is "Utilization", expected "AverageValue" or "Value"; only cpu and memory are used'],
    ['has credentials of the cluster or the namespace', events({ triggers: [{ type: 'cron', metadata: {}, authentication: { name: 'a', kind: 'ClusterTriggerAuthentication' } }] }), events({ triggers: [{ type: 'cron', metadata: {}, authentication: { name: 'a', kind: 'Secret' } }] }), 'scale.triggers[0].authentication.kind: is "Secret", expected "TriggerAuthentication" or "ClusterTriggerAuthentication"'],
    ['is said for every environment that stands alone', { perEnvironment: { dev: { replicas: 1 }, production: { replicas: 2 } } }, { perEnvironment: { dev: { replicas: 1 } } }, 'scale: says nothing for production; name it, or add a default'],
    ['is said for environments that exist', { perEnvironment: { default: { replicas: 1 } } }, { perEnvironment: { default: { replicas: 1 }, prod: { replicas: 2 } } }, 'scale.perEnvironment.prod: is no environment, expected one of dev, production or default'],
    ['is right in each environment', { perEnvironment: { default: { replicas: 1 } } }, { perEnvironment: { default: { replicas: 0 } } }, 'scale.perEnvironment.default.replicas: is 0, expected a number of at least 1'],
  ]);

  test.each([[{ replicas: 3 }, 3], [{ min: 2, max: 9 }, 2]])('is never less than %j says', (scale, fewest) => {
    expect(fewestReplicas(scaleSchema.parse(scale))).toBe(fewest);
  });

  test.each([
    [{ replicas: 3 }, 3], [{ min: 2, max: 9 }, 2], [events({ min: 0 }), 0], [events({ min: 2 }), 2], [events({ min: 2, idleReplicas: 0 }), 0],
  ])('is at rest what %j says', (scale, resting) => {
    expect(replicasAtRest(scaleSchema.parse(scale))).toBe(resting);
  });
});
