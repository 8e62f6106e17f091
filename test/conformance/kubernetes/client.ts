import type { IncomingMessage } from 'node:http';
import { Agent, request as sendRequest } from 'node:https';
import type { KubernetesObject } from './manifest';
import { groupOf } from './manifest';

const requestTimeoutMs = 60_000;
const fieldManager = 'marty';

export interface ApiClientOptions {
  /** On 127.0.0.1. */
  readonly port: number;
  readonly token: string;
  /** PEM. */
  readonly certificateAuthority: string;
}

export interface ApiResponse {
  readonly status: number;
  /** The text of each `Warning` header. */
  readonly warnings: readonly string[];
  readonly body: unknown;
}

/** What the server says of one object. */
export interface ApiAnswer extends ApiResponse {
  readonly accepted: boolean;
  /** Why it was refused; empty when accepted. */
  readonly message: string;
  /** Empty when refused. */
  readonly resourceVersion: string;
}

export interface ApplyOptions {
  /** Judge it, keep nothing. @default false */
  readonly dryRun?: boolean;
  /** YAML to send. @default the object as JSON */
  readonly text?: string;
}

export interface ApiClient {
  request(method: string, path: string, body?: string, contentType?: string): Promise<ApiResponse>;
  /** Server-side apply with strict field validation: an unknown or repeated field is an error. */
  apply(object: KubernetesObject, options?: ApplyOptions): Promise<ApiAnswer>;
  get(object: KubernetesObject): Promise<ApiAnswer>;
  /** Deletes it for good: finalizers are taken away, since no controller is there to do it. */
  delete(object: KubernetesObject): Promise<ApiAnswer>;
  /** The path of an object on the server. */
  pathOf(object: KubernetesObject): Promise<string>;
  /** Whether the server knows the kind in this version. */
  serves(object: Pick<KubernetesObject, 'apiVersion' | 'kind'>): Promise<boolean>;
  close(): void;
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** A client for a server on the loopback interface, over HTTPS, without kubectl. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const agent = new Agent({ keepAlive: true, ca: options.certificateAuthority });
  const discovered = new Map<string, readonly Resource[]>();

  const request: ApiClient['request'] = (method, path, body, contentType) =>
    new Promise((resolve, reject) => {
      const outgoing = sendRequest(
        {
          agent,
          host: '127.0.0.1',
          port: options.port,
          method,
          path,
          timeout: requestTimeoutMs,
          headers: {
            authorization: `Bearer ${options.token}`,
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }),
          },
        },
        response => readResponse(response).then(resolve, reject),
      );
      outgoing.once('timeout', () =>
        outgoing.destroy(new Error(`${method} ${path}: no answer after ${requestTimeoutMs} ms`)),
      );
      outgoing.once('error', reject);
      outgoing.end(body);
    });

  async function resourceOf({
    apiVersion,
    kind,
  }: Pick<KubernetesObject, 'apiVersion' | 'kind'>): Promise<Resource | undefined> {
    const isIt = (resource: Resource) => resource.kind === kind && !resource.name.includes('/');
    const known = discovered.get(apiVersion)?.find(isIt);
    if (known) return known;
    const { status, body } = await request('GET', rootOf(apiVersion));
    if (status !== 200) return undefined;
    const { resources } = body as { resources: Resource[] };
    discovered.set(apiVersion, resources);
    return resources.find(isIt);
  }

  async function pathOf(object: KubernetesObject): Promise<string> {
    const resource = await resourceOf(object);
    if (!resource) throw new Error(`the server does not serve ${object.apiVersion} ${object.kind}`);
    const { name, namespace } = object.metadata;
    if (resource.namespaced && !namespace) throw new Error('metadata.namespace is absent, expected a namespace');
    if (!resource.namespaced && namespace) {
      throw new Error(`metadata.namespace is ${namespace}, expected none for this kind`);
    }
    const scope = resource.namespaced ? `/namespaces/${namespace}` : '';
    return `${rootOf(object.apiVersion)}${scope}/${resource.name}/${encodeURIComponent(name)}`;
  }

  /** Problems with the path are the object's problems, and are answered like those the server finds. */
  async function ask(object: KubernetesObject, send: (path: string) => Promise<ApiResponse>): Promise<ApiAnswer> {
    let path: string;
    try {
      path = await pathOf(object);
    } catch (error) {
      return {
        status: 404,
        warnings: [],
        body: {},
        accepted: false,
        message: (error as Error).message,
        resourceVersion: '',
      };
    }
    return answerOf(await send(path));
  }

  return {
    request,
    apply: (object, { dryRun = false, text } = {}) =>
      ask(object, path => {
        const query = new URLSearchParams({
          fieldManager,
          fieldValidation: 'Strict',
          force: 'true',
          ...(dryRun ? { dryRun: 'All' } : {}),
        });
        return request('PATCH', `${path}?${query}`, text ?? JSON.stringify(object), 'application/apply-patch+yaml');
      }),
    get: object => ask(object, path => request('GET', path)),
    delete: object =>
      ask(object, async path => {
        const answer = await request('DELETE', `${path}?propagationPolicy=Background&gracePeriodSeconds=0`);
        const finalizing = await request('GET', path);
        if (finalizing.status === 404) return answer;
        if (object.kind === 'Namespace' && groupOf(object) === '') {
          const body = { ...(finalizing.body as object), spec: { finalizers: [] } };
          await request('PUT', `${path}/finalize`, JSON.stringify(body), 'application/json');
        } else {
          await request(
            'PATCH',
            path,
            JSON.stringify({ metadata: { finalizers: null } }),
            'application/merge-patch+json',
          );
        }
        return answer;
      }),
    pathOf,
    serves: async kind => (await resourceOf(kind)) !== undefined,
    close: () => agent.destroy(),
  };
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function answerOf(response: ApiResponse): ApiAnswer {
  const body = response.body as { message?: string; metadata?: { resourceVersion?: string } };
  const accepted = response.status >= 200 && response.status < 300;
  return {
    ...response,
    accepted,
    message: accepted ? '' : `${response.status} ${body.message ?? ''}`.trimEnd(),
    resourceVersion: accepted ? (body.metadata?.resourceVersion ?? '') : '',
  };
}

async function readResponse(response: IncomingMessage): Promise<ApiResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const isJson = (response.headers['content-type'] ?? '').includes('json');
  return {
    status: response.statusCode ?? 0,
    warnings: warningsOf(response.rawHeaders),
    body: isJson ? JSON.parse(text) : { message: text },
  };
}

/** Node joins repeated headers with commas, which also occur in the texts: the raw list keeps them apart. */
function warningsOf(rawHeaders: readonly string[]): string[] {
  return rawHeaders
    .filter((_, index) => index % 2 === 1 && rawHeaders[index - 1].toLowerCase() === 'warning')
    .map(value => value.replace(/^\d{3} \S+ "(.*)"$/s, '$1').replace(/\\(.)/g, '$1'));
}
