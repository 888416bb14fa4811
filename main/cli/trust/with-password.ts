import { problemOfCall } from '../../../shared/contract/call-problem.ts';
import type { Problem } from '../../../shared/errors/index.ts';
import type { CommandContext } from '../command.ts';
import { printProblem } from '../print-problem.ts';
import { askPassword } from '../terminal/ask-password.ts';
import { paint } from '../text/paint.ts';

/** Passwords of the files that a plan reads, by the files' paths. */
export type Passwords = ReadonlyMap<string, string>;

const TRIES = 3;

/**
 * Does some work on files, and asks for the password of each one that turns out to have one. Where nobody can
 * be asked, and after three wrong ones, it fails as the work did.
 */
export async function withPasswords<T>(
  context: Pick<CommandContext, 'input' | 'json' | 't' | 'err'>,
  known: Passwords,
  work: (passwords: Passwords) => Promise<T>,
): Promise<T> {
  const passwords = new Map(known);
  for (let wrong = 0; ; ) {
    try {
      return await work(passwords);
    } catch (error) {
      const problem = problemOfCall(error);
      const wish = lackedBy(problem);
      if (wish?.isWrong) wrong += 1;
      if (!wish || wrong >= TRIES) throw error;
      const password = await askPassword(context, questionOf(context, problem, wish));
      if (password === undefined) throw error;
      passwords.set(wish.path, password);
    }
  }
}

/** The file whose password is missing or wrong, if that is what the problem is about. */
function lackedBy(
  problem: Problem,
): { readonly path: string; readonly isWrong: boolean } | undefined {
  switch (problem.code) {
    case 'CA_FILE_PASSWORD':
      return { path: problem.data.path, isWrong: problem.data.reason === 'wrong' };
    case 'CLIENT_CERT_INVALID': {
      const { path, reason } = problem.data;
      if (reason === 'passwordNeeded') return { path, isWrong: false };
      return reason === 'passwordWrong' ? { path, isWrong: true } : undefined;
    }
    default:
      return undefined;
  }
}

function questionOf(
  { err, t, json }: Pick<CommandContext, 'err' | 't' | 'json'>,
  problem: Problem,
  { path, isWrong }: { readonly path: string; readonly isWrong: boolean },
): string {
  if (isWrong && !json) printProblem(err, t, problem, paint('warn', '!'));
  return t('cli.trust.askPassword', { path });
}
