import type { Task } from '../../../shared/model/task.ts';
import type { CommandContext } from '../command.ts';
import { problemDocument } from '../print-problem.ts';
import { followTask } from './follow-task.ts';
import { progressPrinter } from './progress.ts';

/**
 * Follows a transfer to its end and shows it: bars or lines for people, a document a line with `--json`.
 * @param onTask is told each snapshot, too
 * @returns the last snapshot, which is `done`
 * @throws RegentError as of `followTask`
 */
export async function showTask(
  context: CommandContext,
  id: string,
  onTask: (task: Task) => void = () => undefined,
): Promise<Task> {
  const { json, out, t } = context;
  const print = progressPrinter(out, t);
  return followTask(context, id, (task) => {
    onTask(task);
    const error = task.error && problemDocument(t, task.error);
    if (json) out.json({ ...task, error });
    else print(task);
  });
}
