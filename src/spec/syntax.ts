import { isIP } from 'node:net';
import { z } from 'zod';

const label = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const host = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/;
const publicHost = /^(?=.{1,253}$)(\*\.)?[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/;
const cidr = /^([0-9]{1,3}\.){3}[0-9]{1,3}\/[0-9]{1,2}$|^[0-9a-f:]+\/[0-9]{1,3}$/;
const image = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?(?::[0-9]{1,5})?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;

/**
 * A DNS label: lower case letters, digits and `-`, beginning with a letter.
 *
 * @param max longest length; shorter than 63 where Kubernetes or we add a suffix.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export const labelSchema = (max = 63) => z.string()
  .regex(label, { error: 'expected a DNS label: lower case letters, digits and "-", beginning with a letter and not ending in "-"' })
  .max(max);

/** Why something is loosened, for those who read it later: 10 to 500 characters. */
export const reasonSchema = z.string().trim().min(10).max(500);

/** A DNS label that names constructs and folders too, where `constructor` is taken. */
export const nameSchema = (max: number) => labelSchema(max)
  .refine(name => !(name in {}), { error: 'is a word that every JavaScript object knows; choose another name' });

const labelName = /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;

/**
 * Labels of Kubernetes objects.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export const labelsSchema = z.record(
  z.string().max(317).regex(labelName, { error: 'expected a label such as app or acme.example/app' }),
  z.string().max(63).regex(labelValue, { error: 'expected letters, digits, "-", "_" and ".", beginning and ending with a letter or digit' }));

/** The key of something declared, a property name in TypeScript: `db`, `placed`, `ordersApi`. */
export const aliasSchema = z.string()
  .regex(/^[a-z][A-Za-z0-9]*$/, { error: 'expected a name in camelCase: letters and digits, beginning with a lower case letter' })
  .max(40)
  .refine(alias => alias !== 'perEnvironment', { error: 'stands for a value per environment; choose another name' });

/** Most names are told from addresses by their letters; what looks further into them takes long to load. */
const isAddress = (value: string) => /^[0-9.]+$|:/.test(value) && isIP(value) !== 0;

/** A host name, never an address. */
export const hostSchema = z.string()
  .refine(value => !isAddress(value), { error: 'is an address, expected a host name; an address goes into `cidrs`', abort: true })
  .regex(host, { error: 'expected a host name in lower case, without scheme, port or path' });

/** A host name under which clients outside find something; `*.` stands for one name before the rest. */
export const publicHostSchema = z.string()
  .refine(value => !isAddress(value), { error: 'is an address, expected a host name', abort: true })
  .regex(publicHost, { error: 'expected a host name in lower case, without scheme, port or path' });

/** A range of addresses such as `10.20.0.0/16`. */
export const cidrSchema = z.string()
  .regex(cidr, { error: 'expected a range of addresses such as 10.20.0.0/16', abort: true })
  .refine(isCidr, { error: 'expected a range of addresses such as 10.20.0.0/16' });

const repository = (versions: string) => z.string().min(1).max(255)
  .refine(value => !/@|:[^/]*$/.test(value), { error: `names a version, expected the repository alone; ${versions}`, abort: true })
  .regex(image, { error: 'expected an image repository such as ghcr.io/acme/orders' });

/** The repository of an image, without tag and digest. */
export const imageSchema = repository('versions stand in releases/<environment>.json');

/** The repository of an image that has a field `version` beside it, without tag and digest. */
export const versionedImageSchema = repository('the field version beside it is the tag');

/** An image with its version: `ghcr.io/acme/proxy:1.4.2`, or with a digest. */
export const pinnedImageSchema = z.string().min(1).max(400).superRefine((value, context) => {
  const match = /^(.*?)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(value);
  const problem = (message: string) => context.addIssue({ code: 'custom', message });
  if (!match || !image.test(match[1])) problem('expected an image such as ghcr.io/acme/proxy:1.4.2');
  else if (!match[2] && !match[3]) problem('names no version, expected a tag or a digest');
  else if (match[2] === 'latest') problem('names the tag "latest", which moves; expected one that never does');
});

/** The path of a URL. */
export const pathSchema = z.string().max(1024)
  .regex(/^\/((?!\.{1,2}(\/|$))([A-Za-z0-9._~!$&'()*+,;=:@-]|%(?!2[fF])[0-9a-fA-F]{2})+(\/(?!\/)|$))*$/, {
    error: 'expected a path that begins with "/", without "//", "/./" and "/../"' });

/** An absolute path of a file or folder in a container, other than the root. */
export const absolutePathSchema = z.string().max(1024)
  .regex(/^(\/[^/:\0]+)+$/, { error: 'expected an absolute path below "/", without "//" and ":"' })
  .refine(path => !path.split('/').includes('..'), { error: 'expected a path without ".."' });

/** Annotations of Kubernetes objects. */
export const annotationsSchema = z.record(
  z.string().max(317).regex(labelName, { error: 'expected an annotation such as acme.example/owner' }), z.string().max(262_144))
  .refine(annotations => JSON.stringify(annotations).length <= 262_144, { error: 'must have at most 256 KiB in all' });

export const portNumberSchema = z.int().min(1).max(65535);

/** An object of few fields, which are all named where another one is met. */
export const listingFields = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape, {
  error: ({ code }) => (code === 'unrecognized_keys' ? ['only:', ...Object.keys(shape)].join(' ') : undefined),
});

/** A store of a service, by both names. */
export const storePlaceSchema = z.string().regex(/^[a-z][-a-z0-9]*\.[a-z][A-Za-z0-9]*$/, { error: 'expected <service>.<store>' });

/** A field that has its place in the description and no translation yet: refused, so that nothing declared is ignored. */
export const notYet = (advice: string) => z.never({ error: `is not translated yet; ${advice}` }).optional();

function isCidr(value: string): boolean {
  const [address = '', bits = ''] = value.split('/');
  const version = isIP(address);
  return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
}
