import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { Construct } from 'constructs';
import { z } from 'zod';
import { pathIn } from './_props';
import type { AwsCluster } from './aws-cluster';
import { AwsStack, type AwsStackProps } from './aws-stack';
import type { Databases } from './databases';
import { Dns } from './dns';
import { policyOf } from './documents';
import type { Messaging } from './messaging';
import { tierProblems } from './eks-places';
import type { AwsNetwork } from './aws-network';
import { Parts } from './parts';
import { readingSecrets } from './secret';
import { ServiceSecrets } from './service-secrets';
import { addServices, serviceProblems, tellInfrastructure, type ServicesInput } from './services';
import { ownPropsOf, partSchema, servicesShape } from './stack-props';
import { Token } from '../engine';
import type { Problem } from '../../errors';
import { problemsOf } from '../../spec/problems';
import { labelSchema } from '../../spec/syntax';

/** Why names cannot begin so; that of a cluster may be none that can, or is not known before it is made. */
function nameProblems(name: string, ofCluster: string): Problem[] {
  const isKnown = !Token.isUnresolved(name);
  const wrong = isKnown ? problemsOf(labelSchema(40), name).map(({ message }) => message) : ['is an expression, expected a text that is known at synth'];
  if (name !== ofCluster) return wrong.map(message => ({ path: 'name', message }));
  const why = isKnown ? `that of the cluster (${name}) begins no others` : 'that of the cluster is known when it is made';
  return wrong.map(() => ({ path: 'name', message: `is missing, and ${why}; say one: lower case letters, digits and "-", at most 40` }));
}

/** What is not where the stack is. */
function placeProblems(place: Pick<AwsCluster, 'account' | 'region'>, { cluster, network }: Pick<ServicesStackProps, 'cluster' | 'network'>): Problem[] {
  return [
    ...(['account', 'region'] as const).flatMap(what => {
      const of = cluster[what];
      return of === undefined || of === place[what] ? [] : [{ path: 'cluster', message: `is of the ${what} ${of}, and the stack of ${place[what]}; put the stack where its cluster is` }];
    }),
    ...tierProblems('private', Object.keys(network.subnetsOf('private')), 1),
  ];
}

interface ReadSecrets { readonly arns: readonly string[]; readonly keyArn: string | undefined }

/** The passwords that AWS keeps of databases. */
const passwordsOf = (databases: Databases | undefined): ReadSecrets | undefined => databases && {
  keyArn: databases.keyArn, arns: Object.values(databases.made).flatMap(store => ('secret' in store && store.secret !== undefined ? [store.secret] : [])),
};

export interface ServicesStackProps extends AwsStackProps, ServicesInput {
  /** The cluster that services run in: one that exists, from {@link EksCluster.fromIds}, or that of another stack. */
  readonly cluster: AwsCluster;
  /** Its network: one that exists, from {@link Network.fromIds}, or that of another stack. */
  readonly network: AwsNetwork;
  /** How names of what is made begin, at most 40 characters; two stacks of an account have two. @default - the name of a cluster that exists */
  readonly name?: string;
}

const besideShape = {
  ...servicesShape,
  cluster: partSchema('a cluster: that of another stack, or one of EksCluster.fromIds', ['name', 'nodeSecurityGroupId']),
  network: partSchema('a network: that of another stack, or one of Network.fromIds', ['subnetsOf', 'rangesOf']),
  name: z.string().optional(),
};

/** What services declare, in a stack beside their cluster's: databases, buckets, topics, secrets, names, and a role for each service. */
export class ServicesStack extends AwsStack {
  /** The topics and queues of services, where they are asked for. */
  readonly messaging: Messaging | undefined;

  /** @throws PROPS_INVALID with everything that is wrong with the properties. */
  constructor(scope: Construct, id: string, props: ServicesStackProps) {
    const own = ownPropsOf(besideShape, props, pathIn(scope, id));
    super(scope, id, own.props);
    const { cluster, network, name = cluster.name, dns, secrets, services = [], databases, buckets, topics } = props;
    const { environment } = own.props;
    const parts = new Parts(this.node.path, services.map(service => service.name), own.problems);
    const account = own.problems.some(({ path }) => path === 'account') ? cluster.account : this.account;
    parts.need([
      ...nameProblems(name, cluster.name),
      ...placeProblems({ account, region: this.region }, { cluster, network }),
      ...serviceProblems(environment, services),
    ]);
    const names = dns && parts.make<Dns | undefined>('dns', () => new Dns(this, 'dns', { ...dns, name, network }), undefined);
    const kept = secrets && parts.make<ServiceSecrets | undefined>('secrets', () => new ServiceSecrets(this, 'secrets', { ...secrets, name, services }), undefined);
    const place = { name, environment, cluster, network };
    const made = addServices(this, parts, place, { services, databases, buckets, topics });
    parts.check();
    this.messaging = made.messaging;
    if (cluster.secretsReader !== undefined) this.letRead(cluster.secretsReader, name, [kept, passwordsOf(made.databases)]);
    tellInfrastructure(this, place, made, { dns: names });
  }

  /** Lets a role read secrets that are made here, and no other. */
  private letRead(role: string, name: string, secrets: readonly (ReadSecrets | undefined)[]): void {
    const arns = secrets.flatMap(each => each?.arns ?? []);
    const keys = [...new Set(secrets.flatMap(each => each?.keyArn ?? []))];
    if (arns.length === 0) return;
    new IamRolePolicy(this, 'read-secrets', {
      role, name: `${name}-secrets`,
      policy: policyOf([
        { Sid: 'ReadSecrets', Action: readingSecrets, Resource: arns },
        { Sid: 'Decrypt', Action: 'kms:Decrypt', Resource: keys, Condition: { StringEquals: { 'kms:ViaService': `secretsmanager.${this.region}.amazonaws.com` } } },
      ]),
    });
  }
}
