import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import { tierProblems } from './eks-places';
import type { AwsNetwork } from './aws-network';
import { MartyError } from '../../errors';

export interface StoreNetworkProps {
  readonly name: string;
  readonly network: AwsNetwork;
  readonly port: number;
  /** Security groups of those who may connect, by a name of your choice. */
  readonly clients: Readonly<Record<string, string>>;
}

/** The group of one store: its clients come in at its port, and nothing goes out. */
export class StoreNetwork extends Construct {
  readonly securityGroupId: string;
  /** The subnets that data is kept in. */
  readonly subnetIds: string[];

  /** @throws PROPS_INVALID where the network has no subnets that data is kept in. */
  constructor(scope: Construct, id: string, { name, network, port, clients }: StoreNetworkProps) {
    super(scope, id);
    const subnets = network.subnetsOf('data');
    const problems = tierProblems('data', Object.keys(subnets), 2);
    if (problems.length) throw new MartyError('PROPS_INVALID', `${this.node.path}: the store has no place in its network:`, { problems });
    const group = new SecurityGroup(this, 'group', { name: `${name}-store`, description: `The store ${name}`, vpcId: network.vpcId, tags: { Name: `${name}-store` } });
    for (const [client, referencedSecurityGroupId] of Object.entries(clients)) {
      new VpcSecurityGroupIngressRule(this, `from-${client}`, {
        securityGroupId: group.id, referencedSecurityGroupId, ipProtocol: 'tcp', fromPort: port, toPort: port, description: `${client} to the store ${name}`,
      });
    }
    this.securityGroupId = group.id;
    this.subnetIds = Object.values(subnets);
  }
}
