import * as z from 'zod';
import type { ErrorCode } from './codes.ts';
import type { Problem } from './problem.ts';
import { errorCodes } from './table.ts';

const valueSchema = z.union([z.string(), z.number(), z.array(z.string()).readonly()]);

/** Wire shape of {@link Problem}. Values are strings, numbers or lists of strings, never secrets. */
export const problemSchema = z
  .object({
    code: z.enum(errorCodes as readonly [ErrorCode, ...ErrorCode[]]),
    data: z.record(z.string(), valueSchema),
  })
  .readonly() as unknown as z.ZodType<Problem, Problem>;
