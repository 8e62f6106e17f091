import type { Arguments } from './stack';

/** Whether a value is an object with keys, as blocks and documents are. */
export const isRecord = (value: unknown): value is Arguments => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as a message shows it, cut where it is long; `unset` where there is none. */
export function told(value: unknown): string {
  if (value === undefined) return 'unset';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
