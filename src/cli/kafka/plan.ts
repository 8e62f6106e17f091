import { join } from 'node:path';
import { MartyError } from '../../errors';
import { kafkaClusterOf, nodeSetManifestsOf, planOf, stateIn, type KafkaCluster, type KafkaState } from '../../kafka';
import { differencesOf } from '../../manifests/difference';
import { readYaml } from '../../manifests/yaml-documents';
import { folderOf } from '../../spec/names';
import { settleService } from '../../spec/settle';
import type { Io } from '../io';
import type { MicroserviceSpec } from '../../spec/microservice';
import type { KafkaPlanResult } from './result';

interface Request {
  readonly environment: string;
  /** The output folder. */
  readonly output: string;
  /** How the output folder is called from where the commands are run. */
  readonly shown: string;
  readonly replace?: string;
}

/**
 * The way from the Kafka that is written to the one that is described.
 *
 * @throws PLATFORM_INVALID when the environment describes no Kafka of its own.
 */
export function kafkaPlan(io: Io, services: readonly MicroserviceSpec[], { environment, output, shown, replace }: Request): KafkaPlanResult {
  const cluster = clusterOf(services, environment);
  const folder = folderOf(environment);
  const textOf = (file: string) => io.files.text(join(output, folder, file));
  const before = stateBefore(textOf('configmap-kafka-identity.yaml'));
  const changed = nodeSetManifestsOf(cluster).filter(({ metadata, spec }) => {
    const written = documentIn(textOf(`statefulset-${metadata?.name ?? ''}.yaml`)) as { spec?: { template?: object } } | undefined;
    const fresh = JSON.parse(JSON.stringify(spec?.template)) as Record<string, unknown>;
    return written?.spec?.template && differencesOf({ ...written.spec.template }, fresh).length > 0;
  }).map(({ metadata }) => metadata?.name ?? '');
  const steps = planOf(cluster, { before, changed, folder: join(shown, folder), replace });
  return { environment, steps: steps.map(step => ({ ...step, commands: [...step.commands] })) };
}

function clusterOf(services: readonly MicroserviceSpec[], environment: string): KafkaCluster {
  const cluster = kafkaClusterOf(services[0].platform, environment, services.map(service => settleService(service, environment)));
  if (cluster.spec.operator === 'plain') return cluster;
  throw new MartyError('PLATFORM_INVALID', `environments.${environment}.kafka: is run by Strimzi, which does by itself what a plan would say`);
}

function stateBefore(text: string | undefined): KafkaState | undefined {
  const { data } = (documentIn(text) ?? {}) as { data?: Readonly<Record<string, string>> };
  return data && stateIn(data);
}

const documentIn = (text: string | undefined): unknown => (text === undefined ? undefined : readYaml(text).documents[0]?.value);

/** A plan for people, with commands that can be copied. */
export function planText({ environment, steps }: KafkaPlanResult): string {
  if (!steps.length) return `the Kafka of ${environment} is what the description says\n`;
  return steps.map(({ title, why, commands }, index) => [
    `${index + 1}. ${title}`, `   ${why}`, ...commands.map(command => `     ${command}`), '',
  ].join('\n')).join('\n');
}
