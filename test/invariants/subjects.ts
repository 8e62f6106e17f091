import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { descriptionOf, parseDescription, type Description } from '../../src/spec/description';
import { fleetsOf, fullFleet } from '../support/arbitrary-fleet';
import { exampleFleets } from '../support/examples';
import { releasesOf, renderPlatform, type Rendered } from '../support/manifests';
import type { MicroserviceSpec, Releases } from '../../src/spec';

/** A fleet that the invariants are held against. */
export interface Fleet {
  readonly title: string;
  readonly document: Description;
  readonly services: readonly MicroserviceSpec[];
  readonly releases: Releases | string;
}

/** A fleet in one environment, rendered. */
export interface Subject extends Rendered { readonly fleet: Fleet; readonly environment: string; readonly title: string }

/** Other fleets for another seed: `MARTY_SEED=7 MARTY_FLEETS=1000 npx jest test/invariants`. */
export const seed = Number(process.env.MARTY_SEED ?? 20_260_101);
export const count = Number(process.env.MARTY_FLEETS ?? 200);

/** How much longer than usual everything takes, for the number of fleets that is asked for. */
export const patience = Math.max(1, count / 200);

/** Every example, a fleet that says everything, and generated ones. */
export function fleets(generatedCount = count): Fleet[] {
  const examples = exampleFleets().map(({ name, folder, services }) => (
    { title: `example ${name}`, document: descriptionOf(services), services, releases: existsSync(join(folder, 'releases')) ? join(folder, 'releases') : releasesOf(services) }));
  const generated = [fullFleet(), ...(generatedCount ? fleetsOf(seed, generatedCount) : [])].map((document, index): Fleet => {
    const services = parseDescription(document);
    return { title: index === 0 ? 'full fleet' : `fleet ${index} of seed ${seed}`, document, services, releases: releasesOf(services) };
  });
  return [...examples, ...generated];
}

/** A fleet in every environment it has. */
export function subjectsOf(fleet: Fleet): Subject[] {
  return Object.keys(fleet.document.platform.environments)
    .map(environment => ({ ...renderPlatform(fleet.services, environment, fleet.releases), fleet, environment, title: `${fleet.title} in ${environment}` }));
}
