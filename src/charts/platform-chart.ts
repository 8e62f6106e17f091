import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Namespace } from '../k8s';
import { MartyError } from '../errors';
import { EncryptedSecret } from '../k8s/encrypted-secret';
import { containerDefaultsOf } from '../spec/container-defaults';
import { deliveryOf } from '../spec/delivery';
import { factsOf } from '../spec/environments';
import { callersOf, checkFleet, checkMessaging, checkRoutes } from '../spec/fleet';
import { isOwnKafka, outerServicesOf } from '../spec/kafka';
import { meshOf } from '../spec/mesh';
import { folderOf, labelsOf } from '../spec/names';
import { placementKey, type Placement } from '../spec/placement';
import { checkQuota } from '../spec/quota';
import { checkReleases, type Releases } from '../spec/releases';
import { identityProblems } from '../spec/adoption';
import { settleService } from '../spec/settle';
import { defineChallengeAccess } from './_challenge-access';
import { readEncryptedSecrets } from './_encrypted-secrets';
import { enforcePolicies } from './_policies';
import { Microservice } from './microservice';
import type { KafkaClusterProps } from './kafka-cluster';
import type { Environment } from '../spec/environment';
import type { MicroserviceSpec } from '../spec/microservice';
import type { Policy } from '../spec/policy';
import type { SettledService } from '../spec/settle';

export interface PlatformChartProps {
  /** The environment to render for, by its name in the platform. */
  readonly environment: string;
  /** Every service that runs there. */
  readonly services: readonly MicroserviceSpec[];
  /** The version of each service, or the folder that holds `<environment>.json`. @default 'releases' */
  readonly releases?: Releases | string;
  /**
   * The folder of sealed or encrypted secrets, `<environment>/<service>.yaml`, for every service that reads any; they are passed through.
   * @default - none: they are made in the cluster, as the environment's `secretStore` says
   */
  readonly secrets?: string;
  /**
   * Whether this repository renders what services share: the namespace, its default deny, quota and limits, and the priorities. Of several
   * repositories that describe services of one platform, exactly one does.
   * @default true
   */
  readonly ownsPlatform?: boolean;
  /**
   * Hours after which the namespace may be removed, 1 to 8760; `previewOf` says it. Written as `janitor/ttl` for whoever cleans up.
   * @default - it stays
   */
  readonly ttlHours?: number;
  /**
   * Policies that every object has to keep, from `definePolicy`. Those that deny are enforced whenever the app is synthesized; whoever owns the
   * platform also has the cluster enforce them all in the namespace, from Kubernetes 1.30 on.
   * @default []
   */
  readonly policies?: readonly Policy[];
}

/**
 * Defines a whole platform in one environment: what services share, and a chart per service.
 *
 * @throws PLATFORM_INVALID when services do not fit together, or lack a fact of the environment.
 * @throws RELEASE_INVALID when a service has no usable version.
 * @throws SECRETS_INVALID when the secrets of a service are missing, not encrypted, or not those that it reads.
 */
export class PlatformChart extends Chart {
  /** One chart per service, by name. */
  readonly microservices: Readonly<Record<string, Microservice>>;

  constructor(scope: Construct, id: string, props: PlatformChartProps) {
    const { environment, services, releases = 'releases', ownsPlatform = true, secrets, ttlHours, policies = [] } = props;
    checkFleet(services);
    const { platform } = services[0];
    const facts = factsOf(platform, environment);
    const namespace = facts.namespace ?? platform.name;
    const names = services.map(service => service.name);
    const file = typeof releases === 'string' ? join(releases, `${environment}.json`) : undefined;
    const versions = checkReleases(file ? readReleases(file) : releases, names, file ?? 'releases');
    const settled = settleAll(services, environment);
    checkRoutes(settled, environment);
    checkMessaging(settled, environment);
    const encrypted = secrets === undefined ? {} : readEncryptedSecrets(secrets, environment, settled);
    checkQuota(settled, environment);
    super(scope, id);
    const delivery = deliveryOf(settled, { platform: platform.name, namespace, preview: ttlHours !== undefined });
    const place = (chart: Chart, folder: string, service?: string) => {
      const placement: Placement = { folder, environment, kubernetes: facts.kubernetes, delivery: delivery(service) };
      chart.node.addMetadata(placementKey, placement);
    };
    place(this, folderOf(environment));
    if (ownsPlatform) {
      const { kubernetes, quota, egress } = facts;
      new Namespace(this, 'Namespace', {
        name: namespace, platform: platform.name, kubernetes, quota, egress, ttlHours,
        mesh: meshOf(facts.mesh), containerDefaults: containerDefaultsOf(facts, settled), outerServices: outerServicesOf(facts.kafka),
      });
    }
    enforcePolicies(this, policies, ownsPlatform ? namespace : undefined);
    if (!ownsPlatform) checkKafkaIsElsewhere(settled, facts.kafka, environment);
    if (ownsPlatform && facts.kafka) defineKafka(this, { platform, environment, services: settled }, facts.kafka);
    if (ownsPlatform) defineChallengeAccess(this, namespace, platform.name, facts);
    try {
      this.microservices = Object.fromEntries(services.map(service => {
        const chart = new Chart(this, service.name);
        place(chart, folderOf(environment, service.name), service.name);
        if (Object.hasOwn(encrypted, service.name)) new EncryptedSecret(chart, 'EncryptedSecret', { manifest: encrypted[service.name] });
        return [service.name, new Microservice(chart, 'Microservice', {
          service, environment, version: versions[service.name], callers: callersOf(service.name, settled),
        })];
      }));
    } catch (error) {
      scope.node.tryRemoveChild(id);
      throw error;
    }
  }
}

/** Users and what may reach them are made together with their Kafka, by whoever renders what services share. */
function checkKafkaIsElsewhere(services: readonly SettledService[], kafka: object | undefined, environment: string): void {
  const problems = kafka && isOwnKafka(kafka) ? services.filter(({ topics }) => topics).map(({ name }) => ({
    path: name, message: `sends or receives messages by the Kafka of ${environment}, which only knows the services that are rendered with it; render it where ownsPlatform is true`,
  })) : [];
  if (problems.length) throw new MartyError('PLATFORM_INVALID', `the services cannot run in ${environment}:`, { problems });
}

/** A Kafka, or what is made in one that exists. Only who has one loads what makes it. */
function defineKafka(scope: Construct, props: KafkaClusterProps, kafka: NonNullable<Environment['kafka']>): void {
  /* eslint-disable @typescript-eslint/no-require-imports */
  if (isOwnKafka(kafka)) {
    const { KafkaCluster } = require('./kafka-cluster') as typeof import('./kafka-cluster');
    new KafkaCluster(scope, 'Kafka', props);
  } else if (kafka.provision) {
    const { KafkaProvisioning } = require('./kafka-provisioning') as typeof import('./kafka-provisioning');
    new KafkaProvisioning(scope, 'Kafka', props);
  }
  /* eslint-enable @typescript-eslint/no-require-imports */
}

/** Every service as it is in the environment, or everything that keeps some from it. */
function settleAll(services: readonly MicroserviceSpec[], environment: string) {
  const errors: MartyError[] = [];
  const settled = services.flatMap(service => {
    try {
      return [settleService(service, environment)];
    } catch (error) {
      if (!(error instanceof MartyError)) throw error;
      errors.push(error);
      return [];
    }
  });
  if (errors.length) throw new MartyError('PLATFORM_INVALID', `the services cannot run in ${environment}:`, { problems: errors.flatMap(({ problems }) => problems) });
  const clashes = identityProblems(settled, labelsOf);
  if (clashes.length) throw new MartyError('PLATFORM_INVALID', `the services cannot run beside each other in ${environment}:`, { problems: clashes });
  return settled;
}

function readReleases(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new MartyError('RELEASE_INVALID', !existsSync(file)
      ? `${file} is missing; it names the version of each service, such as { "orders": "1.4.2" }`
      : `${file} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
