import { errorFromProblem, RegentError } from '../../../shared/errors/index.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { Task } from '../../../shared/model/task.ts';
import type { CommandContext } from '../command.ts';
import { follow } from '../follow.ts';

/**
 * Follows a task to its end, telling each new snapshot; when the signal fires, the task is cancelled.
 * @returns the last snapshot, which is `done`
 * @throws RegentError the task's own problem, `CANCELLED`, `TASK_NOT_FOUND`
 */
export async function followTask(
  { client, signal }: Pick<CommandContext, 'client' | 'signal'>,
  id: string,
  tell: (task: Task) => void,
): Promise<Task> {
  const seen: Task[] = [];
  const stream = await client.tasks.watch(undefined, { signal });
  let told = '';
  await follow(stream, signal, (tasks) => {
    const task = tasks.find((one) => one.id === id);
    if (!task) return undefined;
    seen[0] = task;
    // The stream speaks of all tasks; this one may not have changed.
    const text = JSON.stringify(task);
    if (text !== told) tell(task);
    told = text;
    return task.state !== 'running';
  });
  if (signal.aborted) await client.tasks.cancel({ id });
  const [last] = seen;
  if (!last) throw new RegentError('TASK_NOT_FOUND', { id });
  return endOf(last);
}

function endOf(task: Task): Task {
  switch (task.state) {
    case 'done':
      return task;
    case 'failed':
      throw task.error ? errorFromProblem(task.error) : new RegentError('INTERNAL', {});
    case 'running':
    case 'cancelled':
      throw new RegentError('CANCELLED', { subject: task.subject });
    default:
      return assertNever(task.state);
  }
}
