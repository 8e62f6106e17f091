import { controllerFiles, controllerTools } from '../../../src/cloud/controllers';
import { checkInfrastructure, type Infrastructure } from '../../../src/spec/infrastructure';

const place = { repository: 'https://git.example/shop/ops.git', branch: 'main', path: 'controllers/production' };
const bare = {
  format: 1, cloud: 'aws', environment: 'production', region: 'eu-central-1', account: '333333333333',
  cluster: { name: 'shop', kubernetes: '1.35', endpoint: 'https://ABC.gr7.eu-central-1.eks.amazonaws.com', certificateAuthority: 'Q0EK', zones: 3 },
  network: { id: 'vpc-0a1b2c3d', cidr: '10.30.0.0/16', data: [] },
  stores: {},
};
const whole = checkInfrastructure({
  ...bare,
  disks: { provisioner: 'ebs.csi.aws.com', key: 'arn:aws:kms:eu-central-1:333333333333:key/1' },
  controllers: ['aws-load-balancer-controller', 'external-secrets'],
  karpenter: { queue: 'shop-interruptions', instanceProfile: 'shop-karpenter-node' },
});
const filesOf = (made: Infrastructure, tool: 'argo-cd' | 'flux') => controllerFiles(made, { ...place, tool });
const kindsIn = (made: Infrastructure, tool: 'argo-cd' | 'flux') => Object.fromEntries([...filesOf(made, tool)].map(([file, manifests]) => (
  [file, manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)])));
const objects = {
  'objects/external-secrets.yaml': ['ClusterSecretStore aws-secrets-manager'],
  'objects/karpenter.yaml': ['EC2NodeClass default', 'NodePool default'],
  'objects/storage.yaml': ['StorageClass encrypted'],
};

test('Argo CD is told of a chart for each controller, and of what comes after them', () => {
  expect(kindsIn(whole, 'argo-cd')).toEqual({
    'controllers.yaml': [
      'AppProject shop-controllers', 'Secret charts-karpenter', 'Application shop-controllers', 'Application shop-controllers.aws-load-balancer-controller',
      'Application shop-controllers.external-secrets', 'Application shop-controllers.karpenter', 'Application shop-controllers.objects',
    ],
    ...objects,
  });
});

test('Flux has a release for each, and applies the rest when they are there', () => {
  expect(kindsIn(whole, 'flux')).toEqual({
    'controllers.yaml': ['GitRepository shop-controllers', 'Kustomization shop-controllers-charts', 'Kustomization shop-controllers-objects'],
    'charts/aws-load-balancer-controller.yaml': ['HelmRepository aws-load-balancer-controller', 'HelmRelease aws-load-balancer-controller'],
    'charts/external-secrets.yaml': ['HelmRepository external-secrets', 'HelmRelease external-secrets'],
    'charts/karpenter.yaml': ['OCIRepository karpenter', 'HelmRelease karpenter'],
    ...objects,
  });
  const [, , last] = filesOf(whole, 'flux').get('controllers.yaml') ?? [];
  expect(last).toMatchObject({ spec: { dependsOn: [{ name: 'shop-controllers-charts' }], path: './controllers/production/objects' } });
});

test.each(controllerTools)('%s gives charts what the cloud knows', tool => {
  const text = JSON.stringify([...filesOf(whole, tool).values()]);
  for (const known of ['"clusterName":"shop"', '"vpcId":"vpc-0a1b2c3d"', '"interruptionQueue":"shop-interruptions"', '"instanceProfile":"shop-karpenter-node"', '"karpenter.sh/discovery/shop":"shop"',
    '"kmsKeyID":"arn:aws:kms:eu-central-1:333333333333:key/1"', '"kmsKeyId":"arn:aws:kms:eu-central-1:333333333333:key/1"']) expect(text).toContain(known);
});

test.each(controllerTools)('%s has Karpenter start machines in a network that exists, and ask nobody in the internet for prices', tool => {
  const karpenter = { queue: 'shop-interruptions', instanceProfile: 'shop-karpenter-node', subnets: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'] };
  const made = checkInfrastructure({ ...bare, karpenter, network: { ...bare.network, internet: false } });
  const text = JSON.stringify([...filesOf(made, tool).values()]);
  for (const known of ['"subnetSelectorTerms":[{"id":"subnet-0a1b2c3d"},{"id":"subnet-0a1b2c3e"}]', '"isolatedVPC":true']) expect(text).toContain(known);
  expect(JSON.stringify([...filesOf(whole, tool).values()])).not.toContain('isolatedVPC');
});

test.each(controllerTools)('%s brings the classic autoscaler in the version of the cluster, as whom its role is for', tool => {
  const text = JSON.stringify([...filesOf(checkInfrastructure({ ...bare, controllers: ['cluster-autoscaler'] }), tool).values()]);
  for (const known of ['"autoDiscovery":{"clusterName":"shop"}', '"awsRegion":"eu-central-1"', '"tag":"v1.35.0"', '"rbac":{"serviceAccount":{"name":"cluster-autoscaler"}}']) expect(text).toContain(known);
  expect(text).not.toContain('"serviceAccount":{"name":"cluster-autoscaler"},');
});

test.each(controllerTools)('%s is told nothing where nothing was prepared', tool => {
  expect(filesOf(checkInfrastructure(bare), tool).size).toBe(0);
});

test.each(controllerTools)('%s brings the class of claims alone where the cloud runs the rest', tool => {
  const made = checkInfrastructure({ ...bare, disks: { provisioner: 'ebs.csi.eks.amazonaws.com', key: 'arn:aws:kms:eu-central-1:333333333333:key/1' } });
  expect(Object.keys(kindsIn(made, tool)).sort()).toEqual(['controllers.yaml', 'objects/storage.yaml']);
});
