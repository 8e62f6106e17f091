import { z } from 'zod';
import { privateRanges } from './address';
import { cidrSchema, portNumberSchema } from './syntax';

const part = cidrSchema.refine(cidr => !cidr.endsWith('/0'), { error: 'is every address; name the ranges that are meant' });

/** Ranges that everything in the namespace may reach. */
export const egressSchema = z.array(z.strictObject({
  /** The range, such as `169.254.20.10/32`; never every address. */
  cidr: part,
  /** The ports, 1 to 50 of them. */
  ports: z.array(portNumberSchema).min(1).max(50),
  /** How they are spoken to. @default ['TCP'] */
  protocols: z.array(z.enum(['TCP', 'UDP'])).min(1).default(['TCP']),
})).max(100);

export type EgressRange = z.output<typeof egressSchema>[number];

/** What `'internet'` means where a place says that it is reached over it. */
export const internetSchema = z.strictObject({
  /** Whether it is reached by IPv4, by IPv6, or by both. @default 'ipv4' */
  addresses: z.enum(['ipv4', 'ipv6', 'both']).default('ipv4'),
  /** Ranges of one's own that are never meant, besides private, link-local and metadata addresses. @default [] */
  except: z.array(part).max(100).default([]),
});

export type Internet = z.output<typeof internetSchema>;

/** Ranges of IPv6 that are never the internet: the host itself, private and link-local addresses. @see https://www.rfc-editor.org/rfc/rfc6890 */
const privateRangesOfIPv6 = ['::1/128', 'fc00::/7', 'fe80::/10'] as const;

/** Whether a range, or an address, is one of IPv6. */
export const isIPv6Range = (cidr: string) => cidr.includes(':');

/** Every address that is meant by the internet. */
export function internetOf({ addresses, except }: Internet): { cidrs: readonly string[]; except: readonly string[] } {
  const [four, six] = [addresses !== 'ipv6', addresses !== 'ipv4'];
  return {
    cidrs: [...(four ? ['0.0.0.0/0'] : []), ...(six ? ['::/0'] : [])],
    except: [...(four ? privateRanges : []), ...(six ? privateRangesOfIPv6 : []), ...except.filter(cidr => (isIPv6Range(cidr) ? six : four))],
  };
}
