import type { CheckFinding, CheckResult } from './result';
import { titleOf } from './title';

interface Case { readonly name: string; readonly file: string; readonly body: string; readonly is: 'failure' | 'skipped' | 'passed' }

/**
 * A result as the report of a test run: what is wrong failed, what is waived or could not be judged was skipped.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function junitOf(result: CheckResult): string {
  const cases: Case[] = [
    ...result.findings.map(finding => caseOf(finding, 'failure', `<failure type="${xml(finding.rule)}" message="${xml(finding.message)}">${xml(detailOf(finding))}</failure>`)),
    ...result.waived.map(finding => caseOf(finding, 'skipped', `<skipped message="${xml(`waived: ${finding.reason}`)}"/>`)),
    ...result.notRun.map(({ rule, object, file, reason }) => ({ name: `${titleOf(object)}: ${rule}`, file, is: 'skipped' as const, body: `<skipped message="${xml(`not run: ${reason}`)}"/>` })),
  ];
  const suites = result.sets.map(({ name, objects }): Case => ({ name: `${objects} objects checked`, file: name || '.', is: 'passed', body: '' }));
  const byFile = new Map<string, Case[]>();
  for (const each of [...suites, ...cases]) byFile.set(each.file, [...byFile.get(each.file) ?? [], each]);
  const lines = [...byFile].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([file, all]) => [
    `  <testsuite name="${xml(file)}" ${countsOf(all)}>`,
    ...all.map(({ name, body }) => `    <testcase classname="${xml(file)}" name="${xml(name)}" time="0"${body ? `>${body}</testcase>` : '/>'}`),
    '  </testsuite>',
  ]);
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="marty check" ${countsOf([...suites, ...cases], false)}>`, ...lines, '</testsuites>', ''].join('\n');
}

function caseOf(finding: CheckFinding, is: Case['is'], body: string): Case {
  return { name: `${titleOf(finding.object)}: ${finding.rule}${finding.path ? ` at ${finding.path}` : ''}`, file: finding.file, is, body };
}

function detailOf({ file, line, construct, remedy }: CheckFinding): string {
  return [`${file}:${line}`, ...(construct ? [construct] : []), remedy].join('\n');
}

function countsOf(cases: readonly Case[], isSuite = true): string {
  const having = (is: Case['is']) => cases.filter(each => each.is === is).length;
  return `tests="${cases.length}" failures="${having('failure')}" errors="0"${isSuite ? ` skipped="${having('skipped')}"` : ''} time="0"`;
}

/** Text inside XML, without the characters that XML cannot hold at all. */
function xml(text: string): string {
  const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\t': '&#9;', '\r': '&#13;' };
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD').replace(/[&<>"\n\t\r]/g, mark => marks[mark]);
}
