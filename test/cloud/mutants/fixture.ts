import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { EksAddon } from '@cdktf/provider-aws/lib/eks-addon';
import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { App, Fn, S3Backend, TerraformCount, TerraformIterator, TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable, Token } from 'cdktf';
import type { TerraformJson } from '../../../src/cloud/validate/stack';

/** A stack of plain cdktf that uses what stacks may use: iterators, counts, functions, locals, variables, lifecycles, two providers. */
export function fixture(): TerraformJson {
  // An app makes its folder at once.
  const outdir = mkdtempSync(join(tmpdir(), 'plant-'));
  const stack = new TerraformStack(new App({ outdir }), 'plant');
  new S3Backend(stack, { bucket: 'states', key: 'plant.tfstate', region: 'eu-central-1' });
  new AwsProvider(stack, 'aws', { region: 'eu-central-1', defaultTags: [{ tags: { owner: 'platform' } }] });
  const global = new AwsProvider(stack, 'global', { region: 'us-east-1', alias: 'global' });
  const zones = new TerraformVariable(stack, 'zones', { type: 'list(string)', default: ['eu-central-1a', 'eu-central-1b'], nullable: false });
  const password = new TerraformVariable(stack, 'password', { type: 'string', sensitive: true });
  const names = new TerraformLocal(stack, 'names', { cluster: 'plant', size: 3 });
  const partition = new DataAwsPartition(stack, 'partition', {});
  const caller = new DataAwsCallerIdentity(stack, 'caller', {});
  const key = new KmsKey(stack, 'key', {
    description: 'everything at rest', enableKeyRotation: true, deletionWindowInDays: 30, lifecycle: { preventDestroy: true },
    policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:${partition.partition}:iam::${caller.accountId}:root` }, Action: 'kms:*', Resource: '*' }] }),
  });
  const vpc = new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16', enableDnsHostnames: true, tags: { Name: 'plant' } });
  const subnets = new Subnet(stack, 'subnets', {
    count: TerraformCount.of(2), vpcId: vpc.id, cidrBlock: '${cidrsubnet(aws_vpc.vpc.cidr_block, 4, count.index)}', availabilityZone: '${var.zones[count.index]}',
  });
  const first = Token.asString('${aws_subnet.subnets[0].id}');
  const second = Token.asString('${aws_subnet.subnets[1].id}');
  new RouteTable(stack, 'routes', { vpcId: vpc.id, tags: { zone: Fn.element(zones.listValue, 0) }, timeouts: { create: '5m' } });
  const group = new SecurityGroup(stack, 'nodes', {
    name: 'plant-nodes', description: 'nodes', vpcId: vpc.id, revokeRulesOnDelete: true,
    egress: [{ fromPort: 443, toPort: 443, protocol: 'tcp', cidrBlocks: [vpc.cidrBlock], description: 'to the network' }],
  });
  const ports = TerraformIterator.fromMap({ dns: { port: 53 }, web: { port: 443 } });
  new VpcSecurityGroupIngressRule(stack, 'open', {
    forEach: ports, securityGroupId: group.id, description: `in by ${ports.key}`, ipProtocol: 'tcp', fromPort: ports.getNumber('port'), toPort: ports.getNumber('port'), cidrIpv4: vpc.cidrBlock,
  });
  const trust = (service: string) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: `${service}.${partition.dnsSuffix}` }, Action: 'sts:AssumeRole' }] });
  const clusterRole = new IamRole(stack, 'cluster-role', { name: 'plant-cluster', assumeRolePolicy: trust('eks') });
  const nodeRole = new IamRole(stack, 'node-role', { name: 'plant-node', assumeRolePolicy: trust('ec2') });
  const document = new DataAwsIamPolicyDocument(stack, 'reads', { statement: [{ actions: ['s3:GetObject'], resources: [`arn:${partition.partition}:s3:::plant/*`], condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['true'] }] }] });
  new IamRolePolicy(stack, 'node-policy', { name: 'reads', role: nodeRole.id, policy: document.json });
  const cluster = new EksCluster(stack, 'cluster', {
    name: Token.asString('${local.names.cluster}'), roleArn: clusterRole.arn, version: '1.34', enabledClusterLogTypes: ['api', 'audit'],
    accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
    vpcConfig: { subnetIds: [first, second], endpointPrivateAccess: true, endpointPublicAccess: false, securityGroupIds: [group.id] },
    encryptionConfig: { provider: { keyArn: key.arn }, resources: ['secrets'] },
    kubernetesNetworkConfig: { ipFamily: 'ipv4', serviceIpv4Cidr: '172.20.0.0/16' },
  });
  const template = new LaunchTemplate(stack, 'template', {
    namePrefix: 'plant-', metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: 'true', kmsKeyId: key.arn, volumeSize: 50, volumeType: 'gp3' } }],
    tagSpecifications: [{ resourceType: 'instance', tags: { Name: 'plant' } }],
  });
  const cni = new EksAddon(stack, 'cni', { addonName: 'vpc-cni', clusterName: cluster.name, configurationValues: Fn.jsonencode({ enableNetworkPolicy: 'true' }) });
  new EksNodeGroup(stack, 'pool', {
    clusterName: cluster.name, nodeGroupName: 'pool', nodeRoleArn: nodeRole.arn, subnetIds: [first, second], dependsOn: [cni], capacityType: 'ON_DEMAND',
    scalingConfig: { minSize: 1, maxSize: 3, desiredSize: 1 }, launchTemplate: { id: template.id, version: Token.asString(template.latestVersion) },
    lifecycle: { ignoreChanges: ['scaling_config[0].desired_size'] }, taint: [{ key: 'batch', value: 'true', effect: 'NO_SCHEDULE' }],
  });
  const subnetGroup = new DbSubnetGroup(stack, 'database-subnets', { name: 'plant', subnetIds: Token.asList('${aws_subnet.subnets[*].id}') });
  const database = new RdsCluster(stack, 'database', {
    clusterIdentifier: 'plant', engine: 'aurora-postgresql', engineVersion: '17.4', masterUsername: 'root', masterPassword: password.stringValue, storageEncrypted: true, kmsKeyId: key.arn,
    dbSubnetGroupName: subnetGroup.name, backupRetentionPeriod: 7, serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 4 }, finalSnapshotIdentifier: 'plant-last',
  });
  new RdsClusterInstance(stack, 'writer', { identifier: 'plant-0', clusterIdentifier: database.id, instanceClass: 'db.serverless', engine: database.engine, applyImmediately: false });
  new ElasticacheReplicationGroup(stack, 'cache', {
    replicationGroupId: 'plant', description: 'cache', engine: 'valkey', numCacheClusters: 2, automaticFailoverEnabled: true, atRestEncryptionEnabled: 'true', transitEncryptionEnabled: true,
    kmsKeyId: key.arn, logDeliveryConfiguration: [{ destination: 'logs', destinationType: 'cloudwatch-logs', logFormat: 'json', logType: 'slow-log' }],
  });
  const secret = new SecretsmanagerSecret(stack, 'secret', { name: 'plant/database', kmsKeyId: key.arn, recoveryWindowInDays: 7 });
  new SecretsmanagerSecretVersion(stack, 'secret-version', { secretId: secret.id, secretStringWo: Fn.jsonencode({ password: password.value, host: database.endpoint }), secretStringWoVersion: 1 });
  const bucket = new S3Bucket(stack, 'files', { bucket: 'plant-files', forceDestroy: false });
  new S3BucketLifecycleConfiguration(stack, 'files-lifecycle', {
    bucket: bucket.id, rule: [{ id: 'old', status: 'Enabled', filter: [{ prefix: 'tmp/' }], expiration: [{ days: 30 }], abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }] }],
  });
  const dead = new SqsQueue(stack, 'dead', { name: 'plant-dead', kmsMasterKeyId: key.id, messageRetentionSeconds: 1209600 });
  new SqsQueue(stack, 'queue', { name: 'plant', kmsMasterKeyId: key.id, redrivePolicy: Fn.jsonencode({ deadLetterTargetArn: dead.arn, maxReceiveCount: 5 }) });
  const vault = new BackupVault(stack, 'vault', { name: 'plant', kmsKeyArn: key.arn, provider: global });
  new BackupPlan(stack, 'plan', { name: 'plant', rule: [{ ruleName: 'daily', targetVaultName: vault.name, schedule: 'cron(0 5 * * ? *)', lifecycle: { deleteAfter: 35 } }] });
  const certificate = new AcmCertificate(stack, 'certificate', { domainName: 'plant.example.org', validationMethod: 'DNS', lifecycle: { createBeforeDestroy: true } });
  const options = TerraformIterator.fromComplexList(certificate.domainValidationOptions, 'domain_name');
  new Route53Record(stack, 'proof', {
    forEach: options, zoneId: 'Z0123456789', name: options.getString('resource_record_name'), type: options.getString('resource_record_type'), ttl: 60, records: [options.getString('resource_record_value')],
  });
  new TerraformOutput(stack, 'endpoint', { value: cluster.endpoint, description: 'where the API server listens' });
  new TerraformOutput(stack, 'authority', { value: cluster.certificateAuthority.get(0).data });
  new TerraformOutput(stack, 'subnet-ids', { value: '${[for subnet in aws_subnet.subnets : upper(subnet.id) if subnet.id != ""]}' });
  new TerraformOutput(stack, 'facts', { value: { issuer: cluster.identity.get(0).oidc.get(0).issuer, size: '${local.names.size > 2 ? "many" : "few"}', names: names.expression, parts: subnets.count } });
  stack.prepareStack();
  rmSync(outdir, { recursive: true });
  // Not by the testing part of cdktf, which drops the paths of constructs.
  return JSON.parse(JSON.stringify(stack.toTerraform())) as TerraformJson;
}
