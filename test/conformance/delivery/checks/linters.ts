import type { FoundJudge } from '../../judges/judge';
import { skipped, verdictOf, type Check, type CheckContext, type Verdict } from '../../runner/check';
import { together } from '../../runner/together';
import { agreementOf, tableText, unknownCorpora, type Answers } from '../linters/agreement';
import { chartCorpora, chartCount } from '../linters/charts';
import { petstoreCorpora, publicCorpora, recordedCases, refusedCases, type Corpus } from '../linters/corpus';
import { scored, scoredRules } from '../linters/kube-score';
import { scannedBy, scannedRules } from '../linters/kubesec';
import { corpusSection, judgeSection, pageProblems } from '../linters/page';

/** Fewer public sets than this are no corpus. */
const leastPublicSets = 20;
/** Fewer rendered charts than this neither. */
const leastCharts = 20;

/** A linter, asked its own way, and the rules of ours that speak for its checks. */
interface Peer {
  readonly name: string;
  readonly ask: (judge: FoundJudge, corpus: Corpus) => Promise<Answers>;
  readonly rules: ReadonlyMap<string, readonly string[]>;
}

const peers: readonly Peer[] = [
  { name: 'kube-score', ask: scored, rules: scoredRules },
  { name: 'kubesec', ask: scannedBy, rules: scannedRules },
];

/** What our rules say in the name of other linters is what those say themselves. */
export const linterChecks: readonly Check[] = [
  ...peers.map(peer => ({ name: `linters/${peer.name}`, judges: [peer.name, 'helm'], run: (context: CheckContext) => compare(context, peer) })),
  { name: 'linters/self-test', judges: ['kube-score'], run: testComparison },
];

async function* compare(context: CheckContext, { name, ask, rules }: Peer): AsyncIterable<Verdict> {
  const judge = context.judge(name);
  const sets = await publicCorpora();
  const charts = await chartCorpora(context.judge('helm'));
  const missing = [...new Set([...sets.missing, ...charts.missing])];
  const pinned = [...recordedCases(), ...refusedCases(), ...sets.corpora, ...charts.corpora];
  const own = petstoreCorpora();
  const asked = [...pinned, ...own];
  const answers = await together(asked, corpus => ask(judge, corpus));
  const agreement = agreementOf(name, answers);
  // Our own output changes with every version, so that the page tells what is pinned alone.
  const published = agreementOf(name, answers.slice(0, pinned.length));
  const whole = missing.length ? [] : [
    ...tooFew('public sets', sets.corpora.length, leastPublicSets),
    ...tooFew('rendered charts', chartCount, leastCharts),
    ...unknownCorpora(name, asked),
    ...pageProblems([corpusSection(), judgeSection(judge, pinned, published, rules)]),
  ];
  yield verdictOf(judge, `${asked.length} sets of manifests`, asked.reduce((sum, { objects }) => sum + objects.length, 0), [...agreement.problems, ...whole], tableText(agreement));
  for (const reason of missing) yield process.env.CI === 'true' ? verdictOf(judge, 'public manifests', 0, [reason]) : skipped(judge, 'public manifests', reason);
}

const tooFew = (what: string, count: number, least: number) => (count < least ? [`there are ${count} ${what}, expected ${least} or more`] : []);

/** What nobody listed is caught: a difference, either way, and an object that is not judged. */
async function* testComparison(context: CheckContext): AsyncIterable<Verdict> {
  const judge = context.judge('kube-score');
  const [corpus] = recordedCases().filter(({ name }) => name === 'image-latest' || name === 'container-no-resources');
  const answers = await scored(judge, corpus);
  const [first, ...others] = answers.theirs;
  const wrong: readonly (readonly [string, readonly Answers[]])[] = [
    ['one thing that we alone do not say', [{ ...answers, ours: new Set(others) }]],
    ['one thing that they alone do not say', [{ ...answers, theirs: new Set(others), ours: new Set([first, ...others]) }]],
    ['an object that they cannot read', [{ ...answers, unread: ['Deployment shop/api'] }]],
  ];
  const uncaught = wrong.filter(([, given]) => agreementOf('kube-score', given).problems.length === 0).map(([what]) => `${what}: it passed, expected a failure`);
  yield verdictOf(judge, 'self-test', wrong.length, first === undefined ? ['kube-score says nothing of a bad case'] : uncaught);
}
