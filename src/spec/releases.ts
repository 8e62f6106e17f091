import { z } from 'zod';
import { closest, MartyError, type Problem } from '../errors';
import { problemsOf } from './problems';

const tag = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const digest = 'sha256:[0-9a-f]{64}';
const versionPattern = new RegExp(`^(?:${tag}(?:@${digest})?|${digest})$`);

/** A version of an image: a tag, a digest, or a tag with the digest it stands for. */
export const versionSchema = z.string()
  .regex(versionPattern, { error: 'expected a tag such as 1.4.2, a digest sha256:…, or tag@sha256:…', abort: true })
  .refine(version => version.split('@')[0] !== 'latest', { error: 'is "latest", which names no version; expected a tag that never moves' });

/** `releases/<environment>.json`: the version of each service that runs there. */
export const releasesSchema = z.record(z.string(), versionSchema);

export type Releases = Readonly<Record<string, string>>;

/**
 * Checks a release file against the services that are rendered from it.
 *
 * @param subject how the file is called in messages.
 * @throws RELEASE_INVALID with every service that lacks a version and every version that cannot be used.
 */
export function checkReleases(releases: unknown, services: readonly string[], subject: string): Releases {
  const known = typeof releases === 'object' && releases !== null ? Object.keys(releases) : [];
  const problems: Problem[] = [
    ...problemsOf(releasesSchema, releases),
    ...services.filter(name => !known.includes(name)).map(path => {
      const near = closest(path, known.filter(name => !services.includes(name)));
      return { path, message: `has no version; name the tag or digest that runs there${near === undefined ? '' : `, or is it meant by "${near}"?`}` };
    }),
  ];
  if (problems.length) throw new MartyError('RELEASE_INVALID', `${subject} cannot be used:`, { problems });
  return releases as Releases;
}

/** The full reference of an image. */
export function imageOf(repository: string, version: string): string {
  return version.startsWith('sha256:') ? `${repository}@${version}` : `${repository}:${version}`;
}

/** An image, fetched through the registry of an environment instead of its own. */
export function registryImageOf(image: string, registry: string | undefined): string {
  if (!registry) return image;
  const [first, ...rest] = image.split('/');
  return `${registry}/${rest.length && /[.:]|^localhost$/.test(first) ? rest.join('/') : image}`;
}

/** A version as a label value: the tag, or the beginning of the digest. */
export function versionLabelOf(version: string): string {
  const [name] = version.split('@');
  return name.replace('sha256:', 'sha256-').slice(0, 63).replace(/[^A-Za-z0-9]+$/, '');
}
