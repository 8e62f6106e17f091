import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { CloudwatchLogGroup, type CloudwatchLogGroupConfig } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { KmsKey, type KmsKeyConfig } from '@cdktf/provider-aws/lib/kms-key';
import { LaunchTemplate, type LaunchTemplateConfig } from '@cdktf/provider-aws/lib/launch-template';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretRotation } from '@cdktf/provider-aws/lib/secretsmanager-secret-rotation';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { SqsQueue, type SqsQueueConfig } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { TerraformStack } from 'cdktf';
import type { TwinContext } from './context';
import { account, accountDecides, policy, region } from '../fixture/documents';

/** A resource that differs from a good one in one thing. */
export interface Twin {
  /** The name of the resource, which tells what is wrong with it. */
  readonly name: string;
  /** How Checkov calls it. @default - its name */
  readonly called?: string;
  /** The ids of Checkov that fail on it as it is written or planned, all of them and no other. */
  readonly ids: readonly string[];
  /** The ids that fail when all is there, of those that need values. @default - those of `ids` */
  readonly afterwards?: readonly string[];
  make(stack: TerraformStack, name: string, context: TwinContext): void;
}

const rule = { securityGroupId: 'sg-0123456789abcdef0', ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIpv4: '10.0.0.0/16' };
// Without ports, which then mean nothing, Checkov sees nothing in it.
const everywhere = { ...rule, description: 'twin', ipProtocol: '-1', fromPort: -1, toPort: -1, cidrIpv4: '0.0.0.0/0' };

export const twins: readonly Twin[] = [
  key('key-that-never-rotates', ['CKV_AWS_7'], { enableKeyRotation: false }),
  key('key-that-is-off', ['CKV_AWS_227'], { isEnabled: false }),
  key('key-without-a-policy', ['CKV2_AWS_64'], { policy: undefined }),
  key('key-for-everybody', ['CKV_AWS_33'], { policy: policy({ ...accountDecides, Principal: '*' }) }),
  {
    name: 'key-for-everybody-said-late', ids: [], afterwards: ['CKV_AWS_33'],
    make: (stack, name, context) => new KmsKey(stack, name, {
      description: 'twin', enableKeyRotation: true, policy: policy(accountDecides, { Principal: '*', Action: 'kms:Decrypt', Resource: context.logs.arn }),
    }),
  },
  logs('logs-of-a-month', ['CKV_AWS_338'], { retentionInDays: 30 }),
  logs('logs-without-an-end', ['CKV_AWS_66', 'CKV_AWS_338'], { retentionInDays: undefined }),
  logs('logs-in-the-clear', ['CKV_AWS_158'], { kmsKeyId: undefined }),
  role('role-for-everybody', ['CKV_AWS_60'], policy({ Principal: { AWS: '*' }, Action: 'sts:AssumeRole' })),
  role('role-for-all-of-the-account', ['CKV_AWS_61'], policy({ Principal: { AWS: account }, Action: 'sts:AssumeRole' })),
  role('role-for-every-repository', ['CKV_AWS_393'], policy({
    Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` }, Action: 'sts:AssumeRoleWithWebIdentity',
  })),
  {
    name: 'provider-with-its-keys', called: 'aws', ids: ['CKV_AWS_41'],
    make: (stack, name) => new AwsProvider(stack, name, { alias: name, region, accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'x'.repeat(40) }),
  },
  {
    name: 'role-of-an-administrator', ids: ['CKV_AWS_274'],
    make: (stack, name, context) => new IamRolePolicyAttachment(stack, name, { role: context.role.name, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
  },
  {
    name: 'role-of-an-administrator-of-iam', ids: ['CKV2_AWS_56'],
    make: (stack, name, context) => new IamRolePolicyAttachment(stack, name, { role: context.role.name, policyArn: 'arn:aws:iam::aws:policy/IAMFullAccess' }),
  },
  {
    ...allows('everything', ['CKV_AWS_286', 'CKV_AWS_287', 'CKV_AWS_288', 'CKV_AWS_289', 'CKV_AWS_290', 'CKV_AWS_355'], '*'),
    ids: ['CKV_AWS_62', 'CKV_AWS_63', 'CKV2_AWS_40'],
  },
  allows('to-become-more', ['CKV_AWS_286', 'CKV_AWS_289', 'CKV_AWS_355'], 'iam:UpdateLoginProfile'),
  allows('to-take-credentials', ['CKV_AWS_287', 'CKV_AWS_290', 'CKV_AWS_355'], 'redshift:GetClusterCredentials'),
  allows('to-carry-away', ['CKV_AWS_288', 'CKV_AWS_355'], 's3:GetObject'),
  allows('to-open-what-is-closed', ['CKV_AWS_289', 'CKV_AWS_355'], 's3:PutBucketPolicy'),
  allows('to-write-everywhere', ['CKV_AWS_290', 'CKV_AWS_355'], 'sqs:SendMessage'),
  allows('to-see-everything', ['CKV_AWS_355'], 'sqs:GetQueueAttributes'),
  queue('queue-in-the-clear', ['CKV_AWS_27'], { kmsMasterKeyId: undefined, sqsManagedSseEnabled: false }),
  queue('queue-with-a-key-of-others', ['CKV2_AWS_73'], { kmsMasterKeyId: 'alias/aws/sqs' }),
  {
    name: 'queue-for-everybody', ids: ['CKV_AWS_168', 'CKV_AWS_387'],
    make: (stack, name) => new SqsQueuePolicy(stack, name, {
      queueUrl: 'https://example.com', policy: policy({ Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }),
    }),
  },
  {
    name: 'secret-that-stays', ids: ['CKV2_AWS_57'],
    make: (stack, name, context) => new SecretsmanagerSecret(stack, name, { name, kmsKeyId: context.key.arn }),
  },
  {
    name: 'secret-with-a-key-of-others', ids: ['CKV_AWS_149'],
    make: (stack, name) => rotated(stack, name, new SecretsmanagerSecret(stack, name, { name }), 30),
  },
  {
    name: 'secret-that-stays-long', ids: ['CKV_AWS_304'],
    make: (stack, name, context) => {
      rotated(stack, name, new SecretsmanagerSecret(stack, `${name}-itself`, { name, kmsKeyId: context.key.arn }), 120, name);
    },
  },
  {
    name: 'network-that-nobody-watches', ids: ['CKV2_AWS_11'],
    make: (stack, name) => closed(stack, name, new Vpc(stack, name, { cidrBlock: '10.1.0.0/16' })),
  },
  {
    name: 'network-with-an-open-group', ids: ['CKV2_AWS_12'],
    make: (stack, name, context) => watched(stack, name, new Vpc(stack, name, { cidrBlock: '10.2.0.0/16' }), context),
  },
  {
    name: 'group-of-nothing', ids: ['CKV2_AWS_5'],
    make: (stack, name, { network }) => new SecurityGroup(stack, name, { name, description: 'twin', vpcId: network.id }),
  },
  {
    name: 'rule-that-says-nothing', ids: ['CKV_AWS_23'],
    make: (stack, name) => new VpcSecurityGroupIngressRule(stack, name, rule),
  },
  opened('rule-that-opens-shells', ['CKV_AWS_24'], 22),
  opened('rule-that-opens-desktops', ['CKV_AWS_25'], 3389),
  opened('rule-that-opens-pages', ['CKV_AWS_260'], 80),
  {
    name: 'rule-that-opens-all', ids: ['CKV_AWS_277'],
    make: (stack, name) => new VpcSecurityGroupIngressRule(stack, name, everywhere),
  },
  {
    name: 'rule-that-lets-all-out', ids: ['CKV_AWS_382'],
    make: (stack, name) => new VpcSecurityGroupEgressRule(stack, name, everywhere),
  },
  {
    name: 'routes-of-all-to-a-peer', ids: ['CKV2_AWS_44'],
    make: (stack, name, context) => new RouteTable(stack, name, {
      vpcId: context.network.id, route: [{ cidrBlock: '0.0.0.0/0', vpcPeeringConnectionId: 'pcx-0123456789abcdef0' }],
    }),
  },
  {
    name: 'nodes-with-shells', ids: ['CKV_AWS_100'],
    make: (stack, name, context) => new EksNodeGroup(stack, name, {
      clusterName: 'twin', nodeRoleArn: context.role.arn, subnetIds: ['subnet-0123456789abcdef0'], remoteAccess: { ec2SshKey: 'everybody' },
      scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 1 },
    }),
  },
  template('nodes-with-credentials', ['CKV_AWS_46'], { userData: 'export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE' }),
  template('nodes-on-the-internet', ['CKV_AWS_88'], { networkInterfaces: [{ associatePublicIpAddress: 'true' }] }),
  {
    name: 'database-insights-with-a-key-of-others', ids: ['CKV_AWS_354'],
    make: (stack, name, context) => new RdsClusterInstance(stack, name, {
      clusterIdentifier: 'twin', instanceClass: 'db.r8g.large', engine: 'aurora-postgresql', autoMinorVersionUpgrade: true,
      performanceInsightsEnabled: true, monitoringInterval: 60, monitoringRoleArn: context.role.arn,
    }),
  },
  {
    name: 'certificate-for-every-host', ids: ['CKV2_AWS_71'],
    make: (stack, name) => new AcmCertificate(stack, name, { domainName: '*.example.com', validationMethod: 'DNS', lifecycle: { createBeforeDestroy: true } }),
  },
  {
    name: 'bucket-for-everybody',
    ids: ['CKV2_AWS_6', 'CKV2_AWS_61', 'CKV2_AWS_62', 'CKV_AWS_18', 'CKV_AWS_19', 'CKV_AWS_20', 'CKV_AWS_21', 'CKV_AWS_57', 'CKV_AWS_144', 'CKV_AWS_145'],
    make: (stack, name) => {
      const bucket = new S3Bucket(stack, name, { bucket: name, acl: 'public-read-write' });
      new S3BucketServerSideEncryptionConfigurationA(stack, `${name}-key`, {
        bucket: bucket.id, rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'none' }, bucketKeyEnabled: true }],
      });
    },
  },
  {
    name: 'bucket-that-locks-its-owner-out', ids: ['CKV_AWS_93'],
    make: (stack, name) => new S3BucketPolicy(stack, name, { bucket: name, policy: policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }) }),
  },
  {
    name: 'database-of-long-ago',
    ids: [
      'CKV2_AWS_60', 'CKV2_AWS_69', 'CKV_AWS_16', 'CKV_AWS_118', 'CKV_AWS_129', 'CKV_AWS_157', 'CKV_AWS_226', 'CKV_AWS_250', 'CKV_AWS_293', 'CKV_AWS_353', 'CKV_AWS_388',
    ],
    make: (stack, name) => {
      const group = new DbParameterGroup(stack, `${name}-parameters`, { name, family: 'postgres10', parameter: [{ name: 'rds.force_ssl', value: '0' }] });
      new DbInstance(stack, name, { instanceClass: 'db.r5.large', engine: 'aurora-postgresql', engineVersion: '10.11', parameterGroupName: group.name });
    },
  },
];

function opened(name: string, ids: readonly string[], port: number): Twin {
  const props = { ...rule, description: 'twin', cidrIpv4: '0.0.0.0/0', fromPort: port, toPort: port };
  return { name, ids, make: stack => new VpcSecurityGroupIngressRule(stack, name, props) };
}

function template(name: string, ids: readonly string[], more: Partial<LaunchTemplateConfig>): Twin {
  const metadataOptions = { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 };
  return { name, ids, make: stack => new LaunchTemplate(stack, name, { name, metadataOptions, ...more }) };
}

function key(name: string, ids: readonly string[], more: Partial<KmsKeyConfig>): Twin {
  return { name, ids, make: stack => new KmsKey(stack, name, { description: 'twin', enableKeyRotation: true, policy: policy(accountDecides), ...more }) };
}

function logs(name: string, ids: readonly string[], more: Partial<CloudwatchLogGroupConfig>): Twin {
  const make: Twin['make'] = (stack, id, context) => new CloudwatchLogGroup(stack, id, { name, retentionInDays: 365, kmsKeyId: context.key.arn, ...more });
  return { name, ids, make };
}

function role(name: string, ids: readonly string[], assumeRolePolicy: string): Twin {
  return { name, ids, make: (stack, id) => new IamRole(stack, id, { name, assumeRolePolicy }) };
}

/** Allows an action on everything, beside one on a key that has no name yet: so nothing can be read of it before it is there. */
function allows(what: string, afterwards: readonly string[], action: string): Twin {
  return {
    name: `policy-that-allows-${what}`, ids: [], afterwards,
    make: (stack, name, context) => new IamRolePolicy(stack, name, {
      role: context.role.name, policy: policy({ Action: 'kms:Decrypt', Resource: context.key.arn }, { Action: action, Resource: '*' }),
    }),
  };
}

function queue(name: string, ids: readonly string[], more: Partial<SqsQueueConfig>): Twin {
  return { name, ids, make: (stack, id, context) => new SqsQueue(stack, id, { name, kmsMasterKeyId: context.key.arn, ...more }) };
}

function rotated(stack: TerraformStack, name: string, secret: SecretsmanagerSecret, days: number, id = `${name}-rotation`): void {
  new SecretsmanagerSecretRotation(stack, id, {
    secretId: secret.id, rotationRules: { automaticallyAfterDays: days }, rotationLambdaArn: `arn:aws:lambda:${region}:${account}:function:rotate`,
  });
}

function closed(stack: TerraformStack, name: string, network: Vpc): void {
  new DefaultSecurityGroup(stack, `${name}-closed`, { vpcId: network.id });
}

function watched(stack: TerraformStack, name: string, network: Vpc, context: TwinContext): void {
  new FlowLog(stack, `${name}-flows`, { vpcId: network.id, trafficType: 'ALL', logDestination: context.logs.arn, iamRoleArn: context.role.arn });
}
