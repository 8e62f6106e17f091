import { stringify } from 'yaml';
import { importManifests, type ImportOptions } from '../../src/cli/import/import';
import { readSource, type Source } from '../../src/cli/import/source';
import type { ImportResult } from '../../src/cli/import/result';
import type { Io } from '../../src/cli/io';

/** What is read from a text on stdin. */
export const sourceOf = (text: string): Source => readSource({ input: () => text } as Io, '/', '-');
export const yamlOf = (...objects: readonly object[]) => objects.map(object => stringify(object)).join('---\n');

/** What is imported of some objects in production, with further options. */
export const importWith = (options: Partial<ImportOptions>, ...objects: readonly object[]) => importManifests(sourceOf(yamlOf(...objects)), { environment: 'production', ...options });
export const importOf = (...objects: readonly object[]) => importWith({}, ...objects);

export const pod = (labels: object, spec: object = {}) => ({ metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx:1.27', ports: [{ containerPort: 8080 }] }], ...spec } });
export const deployment = (name = 'web-v1', labels: object = { app: 'web' }, spec: object = {}) => (
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec: { replicas: 3, selector: { matchLabels: labels }, template: pod(labels, spec) } });
export const service = (selector: object = { app: 'web' }, name = 'web') => (
  { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector, ports: [{ name: 'http', port: 80, targetPort: 8080 }] } });

/** An object that is told by its kind and name. */
export const named = (apiVersion: string, kind: string, name: string, rest: object = {}) => ({ apiVersion, kind, metadata: { name }, ...rest });

/** A description as far as tests look at it. */
export interface DescribedService {
  readonly name: string;
  readonly patches?: Readonly<Record<string, unknown>>;
  readonly objects?: readonly { readonly kind: string; readonly metadata: { readonly name: string } }[];
  readonly [field: string]: unknown;
}

export const servicesOf = ({ description }: ImportResult) => (description?.services ?? []) as unknown as readonly DescribedService[];

/** What became of each object. */
export const fatesOf = ({ accounts }: ImportResult) => Object.fromEntries(accounts.map(({ object, as }) => [object, as]));
