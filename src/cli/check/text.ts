import type { CheckFinding, CheckNotRun, CheckResult } from './result';
import { titleOf } from './title';

/** Findings for a reader: object by object in the order of the files, then what is waived. */
export function textOf(result: CheckResult): string {
  const blocks = [...grouped(result.findings).values()].map(findings => {
    const [{ file, object, construct }] = findings;
    const wide = Math.max(...findings.map(({ line }) => String(line).length));
    const lines = [...findings].sort((a, b) => a.line - b.line).flatMap(({ line, severity, rule, message }) =>
      [`  ${String(line).padStart(wide)}  ${severity.padEnd(7)}  ${rule}: ${message}`]);
    return [`${file}: ${titleOf(object)}${construct ? ` (${construct})` : ''}`, ...lines, ''].join('\n');
  });
  const waived = result.waived.map(({ file, line, object, rule, reason }) => `  ${file}:${line}: ${titleOf(object)}: ${rule}: ${reason}`);
  return [...blocks, ...(waived.length ? ['waived:', ...waived, ''] : [])].map(line => `${line}\n`).join('');
}

/** What else there is to know, for whoever watches. */
export function closingText({ total, notRun, skipped, sets }: CheckResult): string {
  const lines = [
    ...skipped.map(({ place, reason }) => `note: ${place} ${reason}`),
    ...notRunLines(notRun),
    `${many(total.objects, 'object')} checked for Kubernetes ${[...new Set(sets.map(({ kubernetes }) => kubernetes))].join(', ')}: ${many(total.error, 'error')}, ${many(total.warning, 'warning')}, ${total.info} for information${total.waived ? `, ${total.waived} waived` : ''}`,
  ];
  return lines.map(line => `${line}\n`).join('');
}

/** The reasons for which checks were not run, each with the first object that it holds for. */
function notRunLines(notRun: readonly CheckNotRun[]): string[] {
  const byReason = new Map<string, CheckNotRun[]>();
  for (const each of notRun) byReason.set(each.reason, [...byReason.get(each.reason) ?? [], each]);
  return [...byReason].map(([reason, all]) => {
    const objects = new Set(all.map(({ file, object }) => `${file} ${titleOf(object)}`)).size;
    return `not run: ${[...new Set(all.map(({ rule }) => rule))].join(', ')}: ${reason} (${all[0].file}:${all[0].line}${objects > 1 ? ` and ${objects - 1} more` : ''})`;
  });
}

function grouped(findings: readonly CheckFinding[]): Map<string, CheckFinding[]> {
  const groups = new Map<string, CheckFinding[]>();
  const inOrder = [...findings].sort((a, b) => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1));
  for (const finding of inOrder) {
    const key = `${finding.file}\n${finding.object.apiVersion} ${titleOf(finding.object)}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return groups;
}

const many = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
