import { z } from 'zod';
import { errorCodes, type ErrorCode } from '../errors';

const codes = Object.keys(errorCodes) as ErrorCode[];

/** What every command prints with `--json` when it fails. */
export const errorSchema = z.strictObject({
  error: z.strictObject({
    /** Which error; `INTERNAL` is a mistake of marty itself. */
    code: z.enum([...codes, 'INTERNAL']),
    message: z.string(),
    /** Everything that is wrong, each with its place. */
    problems: z.array(z.strictObject({ path: z.string(), message: z.string() })),
  }),
});
