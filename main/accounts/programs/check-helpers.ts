import { RegentError } from '../../../shared/errors/index.ts';
import type { HelperPrograms } from './helper-programs.ts';
import { NOT_ASKED } from './not-asked.ts';

/** How a helper is: what is gone breaks docker's commands; what fails may only have nobody signed in. */
export type HelperHealth =
  /** `keys`: what it says that it keeps; none where it can't tell. */
  | { readonly kind: 'works'; readonly keys: readonly string[] }
  | { readonly kind: 'gone' }
  /** `error` is worded for people. */
  | { readonly kind: 'fails'; readonly error: RegentError };

/** Asks helpers, all at once, whether they are there and answer `list`; the deadline is that of `programs`. */
export async function checkHelpers(
  names: Iterable<string>,
  programs: HelperPrograms,
): Promise<ReadonlyMap<string, HelperHealth>> {
  const asked = [...new Set(names)].map(
    async (name) => [name, await checkHelper(name, programs)] as const,
  );
  return new Map(await Promise.all(asked));
}

async function checkHelper(name: string, programs: HelperPrograms): Promise<HelperHealth> {
  if (!(await programs.isThere(name))) return { kind: 'gone' };
  // Helpers of clouds can't tell what they keep, and that is no fault of theirs.
  if (NOT_ASKED.has(name)) return { kind: 'works', keys: [] };
  try {
    const list = await programs.list(name, new AbortController().signal);
    return { kind: 'works', keys: [...list.keys()] };
  } catch (error) {
    if (!(error instanceof RegentError)) throw error;
    return error.code === 'OTHER_HELPER_ABSENT' ? { kind: 'gone' } : { kind: 'fails', error };
  }
}
