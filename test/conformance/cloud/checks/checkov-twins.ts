import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, needValues } from './checkov';
import { requiredProviders } from '../provider/required';
import { applied } from '../stacks/applied';
import { apps, twins as twinsApp } from '../stacks/apps';
import { ask, type Opinion } from '../stacks/checkov';
import { mutantsOf, planOf, resourcesOf, type PlannedResource } from '../stacks/plan-mutants';
import { twins } from '../twins/twins';
import type { FoundJudge } from '../../judges/judge';
import { verdictOf, type Check, type CheckContext, type Verdict } from '../../runner/check';
import { removeScratch, scratchFolder } from '../../runner/processes';

/**
 * Ids that no single change makes fail, and why. A pass of these says little, and nothing is built upon it.
 */
const unshakeable: Readonly<Record<string, string>> = {};

/** A pass of Checkov means something: what is wrong in one thing fails, for that thing; and of every id that passes there is something that fails. */
export const checkovTwinChecks: readonly Check[] = [{ name: 'checkov-twins', judges: ['checkov', 'terraform'], run: judgeTwins }];

async function* judgeTwins({ judge: judgeNamed }: CheckContext): AsyncIterable<Verdict> {
  const judge = judgeNamed('checkov');
  const place = scratchFolder('twins');
  const [live] = await applied(twinsApp, judgeNamed('terraform'));
  const { before, after, written } = filesOf(live, place);
  const [planned, told, made] = await Promise.all([
    ask(judge, { framework: 'terraform_plan', files: [before] }),
    ask(judge, { framework: 'terraform_json', files: [written] }),
    ask(judge, { framework: 'terraform_plan', files: [after], only: needValues }),
  ]);
  const early = failuresOf(planned.get(before), told.get(written));
  const late = failuresOf(made.get(after));
  yield verdictOf(judge, 'twins', twins.length, [
    ...live.problems,
    ...unexpected(early, new Map(twins.map(({ name, ids }) => [name, ids])), 'as written or planned'),
    ...unexpected(late, new Map(twins.map(({ name, ids, afterwards = ids.filter(id => needValues.includes(id)) }) => [name, afterwards])), 'afterwards'),
  ]);
  const shaken = new Set([...early.values(), ...late.values()].flatMap(ids => [...ids]));
  yield await shakenBy(judge, judgeNamed('terraform'), shaken, place);
  removeScratch(place);
}

/** The ids that fail by the name of the resource: its type is not told of a stack as it is written. */
function failuresOf(...opinions: readonly (Opinion | undefined)[]): ReadonlyMap<string, ReadonlySet<string>> {
  const failed = new Map<string, Set<string>>();
  for (const { id, address } of opinions.flatMap(opinion => opinion?.failed ?? [])) {
    const last = address.slice(address.lastIndexOf('.') + 1);
    const name = twins.find(({ called }) => called === last)?.name ?? last;
    failed.set(name, (failed.get(name) ?? new Set()).add(id));
  }
  return failed;
}

/** What fails where it should not, and what does not where it should. */
function unexpected(failed: ReadonlyMap<string, ReadonlySet<string>>, expected: ReadonlyMap<string, readonly string[]>, when: string): string[] {
  return [...new Set([...expected.keys(), ...failed.keys()])].flatMap(name => {
    const [found, wanted] = [failed.get(name), expected.get(name)].map(ids => [...ids ?? []].sort().join(', ') || 'nothing');
    return found === wanted ? [] : [`${when}: ${name} fails ${found}, expected ${wanted}`];
  });
}

/** Changes one resource for each id that it keeps, in every way, and looks whether the id still holds. */
async function shakenBy(judge: FoundJudge, terraform: FoundJudge, shaken: ReadonlySet<string>, place: string): Promise<Verdict> {
  const kept = new Set<string>();
  const mutants: PlannedResource[] = [];
  for (const app of apps()) {
    const plans = (await applied(app, terraform)).map(live => ({ live, files: filesOf(live, join(place, app.name)) }));
    const opinions = await ask(judge, { framework: 'terraform_plan', files: plans.map(({ files }) => files.before) });
    for (const { live, files } of plans) {
      const planned = resourcesOf(live.after);
      const chosen = new Set<string>();
      for (const [id, addresses] of opinions.get(files.before)?.passed ?? []) {
        if (!kept.has(id)) chosen.add(addresses[0]);
        kept.add(id);
      }
      const providers = requiredProviders(live.stack.json);
      // Stacks have resources of the same names.
      const end = live.stack.title.replaceAll('/', '-');
      const tell = ({ name, address, ...rest }: PlannedResource) => ({ ...rest, name: `${name}-${end}`, address: `${address}-${end}` });
      mutants.push(...planned.filter(({ address }) => chosen.has(address)).flatMap(resource => mutantsOf(resource, providers)).map(tell));
    }
  }
  const file = join(place, 'mutants.json');
  writeFileSync(file, planOf(mutants));
  const failed = new Set((await ask(judge, { framework: 'terraform_plan', files: [file] })).get(file)?.failed.map(({ id }) => id));
  const unshaken = [...kept].filter(id => !shaken.has(id) && !failed.has(id) && !unshakeable[id]).sort();
  const wrong = Object.keys(unshakeable).filter(id => failed.has(id) || shaken.has(id));
  return verdictOf(judge, 'every id that passes', kept.size, [
    ...unshaken.map(id => `nothing makes ${id} fail; write a twin for it`),
    ...wrong.map(id => `${id} can be made to fail; take it from the list of those that cannot`),
  ], `${mutants.length} mutants`);
}
