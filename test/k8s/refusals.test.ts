import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { HorizontalPodAutoscaler, PodDisruptionBudget, Service, type Workload } from '../../src/k8s';
import { Microservice, PlatformChart } from '../../src/charts';
import { render } from '../../src/synth/render';
import { refusalOf } from '../support/problems';
import { minimal, shop } from '../support/shop';
import type { MicroserviceSpec } from '../../src/spec';

const target: Workload = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', matchLabels: { app: 'web' } };
const service = shop.microservice({ ...minimal, secrets: { key: { key: 'a' } } }) as unknown as MicroserviceSpec;

const patched = shop.microservice({ ...minimal, patches: { HorizontalPodAutoscaler: { metadata: { annotations: { a: 'b' } } } } }) as unknown as MicroserviceSpec;

describe('a construct that throws leaves nothing half-built behind', () => {
  test.each<[string, (scope: Chart) => unknown, string]>([
    ['HorizontalPodAutoscaler', scope => new HorizontalPodAutoscaler(scope, 'Hpa', { target, min: 3, max: 2 }), 'PROPS_INVALID'],
    ['PodDisruptionBudget', scope => new PodDisruptionBudget(scope, 'Pdb', { target, maxUnavailable: 0 }), 'PROPS_INVALID'],
    ['Microservice, for an environment that lacks a fact', scope => new Microservice(scope, 'M', { service, environment: 'dev', version: '1' }), 'PLATFORM_INVALID'],
    ['Microservice, for a version that is none', scope => new Microservice(scope, 'M', { service, environment: 'production', version: 'latest' }), 'RELEASE_INVALID'],
    ['Microservice, for a patch that meets nothing', scope => new Microservice(scope, 'M', { service: patched, environment: 'production', version: '1' }), 'PLATFORM_INVALID'],
    ['PlatformChart, for a patch that meets nothing', scope => new PlatformChart(scope, 'P', { environment: 'production', services: [patched], releases: { api: '1' } }), 'PLATFORM_INVALID'],
    ['PlatformChart, for services that do not fit', scope => new PlatformChart(scope, 'P', { environment: 'production', services: [service, service], releases: { api: '1' } }), 'PLATFORM_INVALID'],
    ['PlatformChart, for a release that lacks a version', scope => new PlatformChart(scope, 'P', { environment: 'production', services: [service], releases: {} }), 'RELEASE_INVALID'],
    ['PlatformChart, for a file that is not there', scope => new PlatformChart(scope, 'P', { environment: 'production', services: [service], releases: '/nowhere' }), 'RELEASE_INVALID'],
    ['PlatformChart, for an environment that lacks a fact', scope => new PlatformChart(scope, 'P', { environment: 'dev', services: [service], releases: { api: '1' } }), 'PLATFORM_INVALID'],
    ['PlatformChart, for an environment that is none', scope => new PlatformChart(scope, 'P', { environment: 'test', services: [service], releases: { api: '1' } }), 'PLATFORM_INVALID'],
    ['PlatformChart, without services', scope => new PlatformChart(scope, 'P', { environment: 'dev', services: [], releases: {} }), 'PLATFORM_INVALID'],
  ])('%s', (_, build, code) => {
    const chart = new Chart(new App(), 'chart');
    expect(() => build(chart)).toThrow(expect.objectContaining({ code }) as Error);
    expect(chart.node.children.map(({ node }) => node.path)).toEqual([]);
  });
});

describe('properties', () => {
  const chart = () => new Chart(new App(), 'chart');

  test.each([
    ['a range that is none', { min: 3, max: 3 }, 'max: must be more than min; write { replicas } for a number that never changes'],
    ['no replica', { min: 0, max: 3 }, 'min: is 0, expected a number of at least 1'],
    ['a share of CPU that is none', { min: 1, max: 3, cpuPercent: 0 }, 'cpuPercent: is 0, expected a number of at least 1'],
    ['a field that does not exist', { min: 1, max: 3, diskPercent: 50 }, 'diskPercent: is not a field that exists here'],
  ])('of an autoscaler with %s are refused', (_, range, problem) => {
    expect(refusalOf('PROPS_INVALID', () => new HorizontalPodAutoscaler(chart(), 'Hpa', { target, ...range }))).toEqual([problem]);
  });

  test.each([
    ['nothing in it', {}, 'maxUnavailable: is missing, expected a number'],
    ['two budgets', { maxUnavailable: 1, minAvailable: 1 }, 'minAvailable: is not a field that exists here'],
  ])('of a budget with %s are refused', (_, budget, problem) => {
    expect(refusalOf('PROPS_INVALID', () => new PodDisruptionBudget(chart(), 'Pdb', { target, ...budget } as never))).toEqual([problem]);
  });
});

test('an object that the API server would refuse is refused with the path of its construct', () => {
  const app = new App();
  new Service(new Chart(app, 'chart'), 'Service', { target, ports: [{ name: 'web', port: 70_000, protocol: 'http' }] });
  expect(refusalOf('MANIFEST_INVALID', () => render(app))).toEqual([expect.stringMatching(/^chart\/Service\/Resource: .*70000/)]);
});

test('an override that Kubernetes does not know is refused', () => {
  const app = new App();
  const block = new Service(new Chart(app, 'chart'), 'Service', { target, ports: [{ name: 'web', port: 80, protocol: 'http' }] });
  ApiObject.of(block.node.findChild('Resource')).addJsonPatch(JsonPatch.add('/spec/sesionAffinity', 'None'));
  expect(refusalOf('MANIFEST_INVALID', () => render(app))).toEqual([expect.stringContaining('spec.sesionAffinity')]);
});
