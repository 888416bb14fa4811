import type { Problem } from '../../shared/errors/index.ts';
import { explain, type Translator } from '../../shared/i18n/index.ts';
import type { Output } from './terminal/output.ts';
import { paint } from './text/paint.ts';

/** A problem as scripts get it: the code to branch on, the words to show. */
export interface ProblemDocument {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/** Puts a problem into the form that `--json` prints. */
export function problemDocument(t: Translator, problem: Problem): ProblemDocument {
  const { what, why, fix } = explain(t, problem);
  return { code: problem.code, message: `${what} ${why}`.trim(), fix };
}

/** Prints what went wrong, why, and the next step. `mark` is what stands before it, `indent` how far in it all stands. */
export function printProblem(
  output: Output,
  t: Translator,
  problem: Problem,
  mark: string = paint('bad', '✗'),
  indent = '',
): void {
  const { what, why, fix } = explain(t, problem);
  output.line(`${indent}${mark} ${what}`);
  if (why) output.line(`${indent}  ${why}`);
  // A fix may hold a script of several lines, which has to stay one.
  if (fix) output.block(fix, `${indent}  `);
}
