import { ApiObject, App } from 'cdk8s';
import { PlatformChart } from '../charts';
import { MartyError } from '../errors';
import { platformFolder } from '../spec/names';
import { placementOf } from '../spec/placement';
import { render } from '../synth/render';
import type { Kind, Manifest, ObjectOf } from './kinds';
import type { MicroserviceSpec, Releases } from '../spec';

export interface RenderOptions {
  /** The version of each service, or the folder that holds `<environment>.json`. @default - 1.0.0 of every service */
  readonly releases?: Releases | string;
  /** The folder of sealed or encrypted secrets, `<environment>/<service>.yaml`. @default - none */
  readonly secrets?: string;
}

/** Everything that services become in one environment, found by kind and service. What services share is of the service `_platform`. */
export interface RenderedEnvironment {
  /**
   * Every object, of a kind and of a service when they are given.
   * @throws OBJECT_MISSING when there is no such service.
   */
  all<K extends Kind>(kind?: K, service?: string): ObjectOf<K>[];
  /**
   * The first object of a kind, of a service and with a name when they are given; undefined where there is none.
   * @throws OBJECT_MISSING when there is no such service.
   */
  find<K extends Kind>(kind: K, service?: string, name?: string): ObjectOf<K> | undefined;
  /**
   * The one object of a kind, of a service and with a name when they are given.
   * @throws OBJECT_MISSING when there is none, or more than one; the message lists what there is.
   */
  get<K extends Kind>(kind: K, service?: string, name?: string): ObjectOf<K>;
}

interface Found { readonly service: string; readonly manifest: Manifest }

/**
 * Renders services in one environment, in memory, as `synthesize` would write them; for tests, with any test runner.
 *
 * @throws PLATFORM_INVALID when services do not fit together, or lack a fact of the environment.
 * @throws MANIFEST_INVALID when an object would be refused by the API server.
 */
export function renderEnvironment(services: readonly MicroserviceSpec[], environment: string, options: RenderOptions = {}): RenderedEnvironment {
  const { releases = Object.fromEntries(services.map(({ name }) => [name, '1.0.0'])), secrets } = options;
  const app = new App();
  new PlatformChart(app, environment, { environment, services, releases, secrets });
  render(app);
  const objects = app.node.findAll().filter(construct => ApiObject.isApiObject(construct))
    .map((object): Found => ({ service: serviceOf(object), manifest: object.toJson() as Manifest }));
  const known = [...services.map(({ name }) => name), platformFolder];

  const select = (kind: string | undefined, service: string | undefined, name?: string) => {
    if (service !== undefined && !known.includes(service)) throw new MartyError('OBJECT_MISSING', `service: is "${service}", expected one of ${known.join(', ')}`);
    return objects.filter(each => (kind === undefined || each.manifest.kind === kind) && (service === undefined || each.service === service)
      && (name === undefined || each.manifest.metadata.name === name));
  };
  return {
    all: <K extends Kind>(kind?: K, service?: string) => select(kind, service).map(({ manifest }) => manifest as ObjectOf<K>),
    find: <K extends Kind>(kind: K, service?: string, name?: string) => select(kind, service, name)[0]?.manifest as ObjectOf<K> | undefined,
    get: <K extends Kind>(kind: K, service?: string, name?: string) => {
      const found = select(kind, service, name);
      if (found.length === 1) return found[0].manifest as ObjectOf<K>;
      const asked = `${kind}${name === undefined ? '' : ` ${name}`}${service === undefined ? '' : ` of ${service}`}`;
      throw new MartyError('OBJECT_MISSING', found.length
        ? `${asked}: is there ${found.length} times in ${environment}, expected once; name the service or the object:${listed(found)}`
        : `${asked}: is not in ${environment}; there is:${listed(select(undefined, service))}`);
    },
  };
}

/** The last part of the folder that an object is written to. */
const serviceOf = (object: ApiObject) => placementOf(object)?.folder.split('/').pop() ?? '';

/** Objects as one line per service: `orders: Deployment/orders, …`. */
function listed(objects: readonly Found[]): string {
  const services = [...new Set(objects.map(({ service }) => service))];
  return services.map(service => `\n  ${service}: ${objects.filter(each => each.service === service).map(({ manifest: { kind, metadata } }) => `${kind}/${metadata.name}`).sort().join(', ')}`).join('');
}
