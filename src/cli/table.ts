/** A column: what stands above it, and on which side its cells are flush. */
export interface Column { readonly title: string; readonly align?: 'left' | 'right' }

/** Rows as aligned lines, without spaces at the end of a line. */
export function tableOf(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const titled = columns.some(({ title }) => title) ? [columns.map(({ title }) => title), ...rows] : rows;
  const widths = columns.map((_, index) => Math.max(0, ...titled.map(row => row[index].length)));
  const lines = titled.map(row => columns
    .map(({ align }, index) => (align === 'right' ? row[index].padStart(widths[index]) : row[index].padEnd(widths[index])))
    .join('  ').trimEnd());
  return lines.map(line => `${line}\n`).join('');
}
