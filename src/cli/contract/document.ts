import { z } from 'zod';
import { MartyError } from '../../errors';
import { contractDocumentOf, contractDocumentSchema, type ContractDocument } from '../../spec/contract';
import { selected } from '../spec/selection';
import type { MicroserviceSpec } from '../../spec/microservice';

/** The forms in which a contract is written. */
export const formats = ['json', 'ts'] as const;
export type Format = (typeof formats)[number];

/** The JSON Schema of a contract. */
export function contractJsonSchema(): Record<string, unknown> {
  return {
    $id: 'https://marty-msf.example/schemas/contract-v1.json',
    title: 'marty-msf contract, version 1',
    ...z.toJSONSchema(contractDocumentSchema, { io: 'input', reused: 'ref' }),
  };
}

/**
 * The contract of the services of some names; of all that can be called when none is named.
 *
 * @throws USAGE when there is no service of a name, or nothing to call.
 */
export function exported(services: readonly MicroserviceSpec[], names: readonly string[]): ContractDocument {
  const chosen = selected(services, names);
  const whole = contractDocumentOf(chosen);
  const offers = Object.entries(whole.services);
  const shut = offers.filter(([, { ports, environments }]) => !Object.keys(ports).length || !Object.keys(environments).length);
  if (names.length && shut.length) {
    const reasons = shut.map(([name, { ports }]) => `${name} ${Object.keys(ports).length ? 'has exposure "none" in every environment' : 'has no ports'}`);
    throw new MartyError('USAGE', `service: nobody can call what is named: ${reasons.join(', ')}; leave it out`);
  }
  const open = offers.filter(entry => !shut.includes(entry));
  if (!open.length) throw new MartyError('USAGE', `service: none of ${chosen.map(({ name }) => name).join(', ')} can be called, so there is no contract`);
  return { ...whole, services: Object.fromEntries(open) };
}

/** A contract as the text of a file. */
export function textOf(contract: ContractDocument, format: Format): string {
  const json = JSON.stringify(contract, null, 2);
  return format === 'json' ? `${json}\n` : `// written by \`marty contract export\` in the repository of ${contract.platform}; do not edit\nexport const contract = ${json} as const;\n`;
}
