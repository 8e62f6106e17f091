import { kinds, ownKinds, type Kind } from './kinds';
import { seeded } from './random';
import { unsafeKinds } from './unsafe';
import type { ProviderKnowledge } from '../../../src/cloud/validate/knowledge';
import type { TerraformJson } from '../../../src/cloud/validate/stack';

/** A stack with one thing broken. */
export interface Mutant {
  /** How it was broken. */
  readonly kind: string;
  /** Where. */
  readonly what: string;
  /** Whether Terraform itself refuses it. */
  readonly refusedByTerraform: boolean;
  readonly json: TerraformJson;
}

/**
 * Breaks a stack in every way that fits it, each some times at places chosen by the seed.
 *
 * @param each how many mutants of each kind at most; what would come out the same is made once.
 */
export function* mutantsOf(json: TerraformJson, knowledge: ProviderKnowledge, each: number, seed = 1): Generator<Mutant> {
  const text = JSON.stringify(json);
  const tables: readonly (readonly [Readonly<Record<string, Kind>>, boolean])[] = [
    [kinds, true], [ownKinds, false], ...(knowledge.policies.length > 0 ? [[unsafeKinds, false] as const] : []),
  ];
  for (const [table, refusedByTerraform] of tables) {
    for (const [kind, mutate] of Object.entries(table)) {
      const random = seeded(seed + hash(kind));
      const seen = new Set<string>();
      for (let turn = 0; turn < 3 * each && seen.size < each; turn++) {
        const copy = JSON.parse(text) as TerraformJson;
        const what = mutate({ json: copy, knowledge, random });
        if (what === undefined || seen.has(what)) continue;
        seen.add(what);
        yield { kind, what, refusedByTerraform, json: copy };
      }
    }
  }
}

const hash = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
