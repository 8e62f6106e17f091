import { linesOf, titleOf } from './lines';
import { isEqual, summaryOf, type DiffResult } from './result';

/** The most a comment on a pull request takes is 65,536 characters; what is beyond this is counted. */
const longest = 60_000;
const marks = { added: 'added', removed: 'removed', changed: 'changed' } as const;

/** A result for a pull request: refusals first, then each object, folded. */
export function diffMarkdown(result: DiffResult): string {
  const head = [`### ${escaped(result.before)} → ${escaped(result.after)}`, '', isEqual(result) ? 'No difference.' : `${summaryOf(result).replace(/^.*: /, '')}.`, ''];
  const refused = result.refused.length
    ? ['> [!CAUTION]', '> A cluster cannot follow:', ...result.refused.map(({ object, path, message, remedy }) => `> - **${escaped(object)}**: ${code(path)} ${escaped(message)}; ${escaped(remedy)}`), '']
    : [];
  const notes = result.notes.length ? [...result.notes.map(note => `- ${escaped(note)}`), ''] : [];
  let left = longest - [...head, ...refused, ...notes].join('\n').length;
  const shown: string[] = [];
  for (const object of result.objects) {
    const block = blockOf(object);
    if (block.length > left) break;
    left -= block.length;
    shown.push(block);
  }
  const hidden = result.objects.length - shown.length;
  return `${[...head, ...refused, ...shown, ...hidden ? [`and ${hidden} more objects, not shown.`, ''] : [], ...notes].join('\n').trimEnd()}\n`;
}

function blockOf(object: DiffResult['objects'][number]): string {
  const lines = linesOf(object);
  if (!lines.length) return `- ${marks[object.change]}: **${escaped(titleOf(object))}**\n`;
  const body = lines.map(({ sign, text }) => `${sign === '~' ? '!' : sign} ${text}`.trimEnd()).join('\n');
  const fence = '`'.repeat(Math.max(3, ...[...body.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `<details><summary>${marks[object.change]}: <b>${escaped(titleOf(object))}</b>, ${object.differences.length} ${object.differences.length === 1 ? 'place' : 'places'}</summary>\n\n${fence}diff\n${body}\n${fence}\n\n</details>\n`;
}

/** A text that means only itself. */
const escaped = (text: string) => text.replace(/[&<>]/g, character => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? character).replace(/([\\`*_|[\]])/g, '\\$1').replace(/\s+/g, ' ');
const code = (text: string) => `\`${text.replaceAll('`', "'")}\``;
