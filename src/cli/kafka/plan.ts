import { join } from 'node:path';
import { MartyError } from '../../errors';
import { diskChangesOf, kafkaClusterOf, nodeSetManifestsOf, planOf, provisioningOf, stateIn, type KafkaCluster, type KafkaState } from '../../kafka';
import { differencesOf } from '../../manifests/difference';
import { upgradeProblems } from '../../manifests/upgrade';
import { readYaml } from '../../manifests/yaml-documents';
import { guardedFile } from '../../synth/guarded';
import { folderOf, platformFolder } from '../../spec/names';
import { settleService } from '../../spec/settle';
import type { Problem } from '../../errors';
import type { StatefulSet } from '../../imports/kubernetes';
import type { Identified } from '../../manifests/identity';
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
  readonly restart?: boolean;
  /** Whether somebody named the output folder. */
  readonly named?: boolean;
}

/**
 * The way from the Kafka that is written to the one that is described.
 *
 * @throws PLATFORM_INVALID when the environment describes no Kafka of its own.
 * @throws USAGE when the output folder tells nothing of it.
 */
export function kafkaPlan(io: Io, services: readonly MicroserviceSpec[], request: Request): KafkaPlanResult {
  const { environment, output, shown, replace, restart } = request;
  checkOutput(io, request);
  const folder = folderOf(environment);
  const textOf = (file: string) => io.files.text(join(output, folder, file));
  const before = stateBefore(textOf('configmap-kafka-identity.yaml'));
  const cluster = clusterOf(services, environment, before);
  const changed = nodeSetManifestsOf(cluster).filter(({ metadata, spec }) => {
    const written = documentIn(textOf(`statefulset-${metadata?.name ?? ''}.yaml`)) as { spec?: { template?: object } } | undefined;
    const fresh = JSON.parse(JSON.stringify(spec?.template)) as Record<string, unknown>;
    return written?.spec?.template && differencesOf({ ...written.spec.template }, fresh).length > 0;
  }).map(({ metadata }) => metadata?.name ?? '');
  const disks = diskChangesOf(cluster, set => documentIn(textOf(`statefulset-${set}.yaml`)) as StatefulSet | undefined);
  const problems = [...disks.problems, ...topicProblems(cluster, documentIn(textOf('configmap-kafka-provision.yaml')))];
  const steps = planOf(cluster, { before, changed, grown: disks.grown, problems, folder: join(shown, folder), replace, restart });
  return { environment, steps: steps.map(step => ({ ...step, commands: [...step.commands] })) };
}

/** Where nothing is written yet, there is no Kafka yet; what is written elsewhere or in another form is none to compare with. */
function checkOutput({ files }: Io, { environment, output, shown, named }: Request): void {
  const platform = join(output, platformFolder);
  if (named && !files.isFolder(output)) throw new MartyError('USAGE', `--out is ${shown}, which is no folder, expected the one that the Kafka of ${environment} is written to`);
  const others = [join(platform, `${guardedFile}-${environment}`), join(platform, 'overlays', environment, guardedFile)];
  if (!others.some(file => files.exists(file))) return;
  throw new MartyError('USAGE', `${shown} holds charts of Helm or overlays of Kustomize, which a plan cannot be made from, expected plain manifests; write those of what runs with \`marty synth --format plain --out <dir>\` and name that folder: --out <dir>`);
}

function clusterOf(services: readonly MicroserviceSpec[], environment: string, before: KafkaState | undefined): KafkaCluster {
  const cluster = kafkaClusterOf(services[0].platform, environment, services.map(service => settleService(service, environment)));
  if (cluster.spec.operator === 'plain') return cluster;
  if (before) {
    throw new MartyError('KAFKA_PLAN_REFUSED', `environments.${environment}.kafka.operator: is strimzi, was plain: the operator takes over no disks; let another Kafka that it runs mirror the topics first`);
  }
  throw new MartyError('PLATFORM_INVALID', `environments.${environment}.kafka: is run by Strimzi, which does by itself what a plan would say`);
}

function stateBefore(text: string | undefined): KafkaState | undefined {
  const { data, metadata } = (documentIn(text) ?? {}) as { data?: Readonly<Record<string, string>>; metadata?: { namespace?: string } };
  return data && stateIn(data, metadata?.namespace);
}

const documentIn = (text: string | undefined): unknown => (text === undefined ? undefined : readYaml(text).documents[0]?.value);

/** Topics that the Job which provisions could not make so. */
function topicProblems(cluster: KafkaCluster, written: unknown): Problem[] {
  const fresh = provisioningOf(cluster).find(({ kind }) => kind === 'ConfigMap');
  if (written === undefined || !fresh) return [];
  return upgradeProblems(written as Identified, fresh as unknown as Identified)
    .map(({ path, message, remedy }) => ({ path: path.replace('data["desired.json"]', 'topic'), message: `${message}; ${remedy}` }));
}

/** A plan for people, with commands that can be copied: none is run after one that failed. */
export function planText({ environment, steps }: KafkaPlanResult): string {
  if (!steps.length) return `the written files are what the description says of the Kafka of ${environment}; for the way from older ones, name their folder: --out <dir>\n`;
  return steps.map(({ title, why, commands }, index) => [
    `${index + 1}. ${title}`, `   ${why}`, ...commands.map((command, at) => `     ${command}${at < commands.length - 1 ? ' &&' : ''}`), '',
  ].join('\n')).join('\n');
}
