/** The name of a region. @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
export const regionPattern = /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/;

/** The number of an account. */
export const accountPattern = /^\d{12}$/;

/** The ARN of a role of IAM. */
export const roleArnPattern = /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/;

/** The ARN of a role or a user of IAM. */
export const principalArnPattern = /^arn:aws[\w-]*:iam::\d{12}:(role|user)\/.+$/;

/** Names as RDS and ElastiCache want them: lower case letters, digits and single hyphens, beginning with a letter. */
export const storeNamePattern = /^[a-z](-?[0-9a-z]+)*$/;

/** The days for which CloudWatch keeps logs. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const logRetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;
