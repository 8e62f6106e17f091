import { Route53HostedZoneDnssec } from '@cdktf/provider-aws/lib/route53-hosted-zone-dnssec';
import { Route53KeySigningKey } from '@cdktf/provider-aws/lib/route53-key-signing-key';
import { Route53QueryLog } from '@cdktf/provider-aws/lib/route53-query-log';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { Construct } from 'constructs';
import { z } from 'zod';
import { propsOf } from './_props';
import { LogGroup } from './log-group';
import type { AwsNetwork } from './aws-network';
import { zoneLogs, zoneRegion, type ZoneProtection } from './zone-protection';
import { hostSchema } from '../../spec/syntax';
import type { InputOf } from '../../spec/input';

export const zoneSchema = z.strictObject({
  /** The name that its names end with: `shop.example`. */
  name: hostSchema,
  /** How long questions to it are kept, in days, where it is public. @default 365 */
  logDays: z.int().min(1).max(3653).default(365),
});

export interface ZoneProps extends InputOf<typeof zoneSchema> {
  /** A network that it answers in, and nowhere else; or what public zones share. */
  readonly within: AwsNetwork | ZoneProtection;
}

/** A zone of Route 53, whether it was made here or exists. */
export interface AwsZone {
  readonly name: string;
  readonly zoneId: string;
  /** Whether it answers inside of a network alone. */
  readonly private: boolean;
}

/**
 * A zone of names: public, signed (DNSSEC) and with every question logged, or private to a network. A public one works when the zone above it names
 * its servers and its signing key: `nameServers` and `signer`.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html
 */
export class Zone extends Construct implements AwsZone {
  /** A zone that exists. */
  static fromId(zoneId: string, { name, private: isPrivate = false }: { readonly name: string; readonly private?: boolean }): AwsZone {
    return { zoneId, name, private: isPrivate };
  }

  readonly name: string;
  readonly zoneId: string;
  readonly private: boolean;
  /** The servers that answer for it, a list as an expression. */
  readonly nameServers: string[];
  /** The DS record by which the zone above it vouches for it; nothing for a private zone. */
  readonly signer: string | undefined;

  /** @throws PROPS_INVALID with every property that is not what is allowed. */
  constructor(scope: Construct, id: string, { within, ...props }: ZoneProps) {
    super(scope, id);
    const { name, logDays } = propsOf(zoneSchema, props, this.node.path);
    this.private = 'vpcId' in within;
    const zone = new Route53Zone(this, 'zone', {
      name, comment: `Names of ${name}`, ...'vpcId' in within && { vpc: [{ vpcId: within.vpcId }] }, tags: { Name: name },
    });
    this.name = name;
    this.zoneId = zone.zoneId;
    this.nameServers = zone.nameServers;
    this.signer = 'vpcId' in within ? undefined : this.protect(within, name, logDays);
  }

  private protect({ signingKeyArn, logKeyArn, ready }: ZoneProtection, name: string, days: number): string {
    const logs = new LogGroup(this, 'logs', { name: `${zoneLogs}${name}`, days, keyArn: logKeyArn, region: zoneRegion });
    new Route53QueryLog(this, 'questions', { zoneId: this.zoneId, cloudwatchLogGroupArn: logs.arn, dependsOn: [...ready] });
    const key = new Route53KeySigningKey(this, 'signing-key', { hostedZoneId: this.zoneId, keyManagementServiceArn: signingKeyArn, name: 'marty', status: 'ACTIVE' });
    new Route53HostedZoneDnssec(this, 'signing', { hostedZoneId: this.zoneId, signingStatus: 'SIGNING', dependsOn: [key] });
    return key.dsRecord;
  }
}
