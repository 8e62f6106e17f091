import { z } from 'zod';

/** What `marty kafka plan --json` prints. */
export const kafkaPlanSchema = z.strictObject({
  environment: z.string(),
  /** In this order; a step begins when the one before it is done. */
  steps: z.array(z.strictObject({
    title: z.string(),
    /** Why it is needed, and what to look at. */
    why: z.string(),
    /** What to run, in this order, each when the one before it has succeeded; none where something is to be awaited. */
    commands: z.array(z.string()),
  })),
});

export type KafkaPlanResult = z.output<typeof kafkaPlanSchema>;
