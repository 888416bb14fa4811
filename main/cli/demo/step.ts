import { problemOfCall } from '../../../shared/contract/call-problem.ts';
import type { Problem } from '../../../shared/errors/index.ts';
import type { CommandContext } from '../command.ts';
import { printProblem } from '../print-problem.ts';
import { paint } from '../text/paint.ts';

/** The steps of the demo, in their order. */
export type StepId =
  | 'start'
  | 'probe'
  | 'trust'
  | 'sign-in'
  | 'proof'
  | 'repositories'
  | 'tags'
  | 'pull'
  | 'clean-up';

/** How a step ended. `attention`: the job goes on, but something is missing or can't be shown here. */
export interface StepResult {
  readonly id: StepId;
  readonly status: 'done' | 'attention' | 'skipped' | 'failed';
  readonly title: string;
  /** Lines for people. */
  readonly detail: readonly string[];
  readonly problem: Problem | null;
}

/** What the work of a step answers; without a status it is done. */
export interface StepOutcome {
  readonly status?: 'attention' | 'skipped';
  readonly detail: readonly string[];
  readonly problem?: Problem;
}

const MARKS = {
  done: paint('good', '✓'),
  attention: paint('warn', '!'),
  skipped: paint('dim', '–'),
  failed: paint('bad', '✗'),
} as const;

/** Does one step and tells how it went; what goes wrong becomes its problem. */
export async function takeStep(
  { out, t, json }: Pick<CommandContext, 'out' | 't' | 'json'>,
  id: StepId,
  work: () => Promise<StepOutcome>,
): Promise<StepResult> {
  const title = t(`demo.step.${id}`);
  if (!json) out.status([`${paint('dim', '…')} ${title}`]);
  const result = await resultOf(id, title, work);
  if (json) return result;
  out.line(`${MARKS[result.status]} ${result.status === 'failed' ? title : paint('bold', title)}`);
  for (const line of result.detail) out.line(`    ${line}`);
  if (result.problem) printProblem(out, t, result.problem, MARKS[result.status], '    ');
  return result;
}

async function resultOf(
  id: StepId,
  title: string,
  work: () => Promise<StepOutcome>,
): Promise<StepResult> {
  try {
    const { status = 'done', detail, problem = null } = await work();
    return { id, status, title, detail, problem };
  } catch (error) {
    return { id, status: 'failed', title, detail: [], problem: problemOfCall(error) };
  }
}
