import type { Policy } from '../../validate/knowledge';
import { oneOfThese, on, requirement } from './_policy';

/** Repositories of images. */
export const ecrPolicies: readonly Policy[] = [
  requirement({
    id: 'CKV_AWS_51', also: ['AWS-0031'], title: 'a tag keeps naming the same image', types: ['aws_ecr_repository'],
    at: 'image_tag_mutability', wanted: oneOfThese('IMMUTABLE'), remedy: 'set it to "IMMUTABLE"',
  }),
  requirement({
    id: 'CKV_AWS_136', also: ['AWS-0033'], title: 'images are encrypted with a key of KMS', types: ['aws_ecr_repository'],
    at: 'encryption_configuration.encryption_type', wanted: oneOfThese('KMS'), remedy: 'set it to "KMS" and kms_key to the ARN of a key',
  }),
  requirement({
    id: 'CKV_AWS_163', also: ['AWS-0030'], title: 'images are scanned when they are pushed', types: ['aws_ecr_repository'],
    at: 'image_scanning_configuration.scan_on_push', wanted: on, remedy: 'set it to true',
  }),
];
