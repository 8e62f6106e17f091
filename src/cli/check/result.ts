import { z } from 'zod';

const severities = ['error', 'warning', 'info'] as const;
const count = z.int().min(0);

const place = {
  /** The id of the rule, as in docs/rules.md. */
  rule: z.string(),
  object: z.strictObject({ apiVersion: z.string(), kind: z.string(), namespace: z.string(), name: z.string() }),
  /** The file that the object stands in; `stdin` where it was read from there. */
  file: z.string(),
  /** The line of the fault, or of the nearest field around it. */
  line: z.int().min(1),
  /** The path of the construct that defined the object, for output of ours. */
  construct: z.string().optional(),
};

const findingSchema = z.strictObject({
  ...place,
  severity: z.enum(severities),
  /** Where in the object. */
  path: z.string().optional(),
  message: z.string(),
  remedy: z.string(),
  /** The checks of other linters that report the same. */
  upstream: z.array(z.string()),
});

/** What `marty check --json` prints. */
export const checkResultSchema = z.strictObject({
  /** One entry per set of objects that was judged as one cluster. */
  sets: z.array(z.strictObject({ name: z.string(), kubernetes: z.string(), objects: count })),
  /** What is wrong, the worst first. */
  findings: z.array(findingSchema),
  /** What would be wrong without a waiver, with its reason. */
  waived: z.array(findingSchema.extend({ reason: z.string() })),
  /** Checks that could not be made: nothing is known of what they are about. */
  notRun: z.array(z.strictObject({ ...place, reason: z.string() })),
  /** Files and documents that are no objects of a cluster. */
  skipped: z.array(z.strictObject({ place: z.string(), reason: z.string() })),
  total: z.strictObject({ objects: count, error: count, warning: count, info: count, waived: count, notRun: count }),
});

export type CheckResult = z.output<typeof checkResultSchema>;
export type CheckFinding = CheckResult['findings'][number];
export type CheckNotRun = CheckResult['notRun'][number];
