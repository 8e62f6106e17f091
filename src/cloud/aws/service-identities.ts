import { createHash } from 'node:crypto';
import { Construct } from 'constructs';
import type { Statement } from './documents';
import { tagOwner } from './owner';
import { ServiceAccountRole } from './service-account-role';
import { MartyError, didYouMean, type Problem } from '../../errors';
import { chainOf, factsOf } from '../../spec/environments';
import type { MicroserviceSpec } from '../../spec/microservice';
import type { CloudIdentity } from '../../spec/permissions';
import { settle } from '../../spec/varying';

/** What services may do, by their names. */
export type ServicePermissions = Readonly<Record<string, readonly Statement[]>>;

export interface ServiceIdentitiesProps {
  /** The prefix of the roles' names. */
  readonly name: string;
  /** The cluster's name, as an expression or as it is. */
  readonly clusterName: string;
  /** The environment of the services: it decides which namespace they are in. @default - they are in the same one everywhere */
  readonly environment?: string;
  readonly services: readonly MicroserviceSpec[];
  /** What services may do, as what was made for them says; a service gets all that is said of it. */
  readonly permissions: readonly ServicePermissions[];
}

/** A role for every service that needs something of AWS, with exactly what it declared; other services have none. */
export class ServiceIdentities extends Construct {
  /** The ARNs of roles, by their services. */
  readonly roles: Readonly<Record<string, string>>;

  /** @throws PROPS_INVALID with every service that can be given no role. */
  constructor(scope: Construct, id: string, { name, clusterName, environment, services, permissions }: ServiceIdentitiesProps) {
    super(scope, id);
    const byService = merged(permissions);
    const problems = Object.keys(byService).flatMap(each => identityProblems(each, services, environment));
    if (problems.length) throw new MartyError('PROPS_INVALID', `${this.node.path}: not every service can be given a role${environment ? ` in ${environment}` : ''}:`, { problems });
    this.roles = Object.fromEntries(services.filter(service => Object.hasOwn(byService, service.name)).map(service => {
      const role = new ServiceAccountRole(this, service.name, {
        clusterName, name: roleNameOf(name, service.name), description: `The service ${service.name} of the cluster ${name}`,
        namespace: namespacesOf(service, environment)[0], serviceAccount: service.name, statements: byService[service.name],
      });
      tagOwner(role, service);
      return [service.name, role.arn];
    }));
  }
}

function merged(permissions: readonly ServicePermissions[]): ServicePermissions {
  const all: Record<string, readonly Statement[]> = {};
  for (const [service, statements] of permissions.flatMap(each => Object.entries(each))) all[service] = [...all[service] ?? [], ...statements];
  return Object.fromEntries(Object.entries(all).filter(([, statements]) => statements.length > 0));
}

/** The longest name of a role. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const longest = 64;

/** The name of a service's role; one that is too long ends in a digest of the whole. */
export function roleNameOf(cluster: string, service: string): string {
  const whole = `${cluster}-service-${service}`;
  return whole.length <= longest ? whole : `${whole.slice(0, longest - 9)}-${createHash('sha256').update(whole).digest('hex').slice(0, 8)}`;
}

function identityProblems(name: string, services: readonly MicroserviceSpec[], environment: string | undefined): Problem[] {
  const service = services.find(each => each.name === name);
  const names = services.map(each => each.name);
  if (!service) return [{ path: `permissions.${name}`, message: `is for no service, expected one of ${names.join(', ') || 'which there is none'}${didYouMean(name, names)}` }];
  const { environments } = service.platform;
  const among = environmentsOf(service, environment);
  if (among.length === 0 || namespacesOf(service, environment).length > 1) {
    return [{ path: 'environment', message: `is ${environment === undefined ? 'not said' : `"${environment}"`}, but ${name} needs a role for its service account, whose namespace it decides; expected one of ${Object.keys(environments).join(', ')}` }];
  }
  return among.flatMap((each): Problem[] => {
    const identity = settle(service.data.cloudIdentity, chainOf(environments, each)) as CloudIdentity | undefined;
    return identity && 'awsRoleArn' in identity
      ? [{ path: `${name}.cloudIdentity.awsRoleArn`, message: `is ${identity.awsRoleArn}, which its pods would use instead of the role that is made for them; leave it out in ${each}, or make what it needs elsewhere` }]
      : [];
  });
}

/** The environments that a stack may be of. */
function environmentsOf({ platform: { environments } }: MicroserviceSpec, environment: string | undefined): string[] {
  return Object.keys(environments).filter(each => environment === undefined || each === environment);
}

/** The namespaces that a service's pods are in. */
function namespacesOf(service: MicroserviceSpec, environment: string | undefined): string[] {
  const { platform } = service;
  return [...new Set(environmentsOf(service, environment).map(each => factsOf(platform, each).namespace ?? platform.name))];
}
