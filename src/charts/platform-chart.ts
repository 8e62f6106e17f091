import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Namespace } from '../k8s';
import { MartyError } from '../errors';
import { factsOf } from '../spec/environments';
import { callersOf, checkFleet, checkRoutes } from '../spec/fleet';
import { folderOf, labelsOf } from '../spec/names';
import { placementKey, type Placement } from '../spec/placement';
import { checkReleases, type Releases } from '../spec/releases';
import { identityProblems } from '../spec/adoption';
import { settleService } from '../spec/settle';
import { Microservice } from './microservice';
import type { MicroserviceSpec } from '../spec/microservice';

export interface PlatformChartProps {
  /** The environment to render for, by its name in the platform. */
  readonly environment: string;
  /** Every service that runs there. */
  readonly services: readonly MicroserviceSpec[];
  /** The version of each service, or the folder that holds `<environment>.json`. @default 'releases' */
  readonly releases?: Releases | string;
  /**
   * Whether this repository renders what services share: the namespace, its default deny, quota and limits, and the priorities. Of several
   * repositories that describe services of one platform, exactly one does.
   * @default true
   */
  readonly ownsPlatform?: boolean;
}

/**
 * Defines a whole platform in one environment: what services share, and a chart per service.
 *
 * @throws PLATFORM_INVALID when services do not fit together, or lack a fact of the environment.
 * @throws RELEASE_INVALID when a service has no usable version.
 */
export class PlatformChart extends Chart {
  /** One chart per service, by name. */
  readonly microservices: Readonly<Record<string, Microservice>>;

  constructor(scope: Construct, id: string, props: PlatformChartProps) {
    const { environment, services, releases = 'releases', ownsPlatform = true } = props;
    checkFleet(services);
    const { platform } = services[0];
    const facts = factsOf(platform, environment);
    const namespace = facts.namespace ?? platform.name;
    const names = services.map(service => service.name);
    const file = typeof releases === 'string' ? join(releases, `${environment}.json`) : undefined;
    const versions = checkReleases(file ? readReleases(file) : releases, names, file ?? 'releases');
    const settled = settleAll(services, environment);
    checkRoutes(settled, environment);
    super(scope, id);
    const place = (chart: Chart, folder: string) => {
      const placement: Placement = { folder, environment, kubernetes: facts.kubernetes };
      chart.node.addMetadata(placementKey, placement);
    };
    place(this, folderOf(environment));
    if (ownsPlatform) new Namespace(this, 'Namespace', { name: namespace, platform: platform.name, kubernetes: facts.kubernetes, quota: facts.quota });
    try {
      this.microservices = Object.fromEntries(services.map(service => {
        const chart = new Chart(this, service.name);
        place(chart, folderOf(environment, service.name));
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
