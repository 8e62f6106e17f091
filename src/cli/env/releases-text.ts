import { MartyError } from '../../errors';
import { releasesSchema, type Releases } from '../../spec/releases';
import { problemsOf } from '../../spec/problems';

/** A change of one version. */
export interface VersionChange {
  readonly service: string;
  /** What was there; absent where it had none. */
  readonly before?: string;
  readonly after: string;
}

/**
 * The versions that a release file holds.
 *
 * @param file how it is called in messages.
 * @throws RELEASE_INVALID when it is no JSON, no object of versions, or names a service twice.
 */
export function readVersions(text: string, file: string): Record<string, unknown> {
  const content = parsed(text, file);
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new MartyError('RELEASE_INVALID', `${file} cannot be used: it is ${Array.isArray(content) ? 'a list' : String(content)}, expected the version of each service, such as { "orders": "1.4.2" }`);
  }
  const wrong = Object.entries(content).filter(([, version]) => typeof version !== 'string').map(([path]) => ({ path, message: 'is no text, expected a version' }));
  const names = pairsIn(text).map(({ name }) => name);
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(path => ({ path, message: 'is there twice; leave one of the two out' }));
  if (wrong.length || twice.length) throw new MartyError('RELEASE_INVALID', `${file} cannot be used:`, { problems: [...wrong, ...twice] });
  return content as Record<string, unknown>;
}

/**
 * A release file with other versions: nothing else of its text changes, neither order nor spaces. A service that it did not have comes last.
 *
 * @throws RELEASE_INVALID when a version of the whole cannot be used.
 */
export function withVersions(text: string, changes: readonly VersionChange[], file: string): string {
  const edited = changes.reduce((current, { service, before, after }) => (
    before === undefined ? appended(current, service, after) : replaced(current, service, after)), text);
  const problems = problemsOf(releasesSchema, JSON.parse(edited));
  if (problems.length) throw new MartyError('RELEASE_INVALID', `${file} cannot be used:`, { problems });
  return edited;
}

/** The changes that lead from some versions to others; what is as it should be is none. */
export function changesTo(wanted: Releases, versions: Readonly<Record<string, unknown>>): VersionChange[] {
  return Object.entries(wanted).filter(([service, after]) => versions[service] !== after).map(([service, after]) => {
    const before = Object.hasOwn(versions, service) ? versions[service] : undefined;
    return { service, ...(typeof before === 'string' ? { before } : {}), after };
  });
}

interface Pair { readonly name: string; readonly start: number; readonly end: number; readonly valueStart: number }

/** Every name and value of a flat object of texts, by their place in it. */
function pairsIn(text: string): Pair[] {
  return [...text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:\s*)("(?:[^"\\]|\\.)*")/g)].map(match => ({
    name: JSON.parse(match[1]) as string,
    start: match.index,
    end: match.index + match[0].length,
    valueStart: match.index + match[1].length + match[2].length,
  }));
}

function replaced(text: string, service: string, version: string): string {
  const pair = pairsIn(text).find(({ name }) => name === service);
  return pair ? text.slice(0, pair.valueStart) + JSON.stringify(version) + text.slice(pair.end) : appended(text, service, version);
}

/** Behind the last one, with the same space before it. */
function appended(text: string, service: string, version: string): string {
  const pairs = pairsIn(text);
  const last = pairs[pairs.length - 1];
  const pair = (colon: string) => JSON.stringify(service) + colon + JSON.stringify(version);
  if (!last) return text.replace(/\{\s*\}/, () => `{\n  ${pair(': ')}\n}`);
  const [space] = /\s*$/.exec(text.slice(0, last.start)) ?? [''];
  const name = JSON.stringify(last.name);
  const colon = text.slice(last.start, last.valueStart).slice(name.length);
  return `${text.slice(0, last.end)},${space}${pair(/^\s*:\s*$/.test(colon) ? colon : ': ')}${text.slice(last.end)}`;
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new MartyError('RELEASE_INVALID', `${file} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
