const [tab, newline, space, quote, apostrophe, backslash] = [9, 10, 32, 34, 39, 92];

/** A text that was read, where the document goes on behind it, and how many lines it went down. */
interface ReadText { readonly value: string; readonly end: number; readonly lines: number }

/**
 * Reads text in quotes that begins here and ends on its line.
 *
 * @returns undefined when it does not, or when its escapes are not those of JSON.
 */
export function quotedText(text: string, at: number, stop: number): ReadText | undefined {
  if (text.charCodeAt(at) === apostrophe) {
    let close = text.indexOf("'", at + 1);
    while (close >= 0 && close < stop && text.charCodeAt(close + 1) === apostrophe) close = text.indexOf("'", close + 2);
    return close < 0 || close >= stop ? undefined : { value: text.slice(at + 1, close).replaceAll("''", "'"), end: close + 1, lines: 0 };
  }
  let close = at + 1;
  while (close < stop && text.charCodeAt(close) !== quote) close += text.charCodeAt(close) === backslash ? 2 : 1;
  if (close >= stop) return undefined;
  const inner = text.slice(at + 1, close);
  const value = inner.includes('\\') || inner.includes('\t') ? jsonText(text.slice(at, close + 1)) : inner;
  return value === undefined ? undefined : { value, end: close + 1, lines: 0 };
}

function jsonText(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}

/**
 * Reads a block of text behind `|`, whose indentation is that of its first line, and deeper than a column.
 *
 * @returns undefined when it is anything else, or empty.
 */
export function blockText(text: string, start: number, end: number, column: number): ReadText | undefined {
  const chomp = text.charAt(start + 1);
  let at = start + (chomp === '-' || chomp === '+' ? 2 : 1);
  if (at < end && text.charCodeAt(at) !== newline) return undefined;
  at++;
  let count = 1;
  const lines: string[] = [];
  let indent = -1;
  while (at < end) {
    const found = text.indexOf('\n', at);
    const stop = found < 0 || found > end ? end : found;
    let first = at;
    while (first < stop && text.charCodeAt(first) === space) first++;
    if (first < stop) {
      if (indent < 0 ? first - at <= column : first - at < indent) break;
      if (text.charCodeAt(first) === tab && indent < 0) return undefined;
      if (indent < 0) {
        indent = first - at;
        // Lines without text above the first one must not be indented deeper than it.
        if (lines.some(blank => blank.length > indent)) return undefined;
        lines.fill('');
      }
      lines.push(text.slice(at + indent, stop));
    } else {
      lines.push(indent < 0 ? text.slice(at, stop) : text.slice(Math.min(at + indent, stop), stop));
    }
    at = stop + 1;
    if (stop < end) count++;
  }
  return indent < 0 ? undefined : { value: chomped(lines, chomp), end: Math.min(at, end), lines: count };
}

function chomped(lines: readonly string[], chomp: string): string {
  let last = lines.length;
  if (chomp === '+') return `${lines.join('\n')}\n`;
  while (last > 0 && lines[last - 1] === '') last--;
  return lines.slice(0, last).join('\n') + (chomp === '-' ? '' : '\n');
}
