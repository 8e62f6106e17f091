import { z } from 'zod';
import { tableOf } from '../table';
import type { Explanation } from '../../spec/explain';

/** What `marty explain --json` prints. */
export const explainResultSchema = z.strictObject({
  environment: z.string(),
  path: z.string(),
  /** The value that counts. */
  value: z.unknown(),
  /** Everybody who says something about it; the last one wins. */
  layers: z.array(z.strictObject({ name: z.string(), value: z.unknown(), wins: z.boolean() })),
});

export type ExplainResult = z.output<typeof explainResultSchema>;

export function explainResult(environment: string, path: string, { value, layers }: Explanation): ExplainResult {
  return { environment, path, value, layers: layers.map(layer => ({ name: layer.name, value: layer.value, wins: layer.wins })) };
}

/** The value, and below it who says what; a star marks who wins. */
export function explainText({ environment, path, value, layers }: ExplainResult): string {
  const rows = layers.map(layer => [layer.wins ? '*' : '', layer.name, JSON.stringify(layer.value)]);
  return `${path} in ${environment} is ${JSON.stringify(value)}\n\n${tableOf([{ title: '' }, { title: '' }, { title: '' }], rows)}`;
}
