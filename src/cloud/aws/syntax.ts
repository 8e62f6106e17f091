import { z } from 'zod';
import { closest } from '../../errors';
import { awsRegionSchema } from '../../spec/aws';
import { Token } from '../engine';

export { accountPattern, regionPattern } from '../../spec/aws';

/** Places that have regions, of which numbers come and go. @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
const regionPlaces = ['af-south', 'ap-east', 'ap-northeast', 'ap-south', 'ap-southeast', 'ca-central', 'ca-west', 'cn-north', 'cn-northwest', 'eu-central', 'eu-north', 'eu-south', 'eu-west',
  'il-central', 'me-central', 'me-south', 'mx-central', 'sa-east', 'us-east', 'us-gov-east', 'us-gov-west', 'us-west'];

/** A region: one that is not known may be newer than this version, unless it looks like one that is misspelt. */
export const regionSchema = awsRegionSchema.superRefine((region, context) => {
  const [, place = '', number] = /^(.*)-(\d+)$/.exec(region) ?? [];
  const meant = regionPlaces.includes(place) ? undefined : closest(place, regionPlaces);
  if (meant) context.addIssue({ code: 'custom', message: `is no region that is known here; did you mean ${meant}-${number}?` });
});

/** The ARN of a role of IAM. */
export const roleArnPattern = /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/;

/** The ARN of a role or a user of IAM. */
export const principalArnPattern = /^arn:aws[\w-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/;

/** The id of a security group. */
export const securityGroupPattern = /^sg-[0-9a-f]{8,17}$/;

/** The id of a zone of Route 53. */
export const zoneIdPattern = /^Z[A-Z0-9]{1,31}$/;

/** The ARN of an issuer of tokens that IAM believes. */
const oidcProviderPattern = /^arn:aws[\w-]*:iam::\d{12}:oidc-provider\/\S+$/;

/** A text that may come from a resource; one that is known at synth has a shape. @param what the shape in words, with an example */
export const orExpression = (pattern: RegExp, what: string) => z.string()
  .refine(text => Token.isUnresolved(text) || pattern.test(text), { error: `expected ${what}` });

/** An issuer of tokens that IAM believes, by its ARN. */
export const oidcProviderArnSchema = orExpression(oidcProviderPattern, 'the ARN of an identity provider, such as arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC');

/** A key of KMS that exists, by its ARN; an alias is not enough for those who grant its use. */
export const keyArnSchema = orExpression(/^arn:aws[\w-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, 'the ARN of a key, such as arn:aws:kms:eu-central-1:123456789012:key/mrk-1234');

/** The name of a secret of Secrets Manager. */
export const secretNamePattern = /^[0-9A-Za-z/_+=.@-]{1,256}$/;

/** Names as RDS and ElastiCache want them: lower case letters, digits and single hyphens, beginning with a letter. */
export const storeNamePattern = /^[a-z](-?[0-9a-z]+)*$/;

/** The days for which CloudWatch keeps logs. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const logRetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;
