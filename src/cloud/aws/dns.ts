import { Construct } from 'constructs';
import { z } from 'zod';
import { propsOf } from './_props';
import { Certificate, certificateProblems, certificateSchema } from './certificate';
import type { AwsNetwork } from './aws-network';
import { keyArnSchema, zoneIdPattern } from './syntax';
import { Zone, zoneSchema, type AwsZone } from './zone';
import { ZoneProtection } from './zone-protection';
import { MartyError, didYouMean, type Problem } from '../../errors';
import type { Infrastructure } from '../../spec/infrastructure';
import { labelSchema } from '../../spec/syntax';
import type { InputOf } from '../../spec/input';

const dnsSchema = z.strictObject({
  /** A key of us-east-1 that exists and signs public zones (ECC_NIST_P256, which dnssec-route53.amazonaws.com may use). @default - one is made */
  signingKeyArn: keyArnSchema.optional(),
  /** A key of us-east-1 that exists, which its logs may use for `/aws/route53/`. @default - one is made */
  logKeyArn: keyArnSchema.optional(),
  /** Zones by a name of your choice. @default {} */
  zones: z.record(labelSchema(40), zoneSchema.extend({
    /** The id of one that exists. @default - it is made */
    id: z.string().regex(zoneIdPattern, { error: 'expected the id of a zone, such as Z0123456789ABCDEFGHIJ' }).optional(),
    /** Whether it answers inside of the network alone. @default false */
    private: z.boolean().default(false),
  })).default({}),
  /** Certificates by a name of your choice, each proved by one of the zones. @default {} */
  certificates: z.record(labelSchema(40), certificateSchema.safeExtend({
    /** The zone that its names are in, as it is called above. */
    zone: z.string(),
  })).default({}),
});

export type DnsInput = InputOf<typeof dnsSchema>;
type DnsSpec = z.output<typeof dnsSchema>;

export interface DnsProps extends DnsInput {
  /** The prefix of the names of keys. */
  readonly name: string;
  /** Where private zones answer. */
  readonly network: AwsNetwork;
}

/** The zones of a platform and the certificates for hosts in them. */
export class Dns extends Construct {
  /** Every zone, those that exist too, by their names above. */
  readonly zones: Readonly<Record<string, AwsZone>>;
  /** What the output `infrastructure` tells of them. */
  readonly made: NonNullable<Infrastructure['dns']>;

  /** @throws PROPS_INVALID with every property that is not what is allowed. */
  constructor(scope: Construct, id: string, { name, network, ...props }: DnsProps) {
    super(scope, id);
    const dns = propsOf(dnsSchema, props, this.node.path);
    const problems = problemsOf(dns);
    if (problems.length) throw new MartyError('PROPS_INVALID', `${this.node.path}: not every zone and certificate can be made:`, { problems });
    const isPublic = Object.values(dns.zones).some(zone => zone.id === undefined && !zone.private);
    const protection = isPublic ? new ZoneProtection(this, 'protection', { name, signingKeyArn: dns.signingKeyArn, logKeyArn: dns.logKeyArn }) : undefined;
    const zones: Record<string, AwsZone> = {};
    const told: Record<string, NonNullable<Infrastructure['dns']>['zones'][string]> = {};
    for (const [alias, { id: existing, private: isPrivate, ...zone }] of Object.entries(dns.zones)) {
      const within = isPrivate ? network : protection;
      if (existing !== undefined || !within) {
        zones[alias] = Zone.fromId(existing ?? '', { name: zone.name, private: isPrivate });
        told[alias] = { id: zones[alias].zoneId, name: zone.name, private: isPrivate };
        continue;
      }
      const made = new Zone(this, `zone-${alias}`, { ...zone, within });
      zones[alias] = made;
      told[alias] = {
        id: made.zoneId, name: made.name, private: isPrivate, ...made.signer !== undefined && { nameServers: made.nameServers, signer: made.signer },
      };
    }
    const certificates = Object.entries(dns.certificates).map(([alias, { zone, ...certificate }]) => [
      alias, new Certificate(this, `certificate-${alias}`, { ...certificate, zone: zones[zone] }).arn,
    ]);
    this.zones = zones;
    this.made = { zones: told, certificates: Object.fromEntries(certificates) as Record<string, string> };
  }
}

function problemsOf({ zones, certificates }: DnsSpec): Problem[] {
  const all = Object.entries(zones);
  const twice = all.flatMap(([alias, zone], index): Problem[] => {
    const [same] = all.slice(0, index).find(([, other]) => other.name === zone.name && other.private === zone.private) ?? [];
    return same === undefined ? [] : [{ path: `zones.${alias}.name`, message: `is ${zone.name}, which is that of ${same} too; make one of them private, or leave it out` }];
  });
  const unproved = Object.entries(certificates).flatMap(([alias, certificate]): Problem[] => {
    const path = `certificates.${alias}`;
    if (!Object.hasOwn(zones, certificate.zone)) {
      return [{ path: `${path}.zone`, message: `is ${certificate.zone}, expected one of ${Object.keys(zones).join(', ') || 'zones, of which there are none'}${didYouMean(certificate.zone, Object.keys(zones))}` }];
    }
    const { name, private: isPrivate } = zones[certificate.zone];
    return certificateProblems(certificate, { zoneId: '', name, private: isPrivate }).map(problem => ({ ...problem, path: `${path}.${problem.path}` }));
  });
  return [...twice, ...unproved];
}
