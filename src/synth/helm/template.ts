import { printed } from '../../manifests/factoring/source';

/** What a template says in place of a value. */
export interface Expression {
  /** The value in the chart's values. */
  readonly path: readonly string[];
  /** Whether it may be left out, with the field that it is of. */
  readonly optional: boolean;
}

const markWord = 'martyvalue';

/** Stands for the value of that number until the object is text. */
export const mark = (number: number) => `${markWord}${number}x`;

/** An object as a template. */
export function templateOf(object: unknown, expressions: readonly Expression[]): string {
  const text = escapedText(printed(object)) + endOf(object);
  // Helm takes blanks away where we ask it to: not where they may be of a text.
  const tidy = !/\|\d?\+$|[ \t]$/m.test(text);
  return text.replace(new RegExp(`^(.*?)${markWord}(\\d+)x$\\n`, 'gm'), (_, before: string, number: string) => {
    const { path, optional } = expressions[Number(number)];
    const line = `${before}{{ ${reference(path)} | toJson }}`;
    if (!optional) return `${line}\n`;
    const condition = `if hasKey ${argument(path.slice(0, -1))} ${JSON.stringify(path.at(-1))}`;
    return tidy ? `{{- ${condition} }}\n${line}\n{{- end }}\n` : `{{ ${condition} }}${line}\n{{ end }}`;
  });
}

/** A file that only some environments have, as a template. */
export function conditional(template: string, path: readonly string[]): string {
  return `{{ if ${reference(path)} }}${template}{{ end }}`;
}

/** A file that is the same wherever it is, as a template. */
export const staticTemplate = ({ text, object }: { readonly text: string; readonly object?: unknown }) => escapedText(text) + endOf(object);

/** A file that is a value as a whole. */
export const wholeTemplate = (path: readonly string[]) => `{{ ${reference(path)} }}`;

/** Whatever looks like a template in data is data. */
const escapedText = (text: string) => text.replaceAll('{{', '{{ "{{" }}');

function reference(path: readonly string[]): string {
  if (path.every(key => /^[A-Za-z_]\w*$/.test(key))) return ['.Values', ...path].join('.');
  return `index .Values ${path.map(key => JSON.stringify(key)).join(' ')}`;
}

function argument(path: readonly string[]): string {
  const text = reference(path);
  return text.includes(' ') ? `(${text})` : text;
}

/** Helm takes the last line breaks off a manifest, which must not be those of a text of several lines. */
const endOf = (object: unknown) => (object === undefined || endsInBlock(object) ? '# ends the text above\n' : '');

function endsInBlock(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\n');
  return typeof value === 'object' && value !== null && endsInBlock(Object.values(value).at(-1));
}
