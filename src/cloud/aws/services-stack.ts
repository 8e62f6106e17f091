import type { Construct } from 'constructs';
import { z } from 'zod';
import { propsOf } from './_props';
import type { AwsCluster } from './aws-cluster';
import { AwsStack, type AwsStackProps } from './aws-stack';
import { Dns } from './dns';
import type { Messaging } from './messaging';
import type { AwsNetwork } from './network';
import { Parts } from './parts';
import { ServiceSecrets } from './service-secrets';
import { addServices, checkEnvironment, tellInfrastructure, type ServicesInput } from './services';
import { Token } from '../engine';
import { labelSchema } from '../../spec/syntax';

/** A name that the cluster gets when it is made is none that others can begin with. */
const prefixSchema = z.strictObject({ name: labelSchema(40) });

export interface ServicesStackProps extends AwsStackProps, ServicesInput {
  /** The cluster that services run in: one that exists, from {@link EksCluster.fromIds}, or that of another stack. */
  readonly cluster: AwsCluster;
  /** Its network: one that exists, from {@link Network.fromIds}, or that of another stack. */
  readonly network: AwsNetwork;
  /** How names of what is made begin, at most 40 characters; two stacks of an account have two. @default - the name of a cluster that exists */
  readonly name?: string;
}

/** What services declare, in a stack beside their cluster's: databases, buckets, topics, secrets, names, and a role for each service. */
export class ServicesStack extends AwsStack {
  /** The topics and queues of services, where they are asked for. */
  readonly messaging: Messaging | undefined;

  /** @throws PROPS_INVALID with everything that is wrong with the properties. */
  constructor(scope: Construct, id: string, {
    cluster, network, name = cluster.name, dns, secrets, services = [], databases, buckets, topics, ...props
  }: ServicesStackProps) {
    super(scope, id, props);
    const { environment } = props;
    propsOf(prefixSchema, { name: Token.isUnresolved(name) ? undefined : name }, this.node.path);
    checkEnvironment(this.node.path, environment, services);
    const parts = new Parts(this.node.path, services.map(service => service.name));
    const names = dns && parts.make<Dns | undefined>('dns', () => new Dns(this, 'dns', { ...dns, name, network }), undefined);
    if (secrets) parts.make('secrets', () => void new ServiceSecrets(this, 'secrets', { ...secrets, name, services }), undefined);
    const place = { name, environment, cluster, network };
    const made = addServices(this, parts, place, { services, databases, buckets, topics });
    parts.check();
    this.messaging = made.messaging;
    tellInfrastructure(this, place, made, { dns: names });
  }
}
