import type { Protocol } from '../../spec/ports';

/** A port of a service, and where it is in each environment. */
export interface OfferedPort {
  readonly service: string;
  readonly port: string;
  readonly number: number;
  readonly protocol: Protocol;
  readonly hosts: Readonly<Record<string, string>>;
}

/**
 * What a catalogue shows of an API: a description knows where it is and what is spoken there, not its operations. Of an HTTP port that is an
 * OpenAPI document without paths.
 *
 * @see https://spec.openapis.org/oas/v3.1.0
 */
export function definitionOf({ service, port, number, protocol, hosts }: OfferedPort): string {
  const places = Object.entries(hosts);
  if (protocol === 'http') {
    const servers = places.map(([environment, host]) => ({ url: `http://${host}:${number}`, description: environment }));
    return `${JSON.stringify({ openapi: '3.1.0', info: { title: `${service} ${port}`, version: 'unversioned' }, servers, paths: {} }, null, 2)}\n`;
  }
  const comment = protocol === 'grpc' ? '//' : '#';
  return [`${service} speaks ${protocol} at its port ${port}`, ...places.map(([environment, host]) => `${environment}: ${host}:${number}`)].map(line => `${comment} ${line}\n`).join('');
}
