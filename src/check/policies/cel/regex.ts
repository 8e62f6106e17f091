const cache = new Map<string, RegExp>();

/** Where JavaScript and RE2, which the server uses, read the same letters otherwise. */
const classes: Readonly<Record<string, string>> = { d: '0-9', w: '0-9A-Za-z_', s: '\\t\\n\\f\\r ' };
const posix: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z', alpha: 'A-Za-z', ascii: '\\x00-\\x7F', blank: '\\t ', cntrl: '\\x00-\\x1F\\x7F', digit: '0-9', graph: '!-~', lower: 'a-z',
  print: ' -~', punct: '!-\\/:-@\\[-`\\{-~', space: '\\t\\n\\v\\f\\r ', upper: 'A-Z', word: '0-9A-Za-z_', xdigit: '0-9A-Fa-f',
};
const control: Readonly<Record<string, string>> = { a: '\\x07', f: '\\f', n: '\\n', r: '\\r', t: '\\t', v: '\\v' };

/**
 * A pattern of RE2 as one of JavaScript that matches the same.
 *
 * @throws Error where the two differ, or where it is no pattern of RE2.
 */
export function patternOf(source: string, flags: '' | 'g' = ''): RegExp {
  const key = `${flags}/${source}`;
  const known = cache.get(key) ?? new RegExp(translated(source), `u${flags}${/^\(\?i?s?i?\)/.exec(source)?.[0].includes('i') ? 'i' : ''}`);
  cache.set(key, known);
  known.lastIndex = 0;
  return known;
}

function translated(source: string): string {
  const [leading = ''] = /^\(\?(?:i|s|is|si)\)/.exec(source) ?? [];
  const any = leading.includes('s') ? '[\\s\\S]' : '[^\\n]';
  let rest = source.slice(leading.length);
  let text = '';
  while (rest !== '') {
    const [whole, next] = step(rest, any, leading.includes('i'));
    text += next;
    rest = rest.slice(whole.length);
  }
  return text;
}

/** The first piece of a pattern, and what it is in JavaScript. */
function step(rest: string, any: string, anyCase: boolean): readonly [whole: string, next: string] {
  const group = /^\((?:\?(?::|P?<[A-Za-z_]\w*>)|(?!\?))/.exec(rest)?.[0];
  if (group !== undefined) return [group, group === '(?:' ? group : '('];
  const times = /^(?:\{(\d+)(?:,(\d*))?\}|[*+?])\??/.exec(rest);
  if (times) {
    if (Number(times[1] ?? 0) > 1000 || Number(times[2] ?? 0) > 1000) throw new Error('repeats more than 1000 times');
    if (/^[*+?{]/.test(rest.slice(times[0].length)) && /^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(rest.slice(times[0].length))) throw new Error('repeats what repeats already');
    return [times[0], times[0]];
  }
  if (rest.startsWith('[')) return bracket(rest);
  if (rest.startsWith('\\')) return escaped(rest, false, anyCase);
  const [character] = [...rest];
  if (character === '.') return ['.', any];
  if ('(?'.includes(character)) throw new Error(`has ${rest.slice(0, 4)}, which is not evaluated here`);
  return [character, '^$|)'.includes(character) ? character : literal(character)];
}

function bracket(rest: string): readonly [string, string] {
  let text = rest.startsWith('[^') ? '[^' : '[';
  let at = text.length;
  for (let first = true; first || rest[at] !== ']'; first = false) {
    const here = rest.slice(at);
    if (here === '') throw new Error('has a [ without its ]');
    const named = /^\[:(\w+):\]/.exec(here);
    const [whole, next] = named ? [named[0], posix[named[1]]] : here.startsWith('\\') ? escaped(here, true, false) : [[...here][0], inClass([...here][0])];
    if (next === undefined) throw new Error(`has ${whole}, which is no class of characters`);
    text += next;
    at += whole.length;
    if (here[whole.length] === '-' && here[whole.length + 1] !== ']') {
      if (named ?? /^\\[dwsDWS]/.test(whole)) throw new Error(`has ${whole} as the end of a range`);
      text += '-';
      at += 1;
    }
  }
  return [rest.slice(0, at + 1), `${text}]`];
}

function escaped(rest: string, inside: boolean, anyCase: boolean): readonly [string, string] {
  const hex = /^\\x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(rest);
  if (hex) return [hex[0], `\\u{${hex[1] ?? hex[2]}}`];
  const letter = rest[1] ?? '';
  const whole = rest.slice(0, 2);
  const set = classes[letter.toLowerCase()];
  if (set !== undefined && letter === letter.toLowerCase()) return [whole, inside ? set : `[${set}]`];
  if (set !== undefined && !inside) return [whole, `[^${set}]`];
  if (Object.hasOwn(control, letter)) return [whole, control[letter]];
  if ((letter === 'b' || letter === 'B') && !inside && !anyCase) return [whole, whole];
  if (letter === 'A' && !inside) return [whole, '^'];
  if (letter === 'z' && !inside) return [whole, '$'];
  if (/^[!-/:-@[-`{-~]$/.test(letter)) return [whole, inside ? inClass(letter) : literal(letter)];
  throw new Error(`has ${whole}, which is not evaluated here`);
}

const literal = (character: string) => (/[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character);
const inClass = (character: string) => (/[\\\]^[-]/.test(character) ? `\\${character}` : character);
