import type { ErrorCode, ErrorDataByCode } from './codes.ts';

/**
 * An error as data: its code and the values its words need. It crosses every door in this form. Its wire
 * shape stands in a file of its own, so that small programs can throw errors without loading zod.
 */
export type Problem = {
  readonly [C in ErrorCode]: { readonly code: C; readonly data: ErrorDataByCode[C] };
}[ErrorCode];

/** Makes a problem, with the data checked against its code. */
export function problem<C extends ErrorCode>(code: C, data: ErrorDataByCode[C]): Problem {
  return { code, data } as unknown as Problem;
}
