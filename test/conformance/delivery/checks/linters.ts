import type { FoundJudge } from '../../judges/judge';
import { skipped, verdictOf, type Check, type CheckContext, type Verdict } from '../../runner/check';
import { agreementOf, tableText, type Answers } from '../linters/agreement';
import { petstoreCorpora, publicCorpora, recordedCases, type Corpus } from '../linters/corpus';
import { scannedBy, scored } from '../linters/judges';

/** Fewer public sets than this are no corpus. */
const leastPublicSets = 20;

/** What our rules say in the name of other linters is what those say themselves. */
export const linterChecks: readonly Check[] = [
  { name: 'linters/kube-score', judges: ['kube-score'], run: context => compare(context, 'kube-score', scored) },
  { name: 'linters/kubesec', judges: ['kubesec'], run: context => compare(context, 'kubesec', scannedBy) },
  { name: 'linters/self-test', judges: ['kube-score'], run: testComparison },
];

/** Sets with an object that kube-score cannot read: it judges nothing of them then. */
const unreadable: Readonly<Record<string, string>> = {
  'kubernetes-metadata-agent': 'a quantity is a placeholder of a template',
  'ingress-nginx-oauth': 'the value of a variable is no text',
};

async function* compare(context: CheckContext, name: string, ask: (judge: FoundJudge, corpus: Corpus) => Promise<Answers>): AsyncIterable<Verdict> {
  const judge = context.judge(name);
  const { corpora, missing } = await publicCorpora();
  const isRead = (corpus: Corpus) => name !== 'kube-score' || !Object.hasOwn(unreadable, corpus.name);
  const answers: Answers[] = [];
  const asked = [...recordedCases(), ...petstoreCorpora(), ...corpora].filter(isRead);
  for (const corpus of asked) answers.push(await ask(judge, corpus));
  const agreement = agreementOf(name, answers);
  const few = missing.length === 0 && corpora.length < leastPublicSets ? [`there are ${corpora.length} public sets, expected ${leastPublicSets} or more`] : [];
  yield verdictOf(judge, `${asked.length} sets of manifests`, asked.reduce((sum, { objects }) => sum + objects.length, 0), [...agreement.problems, ...few], tableText(agreement));
  for (const reason of missing) yield process.env.CI === 'true' ? verdictOf(judge, 'public manifests', 0, [reason]) : skipped(judge, 'public manifests', reason);
}

/** A difference that nobody listed is caught, and so is a listed one that is gone. */
async function* testComparison(context: CheckContext): AsyncIterable<Verdict> {
  const judge = context.judge('kube-score');
  const [corpus] = recordedCases().filter(({ name }) => name === 'image-latest' || name === 'container-no-resources');
  const answers = await scored(judge, corpus);
  const [first, ...others] = answers.theirs;
  const wrong: readonly (readonly [string, readonly Answers[]])[] = [
    ['one thing that we alone do not say', [{ ...answers, ours: new Set(others) }]],
    ['one thing that they alone do not say', [{ ...answers, theirs: new Set(others), ours: new Set([first, ...others]) }]],
  ];
  const uncaught = wrong.filter(([, given]) => agreementOf('kube-score', given).problems.length === 0).map(([what]) => `${what}: it passed, expected a failure`);
  yield verdictOf(judge, 'self-test', wrong.length, first === undefined ? ['kube-score says nothing of a bad case'] : uncaught);
}
