import { problemOfCall } from '../../../shared/contract/call-problem.ts';
import { type Problem, RegentError } from '../../../shared/errors/index.ts';
import type { DeletionEntry, DeletionResult } from '../../../shared/model/deletion.ts';
import type { CommandContext } from '../command.ts';
import { follow } from '../follow.ts';
import { printProblem } from '../print-problem.ts';
import { paint } from '../text/paint.ts';
import { namesOf, type PlannedTarget } from './print-plan.ts';

/** How the deletion of one manifest ended. */
export interface Ended extends DeletionResult {
  readonly problem: Problem | null;
}

/**
 * Deletes what a plan names and tells of each manifest. After a problem that concerns all of them the rest is left alone,
 * with that same problem.
 * @returns for each entry of the plan how it ended
 * @throws RegentError `CANCELLED`
 */
export async function carryOut(
  context: CommandContext,
  { address, plan, repository }: PlannedTarget,
): Promise<ReadonlyMap<string, Ended>> {
  const { client, signal } = context;
  const ended = new Map<string, Ended>();
  const orders = plan.entries.map(({ digest, parts, tags }) => ({ digest, parts, tags }));
  let stopped: Problem | undefined;
  try {
    const input = { address, repository, orders };
    await follow(await client.repositories.delete(input, { signal }), signal, (end) => {
      ended.set(end.digest, end);
      tell(context, end);
      return undefined;
    });
  } catch (error) {
    stopped = problemOfCall(error);
    // What ends it after a manifest is gone was told of that one already.
    const last = [...ended.values()].at(-1)?.problem;
    const isTold = last?.code === stopped.code;
    if (!context.json && !isTold) printProblem(context.err, context.t, stopped);
  }
  if (signal.aborted) throw new RegentError('CANCELLED', { subject: `${address}/${repository}` });
  for (const entry of plan.entries) {
    if (!ended.has(entry.digest)) ended.set(entry.digest, leftAlone(entry, stopped));
  }
  return ended;
}

function tell({ err, json, out, t }: CommandContext, end: Ended): void {
  if (json) return;
  if (end.deleted)
    out.line(`${paint('good', '✓')} ${t('cli.delete.done', { name: namesOf(end) })}`);
  if (end.problem) printProblem(err, t, end.problem);
}

function leftAlone({ digest, tags }: DeletionEntry, problem: Problem | undefined): Ended {
  return { digest, tags, deleted: false, problem: problem ?? null };
}
