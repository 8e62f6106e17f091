import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check';

const root = join(__dirname, '..');

/** A check with the area it belongs to. */
export interface AreaCheck {
  readonly area: string;
  readonly check: Check;
}

/** Every folder beside `runner` that has an `index.ts`: adding an area is adding a folder. */
export function areaNames(): string[] {
  return readdirSync(root)
    .filter(name => existsSync(join(root, name, 'index.ts')))
    .sort();
}

/**
 * The selected checks in the order of their areas; without a selection all of them.
 *
 * @returns a sentence when a selection names nothing
 */
export async function selectChecks(selections: readonly string[]): Promise<readonly AreaCheck[] | string> {
  const known = areaNames();
  const unknown = selections.filter(selection => !known.includes(areaOf(selection)));
  if (unknown.length > 0) return `conformance: area is ${unknown.join(', ')}, expected ${known.join(', ')}`;
  const wanted = known.filter(
    name => selections.length === 0 || selections.some(selection => areaOf(selection) === name),
  );
  // One after the other: a module that two of them load at once is seen half-loaded by one.
  const all: AreaCheck[] = [];
  for (const name of wanted) all.push(...await checksOf(name));
  const empty = selections.filter(selection => !all.some(candidate => isSelected(candidate, selection)));
  if (empty.length > 0) return `conformance: check is ${empty.join(', ')}, expected ${all.map(pathOf).join(', ')}`;
  return all.filter(
    candidate => selections.length === 0 || selections.some(selection => isSelected(candidate, selection)),
  );
}

export function pathOf({ area, check }: AreaCheck): string {
  return `${area}/${check.name}`;
}

function areaOf(selection: string): string {
  return selection.split('/')[0];
}

function isSelected(candidate: AreaCheck, selection: string): boolean {
  const path = pathOf(candidate);
  return candidate.area === selection || path === selection || path.startsWith(`${selection}/`);
}

async function checksOf(area: string): Promise<AreaCheck[]> {
  const { checks } = (await import(join(root, area, 'index.ts'))) as { checks: readonly Check[] };
  return checks.map(check => ({ area, check }));
}
