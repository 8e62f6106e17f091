import { linesOf, titleOf, type Line } from './lines';
import { isEqual, summaryOf, type DiffResult } from './result';

const colors = { '+': '32', '-': '31', '~': '33', ' ': '2' } as const;
const signs = { added: '+', removed: '-', changed: '~' } as const;

/** A result for a terminal. */
export function diffText(result: DiffResult, paint: boolean): string {
  const colored = (sign: Line['sign'], text: string) => (paint ? `\u001B[${colors[sign]}m${text}\u001B[0m` : text);
  const bold = (text: string) => (paint ? `\u001B[1m${text}\u001B[0m` : text);
  const objects = result.objects.map(object => {
    const title = colored(signs[object.change], `${signs[object.change]} ${paint ? bold(titleOf(object)) : titleOf(object)}`);
    return [title, ...linesOf(object).map(({ sign, text }) => colored(sign, `    ${sign} ${text}`.trimEnd()))].map(line => `${line}\n`).join('');
  });
  const refused = result.refused.map(({ object, path, message, remedy }) => `  ${object}: ${path} ${message};\n    ${remedy}\n`);
  return [...objects, ...refused.length ? [`${colored('-', 'A cluster cannot follow:')}\n`, ...refused] : []].join('');
}

/** What is told beside it. */
export function closingText(result: DiffResult): string {
  const notes = result.notes.map(note => `note: ${note}\n`).join('');
  return `${notes}${isEqual(result) ? 'no difference; ' : ''}${summaryOf(result)}\n`;
}
