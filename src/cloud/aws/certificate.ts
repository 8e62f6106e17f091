import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Construct } from 'constructs';
import { z } from 'zod';
import { propsOf } from './_props';
import { regionSchema } from './syntax';
import type { AwsZone } from './zone';
import { MartyError, type Problem } from '../../errors';
import { waivePolicy } from '../check';
import { publicHostSchema, reasonSchema } from '../../spec/syntax';
import type { InputOf } from '../../spec/input';

export const certificateSchema = z.strictObject({
  /** The name that it is for: at most 64 characters. */
  domain: publicHostSchema.max(64),
  /** Other names that it is for, at most 9. @default [] */
  alternativeNames: z.array(publicHostSchema).max(9).default([]),
  /** Why names with `*` are among them, which stand for hosts that nobody has thought of. @default - there are none */
  wildcards: z.strictObject({ reason: reasonSchema }).optional(),
  /** @default 'EC_prime256v1' */
  keyAlgorithm: z.enum(['EC_prime256v1', 'EC_secp384r1', 'RSA_2048']).default('EC_prime256v1'),
  /** Where it is used: CloudFront takes certificates of us-east-1 alone. @default - the region of the stack */
  region: regionSchema.optional(),
}).superRefine(({ domain, alternativeNames, wildcards }, context) => {
  const open = [domain, ...alternativeNames].filter(name => name.startsWith('*.'));
  if (open.length > 0 && !wildcards) context.addIssue({ code: 'custom', path: ['wildcards'], message: `expected the reason for ${open.join(', ')}; say it, or list the hosts` });
  if (open.length === 0 && wildcards) context.addIssue({ code: 'custom', path: ['wildcards'], message: 'has a reason, but no name has a *; leave it out' });
});

export interface CertificateProps extends InputOf<typeof certificateSchema> {
  /** The public zone that all of its names are in, by which it is proved whose they are. */
  readonly zone: AwsZone;
}

/** What keeps names from being proved by a zone. */
export function certificateProblems({ domain, alternativeNames }: z.output<typeof certificateSchema>, zone: AwsZone): Problem[] {
  if (zone.private) return [{ path: 'zone', message: `is the private zone ${zone.name}, expected a public one: who signs certificates asks from outside` }];
  return [domain, ...alternativeNames].filter(name => bare(name) !== zone.name && !bare(name).endsWith(`.${zone.name}`))
    .map(name => ({ path: name === domain ? 'domain' : 'alternativeNames', message: `is ${name}, expected a name in the zone ${zone.name}; take the zone that it is in` }));
}

/**
 * A certificate that AWS signs and renews, for hosts of one zone; it is there when it was proved by records in that zone.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export class Certificate extends Construct {
  /** Its ARN, once it is signed. */
  readonly arn: string;

  /** @throws PROPS_INVALID with every property that is not what is allowed. */
  constructor(scope: Construct, id: string, { zone, ...props }: CertificateProps) {
    super(scope, id);
    const asked = propsOf(certificateSchema, props, this.node.path);
    const problems = certificateProblems(asked, zone);
    if (problems.length) throw new MartyError('PROPS_INVALID', `${this.node.path}: the properties cannot be used:`, { problems });
    const { domain, alternativeNames, wildcards, keyAlgorithm } = asked;
    const region = asked.region && { region: asked.region };
    const certificate = new AcmCertificate(this, 'certificate', {
      ...region, domainName: domain, ...alternativeNames.length > 0 && { subjectAlternativeNames: [...alternativeNames] },
      validationMethod: 'DNS', keyAlgorithm, options: { certificateTransparencyLoggingPreference: 'ENABLED' },
      lifecycle: { createBeforeDestroy: true }, tags: { Name: bare(domain) },
    });
    if (wildcards) waivePolicy(certificate, 'CKV2_AWS_71', wildcards.reason);
    // A name and `*` before it are proved by one record.
    const records = [...new Set([domain, ...alternativeNames].map(bare))].map(host => {
      const told = (attribute: string) => `\${[for option in aws_acm_certificate.${certificate.friendlyUniqueId}.domain_validation_options : option.${attribute} if trimprefix(option.domain_name, "*.") == "${host}"][0]}`;
      return new Route53Record(this, `proof-${host}`, {
        zoneId: zone.zoneId, name: told('resource_record_name'), type: told('resource_record_type'), records: [told('resource_record_value')], ttl: 300,
        // Certificates of one name have one proof, which may be there for another of them.
        allowOverwrite: true,
      });
    });
    this.arn = new AcmCertificateValidation(this, 'validation', { ...region, certificateArn: certificate.arn, validationRecordFqdns: records.map(record => record.fqdn) }).certificateArn;
  }
}

const bare = (name: string) => name.replace(/^\*\./, '');
