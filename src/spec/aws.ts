import { z } from 'zod';

/** The name of a region. @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
export const regionPattern = /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/;

/** The number of an account. */
export const accountPattern = /^\d{12}$/;

export const awsRegionSchema = z.string().regex(regionPattern, { error: 'expected a region such as eu-central-1' });
export const awsAccountSchema = z.string().regex(accountPattern, { error: 'expected the 12 digits of an account, as text' });

/** The part of AWS that a region belongs to: `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Where a service of AWS is reached in a region: `sqs.eu-central-1.amazonaws.com`. */
export function awsHostOf(service: string, region: string): string {
  return `${service}.${region}.amazonaws.com${partitionOf(region) === 'aws-cn' ? '.cn' : ''}`;
}
