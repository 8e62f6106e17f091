import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requiredProviders } from '../provider/required';
import { fixture, twins as twinsApp } from '../stacks/apps';
import { applied } from '../stacks/applied';
import { ask, type Opinion } from '../stacks/checkov';
import { needValues, opinions, type Opinions } from '../stacks/opinions';
import { mutantsOf, planOf, resourcesOf, without, type PlannedResource } from '../stacks/plan-mutants';
import { twins } from '../twins/twins';
import type { FoundJudge } from '../../judges/judge';
import { verdictOf, type Check, type CheckContext, type Verdict } from '../../runner/check';
import { removeScratch, scratchFolder } from '../../runner/processes';

/** Ids that no single change makes fail, and why. A pass of these says little, and nothing is built upon it. */
const unshakeable: Readonly<Record<string, string>> = {};

/** A pass of Checkov means something: what is wrong in one thing fails, for that thing; and of every id that passes there is something that fails. */
export const checkovTwinChecks: readonly Check[] = [{ name: 'checkov-twins', judges: ['checkov', 'terraform'], run: judgeTwins }];

async function* judgeTwins({ judge: judgeNamed }: CheckContext): AsyncIterable<Verdict> {
  const [judge, terraform] = [judgeNamed('checkov'), judgeNamed('terraform')];
  const [live] = await applied(twinsApp, terraform);
  const all = await opinions(judge, terraform);
  const found = all.find(({ live: { stack } }) => stack === live.stack);
  const early = failuresOf(found?.before, found?.written);
  const late = failuresOf(found?.after);
  yield verdictOf(judge, 'twins', twins.length, [
    ...live.problems,
    ...unexpected(early, new Map(twins.map(({ name, ids }) => [name, ids])), 'as written or planned'),
    ...unexpected(late, new Map(twins.map(({ name, ids, afterwards = ids.filter(id => needValues.includes(id)) }) => [name, afterwards])), 'afterwards'),
  ]);
  const shaken = new Set([...early.values(), ...late.values()].flatMap(ids => [...ids]));
  const stacks = all.filter(({ live: { stack } }) => stack !== live.stack);
  const place = scratchFolder('twins');
  yield* await Promise.all([shakenBy(judge, stacks, shaken, place), apart(judge, stacks, place)]);
  removeScratch(place);
}

/** The ids that fail by the name of the resource: its type is not told of a stack as it is written. */
function failuresOf(...asked: readonly (Opinion | undefined)[]): ReadonlyMap<string, ReadonlySet<string>> {
  const failed = new Map<string, Set<string>>();
  for (const { id, address } of asked.flatMap(opinion => opinion?.failed ?? [])) {
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

/** Changes a resource that keeps an id, in every way, and looks whether the id still holds; for each id of which no twin shows that it can fail. */
async function shakenBy(judge: FoundJudge, stacks: readonly Opinions[], shaken: ReadonlySet<string>, place: string): Promise<Verdict> {
  const kept = new Set<string>();
  const mutants: PlannedResource[] = [];
  for (const { live, before } of stacks) {
    const chosen = new Set<string>();
    for (const [id, addresses] of before.passed) {
      if (!kept.has(id) && !shaken.has(id)) chosen.add(addresses[0]);
      kept.add(id);
    }
    const providers = requiredProviders(live.stack.json);
    // Stacks have resources of the same names.
    const end = live.stack.title.replaceAll('/', '-');
    const tell = ({ name, address, ...rest }: PlannedResource) => ({ ...rest, name: `${name}-${end}`, address: `${address}-${end}` });
    const resources = resourcesOf(live.after).filter(({ address }) => chosen.has(address));
    mutants.push(...resources.flatMap(resource => mutantsOf(resource, providers)).map(tell));
  }
  const open = [...kept].filter(id => !shaken.has(id));
  // Checkov uses one core: half of them each for two.
  const failed = new Set((await Promise.all([0, 1].map(async half => {
    const file = join(place, `mutants-${half}.json`);
    writeFileSync(file, planOf(mutants.filter((_, index) => index % 2 === half)));
    const asked = await ask(judge, { framework: 'terraform_plan', files: [file], only: open });
    return asked(file).failed.map(({ id }) => id);
  }))).flat());
  const unshaken = open.filter(id => !failed.has(id) && !unshakeable[id]).sort();
  const wrong = Object.keys(unshakeable).filter(id => failed.has(id) || shaken.has(id));
  return verdictOf(judge, 'every id that passes', kept.size, [
    ...unshaken.map(id => `nothing makes ${id} fail; write a twin for it`),
    ...wrong.map(id => `${id} can be made to fail; take it from the list of those that cannot`),
  ], `${mutants.length} mutants`);
}

/** Stacks have resources at the same addresses, and are asked for together: what one of them lacks must not be found in another. */
async function apart(judge: FoundJudge, stacks: readonly Opinions[], place: string): Promise<Verdict> {
  const good = stacks.find(({ live: { stack } }) => stack.app === fixture && stack.name === 'ground');
  if (!good) return verdictOf(judge, 'stacks asked for together', 0, ['the fixture was not applied']);
  const [file, other] = ['unwatched.json', 'watched.json'].map(name => join(place, name));
  writeFileSync(file, without(good.live.before, 'aws_flow_log'));
  writeFileSync(other, good.live.before);
  const asked = await ask(judge, { framework: 'terraform_plan', files: [other, file] });
  const [bad, well] = [file, other].map(each => asked(each).failed.map(({ id }) => id).join(', ') || 'nothing');
  return verdictOf(judge, 'stacks asked for together', 2, [
    ...(bad === 'CKV2_AWS_11' ? [] : [`the one without a flow log fails ${bad}, expected CKV2_AWS_11`]),
    ...(well === 'nothing' ? [] : [`the one with a flow log fails ${well}, expected nothing`]),
  ]);
}
