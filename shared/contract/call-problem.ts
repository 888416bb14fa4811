import * as z from 'zod';
import { type Problem, problem, problemOf, problemSchema } from '../errors/index.ts';

const callError = z.object({ code: z.string(), data: z.unknown() });
const issues = z.object({ issues: z.array(z.object({ path: z.array(z.unknown()).optional() })) });

/**
 * The problem in whatever a call of the contract threw, for both doors: a problem of the closed list, a
 * refused input (`INPUT_INVALID` with the field's name), or `INTERNAL`.
 */
export function problemOfCall(thrown: unknown): Problem {
  const error = callError.safeParse(thrown);
  if (!error.success) return problemOf(thrown);
  const known = problemSchema.safeParse(error.data.data);
  if (error.data.code === 'REGENT' && known.success) return known.data;
  if (error.data.code !== 'BAD_REQUEST') return problemOf(thrown);
  const refused = issues.safeParse(error.data.data);
  const path = refused.success ? refused.data.issues[0]?.path : undefined;
  return problem('INPUT_INVALID', { field: path?.join('.') ?? '' });
}
