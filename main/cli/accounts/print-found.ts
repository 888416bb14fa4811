import type { Translator } from '../../../shared/i18n/index.ts';
import type { FoundLogin } from '../../../shared/model/found-login.ts';
import type { CommandContext } from '../command.ts';
import { printProblem, problemDocument } from '../print-problem.ts';
import { paint } from '../text/paint.ts';
import { foundLines } from './found-lines.ts';

/** Prints one login that another program keeps, and below it why it can't be taken over, where that is so. */
export function printFound({ out, t }: Pick<CommandContext, 'out' | 't'>, login: FoundLogin): void {
  for (const line of foundLines(t, login)) out.line(line);
  if (login.problem) printProblem(out, t, login.problem, paint('warn', '!'), '    ');
}

/** The same as scripts get it. */
export function foundDocument(t: Translator, { problem, ...login }: FoundLogin) {
  return { ...login, problem: problem && problemDocument(t, problem) };
}
