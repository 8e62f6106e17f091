/** A check of a scanner that is not in the pack although it can touch a type that we make. */
export interface LeftOut {
  readonly id: string;
  readonly why: string;
}

/** Checks of Checkov 3.3 that touch types that we make and are not policies of ours, each with the reason. */
export const leftOut: readonly LeftOut[] = [
  { id: 'CKV2_AWS_1', why: 'asks about aws_network_acl, which we do not make: subnets keep the list of their VPC, security groups decide' },
  { id: 'CKV2_AWS_7', why: 'asks about clusters of EMR, which we do not make' },
  { id: 'CKV2_AWS_9', why: 'asks about aws_ebs_volume, which we do not make: volumes are made by Kubernetes' },
  { id: 'CKV2_AWS_10', why: 'asks about aws_cloudtrail, which we do not make: trails belong to the account' },
  { id: 'CKV2_AWS_18', why: 'asks about aws_efs_file_system, which we do not make' },
  { id: 'CKV2_AWS_46', why: 'asks about aws_cloudfront_distribution, which we do not make' },
  { id: 'CKV2_AWS_68', why: 'asks about notebooks of SageMaker, which we do not make' },
  { id: 'CKV_AWS_229', why: 'asks about aws_network_acl, which we do not make' },
  { id: 'CKV_AWS_230', why: 'asks about aws_network_acl, which we do not make' },
  { id: 'CKV_AWS_231', why: 'asks about aws_network_acl, which we do not make' },
  { id: 'CKV_AWS_232', why: 'asks about aws_network_acl, which we do not make' },
  { id: 'CKV_AWS_379', why: 'asks about aws_s3_bucket_acl, which we do not make; MARTY_AWS_BUCKET_TLS asks every bucket for more' },
];

/** Checks of Trivy that touch types that we make and stand for nothing in the pack, each with the reason. */
export const leftOutOfTrivy: readonly LeftOut[] = [
  { id: 'AWS-0026', why: 'asks about aws_ebs_volume, which we do not make' },
  { id: 'AWS-0101', why: 'asks about aws_default_vpc, which we do not make' },
  { id: 'AWS-0102', why: 'asks about network ACLs, which we do not make' },
  { id: 'AWS-0105', why: 'asks about network ACLs, which we do not make' },
  { id: 'AWS-0122', why: 'asks about aws_launch_configuration, which we do not make' },
  { id: 'AWS-0170', why: 'deletion with a second factor can only be switched on by the root user, not by Terraform' },
  { id: 'AWS-0171', why: 'asks about CloudTrail, which belongs to the account' },
  { id: 'AWS-0172', why: 'asks about CloudTrail, which belongs to the account' },
  { id: 'AWS-0320', why: 'names of buckets are judged by the value rules' },
  { id: 'AWS-0342', why: 'refuses iam:PassRole altogether, without which Karpenter makes no nodes; MARTY_AWS_PASS_ROLE asks for named roles and a named service' },
];
