import { DataAwsPrefixList } from '@cdktf/provider-aws/lib/data-aws-prefix-list';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import { AwsStack } from './aws-stack';
import type { AwsNetwork } from './aws-network';
import { discoveryTag } from '../controllers/identities';
import { waivePolicy } from '../check';

/** Ports at which the control plane reaches pods: the kubelet, and webhooks as their projects publish them. */
const fromControlPlane: Readonly<Record<string, number>> = {
  'tls': 443, 'kubelet': 10_250, 'webhook-4443': 4443, 'webhook-6443': 6443, 'webhook-8443': 8443, 'webhook-9443': 9443, 'webhook-10251': 10_251, 'webhook-15017': 15_017,
};

interface NodeNetworkProps {
  readonly name: string;
  readonly network: AwsNetwork;
  /** What else reaches the API server: ranges, and security groups. */
  readonly apiClients: Readonly<Record<string, string>>;
  /** Whether EKS gives its nodes a group of its own, as it does in Auto Mode. */
  readonly ownGroup: boolean;
}

/**
 * Two security groups: of the ends of the control plane, and of the nodes. Nodes speak among themselves (network policies decide further), to the
 * control plane, to AWS, and to the internet only where the network says so.
 */
export class NodeNetwork extends Construct {
  /** The group of the nodes, where EKS does not give them its own. */
  readonly securityGroupId: string | undefined;
  readonly controlPlaneSecurityGroupId: string;

  constructor(scope: Construct, id: string, { name, network, apiClients, ownGroup }: NodeNetworkProps) {
    super(scope, id);
    const { vpcId } = network;
    const controlPlane = new SecurityGroup(this, 'control-plane', {
      name: `${name}-control-plane`, description: `Ends of the control plane of the cluster ${name}`, vpcId, tags: { Name: `${name}-control-plane` },
    });
    this.controlPlaneSecurityGroupId = controlPlane.id;
    for (const [client, source] of Object.entries(apiClients)) {
      new VpcSecurityGroupIngressRule(this, `api-from-${client}`, {
        securityGroupId: controlPlane.id, ...(source.includes('/') ? { cidrIpv4: source } : { referencedSecurityGroupId: source }), description: `${client} to the API server`, ...tcp(443),
      });
    }
    this.securityGroupId = ownGroup ? undefined : this.nodes(name, network, controlPlane);
  }

  private nodes(name: string, network: AwsNetwork, controlPlane: SecurityGroup): string {
    const { vpcId } = network;
    const nodes = new SecurityGroup(this, 'nodes', {
      name: `${name}-nodes`, description: `Nodes of the cluster ${name}`, vpcId,
      // The load balancer controller and Karpenter find it by these; no other group of the nodes may carry the first.
      tags: { 'Name': `${name}-nodes`, [`kubernetes.io/cluster/${name}`]: 'owned', ...discoveryTag(name) },
    });
    for (const [what, port] of Object.entries(fromControlPlane)) {
      const description = `Control plane to nodes, ${what}`;
      new VpcSecurityGroupIngressRule(this, `nodes-from-control-plane-${what}`, { securityGroupId: nodes.id, referencedSecurityGroupId: controlPlane.id, description, ...tcp(port) });
      new VpcSecurityGroupEgressRule(this, `control-plane-to-nodes-${what}`, { securityGroupId: controlPlane.id, referencedSecurityGroupId: nodes.id, description, ...tcp(port) });
    }
    new VpcSecurityGroupIngressRule(this, 'control-plane-from-nodes', { securityGroupId: controlPlane.id, referencedSecurityGroupId: nodes.id, description: 'Nodes to the API server', ...tcp(443) });
    const among = { securityGroupId: nodes.id, referencedSecurityGroupId: nodes.id, ipProtocol: '-1' };
    new VpcSecurityGroupIngressRule(this, 'nodes-from-nodes', { ...among, description: 'Nodes and pods among themselves' });
    new VpcSecurityGroupEgressRule(this, 'nodes-to-nodes', { ...among, description: 'Nodes and pods among themselves' });
    new VpcSecurityGroupEgressRule(this, 'nodes-to-network', { securityGroupId: nodes.id, cidrIpv4: network.cidr, ipProtocol: 'tcp', fromPort: 0, toPort: 65_535, description: 'Nodes to the network' });
    new VpcSecurityGroupEgressRule(this, 'nodes-to-dns', { securityGroupId: nodes.id, cidrIpv4: network.cidr, ipProtocol: 'udp', fromPort: 53, toPort: 53, description: 'Nodes to the resolver of the network' });
    for (const service of ['s3', 'dynamodb']) {
      const list = new DataAwsPrefixList(this, `${service}-addresses`, { name: `com.amazonaws.${AwsStack.of(this).region}.${service}` });
      new VpcSecurityGroupEgressRule(this, `nodes-to-${service}`, { securityGroupId: nodes.id, prefixListId: list.id, description: `Nodes to ${service} by its endpoint`, ...tcp(443) });
    }
    for (const port of network.internet?.ports ?? []) {
      const rule = new VpcSecurityGroupEgressRule(this, `nodes-to-internet-${port}`, {
        securityGroupId: nodes.id, cidrIpv4: '0.0.0.0/0', description: `Nodes to the internet, port ${port}`, ...tcp(port),
      });
      waivePolicy(rule, 'MARTY_AWS_OPEN_EGRESS', network.internet?.reason ?? '');
    }
    return nodes.id;
  }
}

const tcp = (port: number) => ({ ipProtocol: 'tcp', fromPort: port, toPort: port });
