/** What only quotes can carry: control characters, halves of characters, or an end that a block cannot have. */
const unfit = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]|\n[\t ]+$/u;

/** Breaks that do not end the text. */
const innerBreaks = /(?:^|(?<!\n))\n+(?!\n|$)/g;

/**
 * A text of several lines as a literal block, as the `yaml` package prints it, indented by so many steps.
 *
 * @returns undefined for a text that is no block.
 * @see https://yaml.org/spec/1.2.2/#812-literal-style
 */
export function literalText(text: string, level: number): string | undefined {
  if (!text.includes('\n') || level === 0 || unfit.test(text)) return undefined;
  const indent = '  '.repeat(level);
  const bodyEnd = /[\n\t ]*$/.exec(text)?.index ?? text.length;
  const end = text.slice(bodyEnd);
  const breakAt = end.indexOf('\n');
  const chomping = breakAt === -1 ? '-' : end === text || breakAt !== end.length - 1 ? '+' : '';
  const kept = end.endsWith('\n') ? end.slice(0, -1) : end;
  const rest = text.slice(0, bodyEnd);
  const lead = /^[ \n]*/.exec(rest)?.[0] ?? '';
  const start = lead.slice(0, lead.lastIndexOf('\n') + 1);
  const body = rest.slice(start.length);
  const indented = (part: string) => part.replace(/\n+/g, `$&${indent}`);
  return `|${lead.includes(' ') ? '2' : ''}${chomping}\n${indent}${indented(start)}${indented(body)}${kept.replace(innerBreaks, `$&${indent}`)}`;
}
