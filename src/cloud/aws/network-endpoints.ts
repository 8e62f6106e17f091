import type { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { Construct } from 'constructs';
import { AwsStack } from './aws-stack';
import { endpointsOf, type NetworkSpec } from './network-props';

interface Reached {
  readonly network: NetworkSpec;
  readonly vpc: Vpc;
  /** Where the ends of interface endpoints stand. */
  readonly subnets: readonly Subnet[];
  readonly tables: readonly RouteTable[];
}

/** Endpoints by which AWS is reached without the internet: S3 and DynamoDB always, and the others that are asked for. */
export function addEndpoints(scope: Construct, { network, vpc, subnets, tables }: Reached): void {
  const { region } = AwsStack.of(scope);
  const { name } = network;
  for (const service of ['s3', 'dynamodb']) {
    new VpcEndpoint(scope, `endpoint-${service}`, {
      vpcId: vpc.id, serviceName: `com.amazonaws.${region}.${service}`, vpcEndpointType: 'Gateway',
      routeTableIds: tables.map(table => table.id), tags: { Name: `${name}-${service}` },
    });
  }
  const services = endpointsOf(network);
  if (!services.length) return;
  const group = new SecurityGroup(scope, 'endpoints-security-group', {
    name: `${name}-endpoints`, description: 'Ends of private connections to AWS', vpcId: vpc.id, tags: { Name: `${name}-endpoints` },
  });
  new VpcSecurityGroupIngressRule(scope, 'endpoints-from-network', {
    securityGroupId: group.id, description: 'TLS from the network', cidrIpv4: network.cidr, ipProtocol: 'tcp', fromPort: 443, toPort: 443,
  });
  if (network.pods) {
    new VpcSecurityGroupIngressRule(scope, 'endpoints-from-pods', {
      securityGroupId: group.id, description: 'TLS from pods', cidrIpv4: network.pods.cidr, ipProtocol: 'tcp', fromPort: 443, toPort: 443,
    });
  }
  for (const service of new Set(services)) {
    new VpcEndpoint(scope, `endpoint-${service.replace(/\./g, '-')}`, {
      vpcId: vpc.id, serviceName: `com.amazonaws.${region}.${service}`, vpcEndpointType: 'Interface', privateDnsEnabled: true,
      subnetIds: subnets.map(subnet => subnet.id), securityGroupIds: [group.id], tags: { Name: `${name}-${service}` },
    });
  }
}
