import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MicroserviceSpec } from '../../src/spec';

/** A fleet of examples/. */
export interface Example {
  readonly name: string;
  readonly folder: string;
  readonly services: readonly MicroserviceSpec[];
  readonly environments: readonly string[];
}

export const examplesFolder = join(__dirname, '../../examples');

/** Every example that describes a fleet. */
export function exampleFleets(): Example[] {
  return readdirSync(examplesFolder).filter(name => existsSync(join(examplesFolder, name, 'fleet.ts'))).map(name => {
    const folder = join(examplesFolder, name);
    return { name, folder, ...jest.requireActual<Pick<Example, 'services' | 'environments'>>(join(folder, 'fleet')) };
  });
}
