import { App, Chart } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { HorizontalPodAutoscaler, ScaledObject, type HorizontalPodAutoscalerProps, type ScaledObjectProps, type Workload } from '../../src/k8s';
import { render } from '../../src/synth/render';
import { definePlatform, type MicroserviceSpec } from '../../src/spec';
import { oneOf, renderChart, renderPlatform } from '../support/manifests';
import { refusalOf } from '../support/problems';
import { allFacts, minimal } from '../support/shop';

const target: Workload = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', workloadName: 'web.live', matchLabels: { app: 'web' } };
const scaled = (props: Omit<HorizontalPodAutoscalerProps, 'target' | 'min' | 'max'>) => (
  oneOf(renderChart(chart => new HorizontalPodAutoscaler(chart, 'Hpa', { target, min: 2, max: 9, ...props })), 'HorizontalPodAutoscaler').spec);
const byEvents = (props: Partial<ScaledObjectProps>) => oneOf(renderChart(chart => new ScaledObject(chart, 'Events', {
  target, min: 0, max: 9, triggers: [{ type: 'cron', metadata: { timezone: 'Etc/UTC' } }], ...props,
})), 'ScaledObject').spec;

describe('an autoscaler', () => {
  test('aims at CPU alone and says nothing of its pace when nothing is said', () => {
    expect(scaled({})).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web.live' }, minReplicas: 2, maxReplicas: 9,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
    });
  });

  test('aims at every metric that is named', () => {
    expect(scaled({
      cpuPercent: 'none', memoryPercent: 80, perReplica: { metric: 'requests', value: 12.5 },
      metrics: [
        { kind: 'pods', metric: 'jobs', labels: { queue: 'fast' }, perReplica: 3 },
        { kind: 'object', metric: 'hits', of: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'web' }, value: 1000 },
        { kind: 'object', metric: 'open', of: { kind: 'Service', name: 'web' }, perReplica: 10 },
        { kind: 'external', metric: 'queue_depth', value: 30 },
      ],
    })?.metrics).toEqual([
      { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } } },
      { type: 'Pods', pods: { metric: { name: 'requests' }, target: { type: 'AverageValue', averageValue: '12.5' } } },
      { type: 'Pods', pods: { metric: { name: 'jobs', selector: { matchLabels: { queue: 'fast' } } }, target: { type: 'AverageValue', averageValue: '3' } } },
      { type: 'Object', object: { metric: { name: 'hits' }, target: { type: 'Value', value: '1000' }, describedObject: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'web' } } },
      { type: 'Object', object: { metric: { name: 'open' }, target: { type: 'AverageValue', averageValue: '10' }, describedObject: { apiVersion: 'v1', kind: 'Service', name: 'web' } } },
      { type: 'External', external: { metric: { name: 'queue_depth' }, target: { type: 'Value', value: '30' } } },
    ]);
  });

  test('changes the number as fast as it is told', () => {
    expect(scaled({ calmSeconds: 60, scaleUp: { policies: [{ percent: 50, periodSeconds: 30 }] }, scaleDown: { selectPolicy: 'min', policies: [{ pods: 1, periodSeconds: 120 }] } })?.behavior).toEqual({
      scaleUp: { policies: [{ type: 'Percent', value: 50, periodSeconds: 30 }] },
      scaleDown: { stabilizationWindowSeconds: 60, selectPolicy: 'Min', policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }] },
    });
  });
});

describe('scaling by events', () => {
  test('says what is always needed and nothing else', () => {
    expect(byEvents({})).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web.live' }, minReplicaCount: 0, maxReplicaCount: 9, cooldownPeriod: 300,
      triggers: [{ type: 'cron', metadata: { timezone: 'Etc/UTC' } }],
    });
  });

  test('says all that is said', () => {
    expect(byEvents({
      min: 2, idleReplicas: 0, pollingSeconds: 10, calmSeconds: 7200, fallback: { failures: 3, replicas: 4, behavior: 'currentReplicasIfHigher' }, scaleUp: { calmSeconds: 5 },
      triggers: [
        { type: 'kafka', metadata: {}, authentication: 'kafka' }, { type: 'rabbitmq', metadata: {}, authentication: { name: 'all', kind: 'ClusterTriggerAuthentication' }, metricType: 'Value' },
      ],
    })).toMatchObject({
      idleReplicaCount: 0, pollingInterval: 10, cooldownPeriod: 7200, fallback: { failureThreshold: 3, replicas: 4, behavior: 'currentReplicasIfHigher' },
      advanced: {
        horizontalPodAutoscalerConfig: { behavior: { scaleUp: { stabilizationWindowSeconds: 5 }, scaleDown: { stabilizationWindowSeconds: 3600 } } },
      },
      triggers: [
        { type: 'kafka', metadata: {}, authenticationRef: { name: 'kafka' } },
        { type: 'rabbitmq', metadata: {}, metricType: 'Value', authenticationRef: { name: 'all', kind: 'ClusterTriggerAuthentication' } },
      ],
    });
  });

  test.each<[string, Partial<ScaledObjectProps>, string]>([
    ['of a DaemonSet', { target: { ...target, kind: 'DaemonSet' } }, 'target: is a DaemonSet, which runs one pod per node, expected a workload with a number of replicas'],
    ['between ends that are none', { min: 9 }, 'max: must be more than min'],
  ])('%s is refused', (_, props, problem) => {
    expect(refusalOf('PROPS_INVALID', () => byEvents(props))).toEqual([problem]);
  });
});

describe('a share of what is requested', () => {
  const around = (resources: plus.ContainerResources | undefined, props: Partial<HorizontalPodAutoscalerProps> = {}) => {
    const app = new App();
    const chart = new Chart(app, 'test');
    const web = new plus.Deployment(chart, 'web', { containers: [{ image: 'web:1', portNumber: 80, name: 'main', resources }] });
    new HorizontalPodAutoscaler(chart, 'Hpa', { target: web, min: 2, max: 4, ...props });
    return app;
  };
  const refusal = (app: App) => {
    try {
      app.synthYaml();
      render(app);
      return [];
    } catch (error) {
      return String(error).split('\n').filter(line => line.includes('requests no')).map(line => line.replace(/^.*?(target: )/, '$1'));
    }
  };
  const missing = (resource: string): unknown => expect.stringMatching(
    new RegExp(`^target: the container main of Deployment test-web-\\w+ requests no ${resource}, expected some, a share of which is aimed at; request it, or aim at another metric`));

  test('of a workload of somebody else is refused when the app is synthesized, where nothing is requested', () => {
    expect(refusal(around({}))).toEqual([missing('cpu')]);
    expect(refusal(around({ cpu: { request: plus.Cpu.millis(100) } }))).toEqual([]);
    expect(refusal(around({ cpu: { request: plus.Cpu.millis(100) } }, { memoryPercent: 50 }))).toEqual([missing('memory')]);
  });

  test('is there where a limit stands for the request, or another metric is aimed at', () => {
    expect(refusal(around({ cpu: { limit: plus.Cpu.millis(100) } }))).toEqual([]);
    expect(refusal(around({}, { cpuPercent: 'none', perReplica: { metric: 'm', value: 1 } }))).toEqual([]);
  });

  test('is refused where a patch takes the request away', () => {
    const render1 = (resources: object | null) => {
      const platform = definePlatform({ name: 'shop', environments: { production: { ...allFacts } } });
      const service = platform.microservice({
        ...minimal, scale: { min: 2, max: 4 },
        patches: { Deployment: { spec: { template: { spec: { containers: [{ name: minimal.name, resources }] } } } } },
      } as never) as unknown as MicroserviceSpec;
      return renderPlatform([service], 'production').text();
    };
    expect(() => render1({ requests: { cpu: '200m' } })).not.toThrow();
    expect(() => render1(null)).toThrow('requests no cpu');
  });
});
