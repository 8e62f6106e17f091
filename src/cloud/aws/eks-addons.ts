import { EksAddon } from '@cdktf/provider-aws/lib/eks-addon';
import type { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { Construct } from 'constructs';
import { addonCatalogue, type AddonFacts, type CatalogueEntry } from './addon-catalogue';
import { AwsStack } from './aws-stack';
import type { EksClusterSpec } from './eks-cluster-props';
import { cniValuesOf, type PodNetwork } from './eks-pod-network';
import { Role } from './role';
import { ServiceAccountRole, takenByPods } from './service-account-role';
import { MartyError, didYouMean, type Problem } from '../../errors';
import type { TerraformResource } from '../engine';

interface AddonsProps {
  readonly cluster: EksClusterSpec;
  readonly resource: EksCluster;
  readonly diskKeyArn: string;
  /** Subnets that pods have their addresses from. @default - those of their nodes */
  readonly pods?: PodNetwork;
}

/** What EKS installs into a cluster: what nodes cannot come up without at once, the rest after them. */
export class Addons extends Construct {
  /** The add-ons that nodes wait for. */
  readonly beforeNodes: readonly TerraformResource[];
  /** What others install, and has its role. */
  readonly controllers: readonly string[];
  /** The names of their roles. */
  readonly controllerRoles: Readonly<Record<string, string>> = {};
  private readonly props: AddonsProps;

  /** @throws PROPS_INVALID with every add-on that does not exist, or that cannot be left out. */
  constructor(scope: Construct, id: string, props: AddonsProps) {
    super(scope, id);
    this.props = props;
    const problems = addonProblems(props.cluster);
    if (problems.length) throw new MartyError('PROPS_INVALID', `${this.node.path}: the add-ons cannot be used:`, { problems });
    this.controllers = this.wanted(undefined).filter(([, { by }]) => by === 'manifests').map(([name]) => name);
    this.beforeNodes = this.wanted('nodes').flatMap(([name, entry]) => this.add(name, entry, []));
  }

  addAfterNodes(nodes: readonly TerraformResource[]): void {
    this.wanted(undefined).forEach(([name, entry]) => this.add(name, entry, nodes));
  }

  private wanted(before: 'nodes' | undefined): [string, CatalogueEntry][] {
    const { addons, autoMode } = this.props.cluster;
    return Object.entries(addonCatalogue).filter(([name, entry]) => entry.before === before && !(autoMode && entry.notInAutoMode)
      && (entry.always ? addons[name] !== false : addons[name] !== undefined && addons[name] !== false));
  }

  /** @returns what was installed; of what others install, its pods' role alone is made. */
  private add(name: string, { by, identity, values }: CatalogueEntry, after: readonly TerraformResource[]): TerraformResource[] {
    const { cluster, resource, diskKeyArn } = this.props;
    const { partition, region, account } = AwsStack.of(this);
    const said = cluster.addons[name];
    const own = typeof said === 'object' ? said : { version: undefined, values: {} };
    const pods = name === 'vpc-cni' && this.props.pods ? cniValuesOf(region, this.props.pods) : undefined;
    const configuration = { ...values, ...pods, ...own.values, ...pods && { env: { ...envOf(values), ...pods.env, ...envOf(own.values) } } };
    const { dnsZoneIds, secretPrefixes } = cluster;
    const facts: AddonFacts = { partition, region, account, cluster: cluster.name, diskKeyArn, dnsZoneIds, secretPrefixes };
    const named = { name: `${cluster.name}-${name}`.slice(0, 64), description: `The add-on ${name} of the cluster ${cluster.name}` };
    const permissions = { managed: identity?.managed, statements: identity?.statements?.(facts) };
    if (by === 'manifests') {
      if (!identity) return [];
      const { namespace, serviceAccount } = identity;
      const { roleName } = new ServiceAccountRole(this, name, { ...named, ...permissions, clusterName: resource.name, namespace, serviceAccount });
      Object.assign(this.controllerRoles, { [name]: roleName });
      return [];
    }
    const role = identity && new Role(this, `${name}-role`, { ...named, ...permissions, ...takenByPods({ clusterName: resource.name, serviceAccount: identity.serviceAccount }) });
    return [new EksAddon(this, name, {
      clusterName: resource.name,
      addonName: name,
      ...own.version && { addonVersion: own.version },
      ...Object.keys(configuration).length > 0 && { configurationValues: JSON.stringify(configuration) },
      ...identity && role && { podIdentityAssociation: [{ roleArn: role.arn, serviceAccount: identity.serviceAccount }] },
      resolveConflictsOnCreate: 'OVERWRITE',
      resolveConflictsOnUpdate: 'PRESERVE',
      dependsOn: [...role?.ready ?? [], ...after],
    })];
  }
}

const envOf = (values?: Readonly<Record<string, unknown>>) => (values?.env ?? {}) as Readonly<Record<string, unknown>>;

function addonProblems({ addons, autoMode }: EksClusterSpec): Problem[] {
  const known = Object.keys(addonCatalogue);
  return Object.entries(addons).flatMap(([name, said]): Problem[] => {
    const path = `addons.${name}`;
    const entry = addonCatalogue[name];
    if (!Object.hasOwn(addonCatalogue, name)) return [{ path, message: `is no add-on that is known here${didYouMean(name, known)}; expected ${known.join(', ')}` }];
    if (said === false && entry.before && !autoMode) return [{ path, message: 'is left out, and no node would come up without it; leave it in' }];
    if (typeof said === 'object' && entry.by === 'manifests') return [{ path, message: 'is installed by its chart, which takes version and values; only its role is made here, expected true' }];
    if (said !== false && autoMode && entry.notInAutoMode) return [{ path, message: 'is done by Auto Mode itself; leave it out' }];
    return [];
  });
}
