import { join } from 'node:path';
import { App } from 'cdk8s';
import { createJiti } from 'jiti';
import { parse } from 'yaml';
import { releasesOf } from '../../../support/manifests';
import { PlatformChart } from '../../../../src/charts';
import { nodeSetManifestsOf, type KafkaCluster } from '../../../../src/kafka';
import { factsOf } from '../../../../src/spec/environments';
import { isOwnKafka } from '../../../../src/spec/kafka';
import { settleService } from '../../../../src/spec/settle';
import { render } from '../../../../src/synth/render';
import type { EnvironmentInput, MicroserviceSpec } from '../../../../src/spec';
import type { KubernetesObject } from '../../kubernetes/manifest';

/** A Kafka of a platform's own, as a user writes it. */
export type KafkaWritten = Extract<NonNullable<EnvironmentInput['kafka']>, { version: string }>;

/** The petstore in production, with a Kafka of its own. */
export interface Petstore {
  readonly cluster: KafkaCluster;
  /** What is rendered, without the pods of the services: nobody runs those here. */
  readonly objects: readonly KubernetesObject[];
  /** Names of all services. */
  readonly services: readonly string[];
}

const environment = 'production';
const example = join(__dirname, '../../../../examples/petstore/fleet.ts');

/** The petstore of the examples as it is rendered for users, with this Kafka in the place of the one that it refers to. */
export function petstoreWith(kafka: KafkaWritten): Petstore {
  const { services: written } = createJiti(__filename)(example) as { readonly services: readonly MicroserviceSpec[] };
  const { platform: before } = written[0];
  const platform = { ...before, environments: { ...before.environments, [environment]: { ...before.environments[environment], kafka } } };
  const services = written.map(service => ({ ...service, platform }));
  return { cluster: clusterOf(services), objects: objectsOf(services), services: services.map(({ name }) => name).sort() };
}

function clusterOf(services: readonly MicroserviceSpec[]): KafkaCluster {
  const { platform } = services[0];
  const facts = factsOf(platform, environment);
  const { kafka: spec, namespace = platform.name } = facts;
  if (!spec || !isOwnKafka(spec)) throw new Error(`petstore: kafka of ${environment} is one that exists already, expected one of its own`);
  const settled = services.map(service => settleService(service, environment)).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { spec, facts, platform: platform.name, environment, namespace, services: settled };
}

function objectsOf(services: readonly MicroserviceSpec[]): KubernetesObject[] {
  const app = new App();
  new PlatformChart(app, environment, { environment, services, releases: releasesOf(services) });
  const isRun = ({ kind, metadata }: KubernetesObject) => !['StatefulSet', 'Deployment', 'Job'].includes(kind) || (metadata.labels as Readonly<Record<string, string>> | undefined)?.['app.kubernetes.io/name'] === 'kafka';
  return render(app).map(({ text }) => parse(text) as KubernetesObject).filter(isRun);
}

/** The StatefulSets of the Kafka whose pods would be others. */
export function changedSets(before: KafkaCluster, after: KafkaCluster): string[] {
  const templates = (cluster: KafkaCluster) => new Map(nodeSetManifestsOf(cluster).map(({ metadata, spec }) => [metadata?.name ?? '', JSON.stringify(spec?.template)]));
  const old = templates(before);
  return [...templates(after)].filter(([name, template]) => old.has(name) && old.get(name) !== template).map(([name]) => name);
}
