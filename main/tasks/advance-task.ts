import { type Problem, problem } from '../../shared/errors/index.ts';
import type { Task } from '../../shared/model/task.ts';

/** What running work tells about itself. */
export type TaskReport = Partial<Pick<Task, 'done' | 'total' | 'fraction' | 'layers'>>;

/** What work ended with. */
export type TaskResult = Pick<Task, 'digest' | 'upToDate'>;

/** A task at its beginning. `startedAt` is ISO 8601. */
export function newTask(id: string, kind: Task['kind'], subject: string, startedAt: string): Task {
  return {
    ...{ id, kind, subject, state: 'running', startedAt, endedAt: null, error: null },
    ...{ done: 0, total: null, fraction: null, rate: 0, layers: [] },
    ...{ digest: null, upToDate: false },
  };
}

/** The task after a report. Whatever the work says, `done` and `fraction` never run backwards. */
export function advanceTask(task: Task, report: TaskReport): Task {
  const done = highest(task.done, report.done);
  const total = report.total === undefined ? task.total : report.total;
  const fraction = isNumber(report.fraction)
    ? Math.min(highest(task.fraction ?? 0, report.fraction), 1)
    : task.fraction;
  return {
    ...task,
    done,
    total: isNumber(total) ? Math.max(total, done) : null,
    fraction,
    layers: report.layers ?? task.layers,
  };
}

/** The task once its work has succeeded. */
export function completeTask(task: Task, result: TaskResult, endedAt: string): Task {
  const { digest, upToDate } = result;
  return { ...task, state: 'done', fraction: 1, rate: 0, digest, upToDate, endedAt };
}

/** The task once its work was given up. */
export function cancelTask(task: Task, endedAt: string): Task {
  const error = problem('CANCELLED', { subject: task.subject });
  return { ...task, state: 'cancelled', rate: 0, error, endedAt };
}

/** The task once its work has failed. */
export function failTask(task: Task, error: Problem, endedAt: string): Task {
  return { ...task, state: 'failed', rate: 0, error, endedAt };
}

function highest(known: number, reported: number | null | undefined): number {
  return isNumber(reported) ? Math.max(known, reported) : known;
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
