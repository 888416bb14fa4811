import * as z from 'zod';
import type { ErrorCode, ErrorDataByCode } from './codes.ts';
import { errorCodes } from './table.ts';

/** An error as data: its code and the values its words need. It crosses every door in this form. */
export type Problem = {
  readonly [C in ErrorCode]: { readonly code: C; readonly data: ErrorDataByCode[C] };
}[ErrorCode];

const valueSchema = z.union([z.string(), z.number(), z.array(z.string()).readonly()]);

/** Wire shape of {@link Problem}. Values are strings, numbers or lists of strings, never secrets. */
export const problemSchema = z
  .object({
    code: z.enum(errorCodes as readonly [ErrorCode, ...ErrorCode[]]),
    data: z.record(z.string(), valueSchema),
  })
  .readonly() as unknown as z.ZodType<Problem, Problem>;

/** Makes a problem, with the data checked against its code. */
export function problem<C extends ErrorCode>(code: C, data: ErrorDataByCode[C]): Problem {
  return { code, data } as unknown as Problem;
}
