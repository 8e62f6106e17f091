import { z } from 'zod';

const differenceSchema = z.strictObject({
  /** Where: `spec.template.spec.containers[orders].image`; entries of lists by what tells them apart. */
  path: z.string(),
  /** `moved`: a list has the same entries in another order, and the order means something. */
  change: z.enum(['added', 'removed', 'changed', 'moved']),
  /** What it was, as it was written; missing where it was not there, or when it is hidden. */
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  /** Whether the values are kept back, since they are or may be secret. */
  hidden: z.boolean(),
});

/** What `marty diff --json` and `marty env drift --json` print. */
export const diffResultSchema = z.strictObject({
  /** What is compared with what. */
  before: z.string(),
  after: z.string(),
  /** Every object that differs. */
  objects: z.array(z.strictObject({
    /** The folder below which both stand, where the same objects stand in several. */
    place: z.string().optional(),
    apiVersion: z.string(),
    kind: z.string(),
    namespace: z.string().optional(),
    name: z.string(),
    change: z.enum(['added', 'removed', 'changed']),
    /** Where the object is written, after the change where it is there then. */
    file: z.string().optional(),
    line: z.int().min(1).optional(),
    /** Empty for an object that came or went. */
    differences: z.array(differenceSchema),
  })),
  /** What a cluster that has the one could not follow to the other, or would lose data by. */
  refused: z.array(z.strictObject({ object: z.string(), path: z.string(), message: z.string(), remedy: z.string() })),
  total: z.strictObject({ added: z.int().min(0), removed: z.int().min(0), changed: z.int().min(0), unchanged: z.int().min(0) }),
  /** What one should know of what was read. */
  notes: z.array(z.string()),
});

export type DiffResult = z.output<typeof diffResultSchema>;
export type ChangedObject = DiffResult['objects'][number];
export type Refusal = DiffResult['refused'][number];

/** Whether there is nothing to tell. */
export const isEqual = ({ objects, refused }: DiffResult) => objects.length === 0 && refused.length === 0;

/** How many of what there are, in words. */
export function summaryOf({ before, after, total }: DiffResult): string {
  const { added, removed, changed, unchanged } = total;
  return `${before} → ${after}: ${added} added, ${removed} removed, ${changed} changed, ${unchanged} unchanged`;
}
