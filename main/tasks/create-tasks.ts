import { randomUUID } from 'node:crypto';
import { problemOf, RegentError } from '../../shared/errors/index.ts';
import type { Task } from '../../shared/model/task.ts';
import { type Clock, isoNow } from '../platform/clock.ts';
import {
  advanceTask,
  cancelTask,
  completeTask,
  failTask,
  newTask,
  type TaskReport,
  type TaskResult,
} from './advance-task.ts';
import { createChanges } from './changes.ts';
import { createTransferRate, type TransferRate } from './transfer-rate.ts';
import { watchChanges } from './watch-changes.ts';

/** What running work is given. */
export interface TaskContext {
  /** Fires when the task is cancelled; the work then rejects. */
  readonly signal: AbortSignal;
  /** Tells how far the work has come; may be called as often as one likes. */
  report(progress: TaskReport): void;
}

/** Long work. It rejects with a RegentError when it fails. */
type TaskRun = (context: TaskContext) => Promise<TaskResult>;

/** Long work of this process. It belongs to no window: one that is reloaded finds everything again. */
export interface Tasks {
  /** Starts work and answers with its id at once. */
  start(kind: Task['kind'], subject: string, run: TaskRun): string;
  /** All tasks, newest first: at once, then after changes, at most 10 times a second, until the signal fires. */
  watch(signal: AbortSignal): AsyncGenerator<readonly Task[], void, void>;
  /** Cancels a task; false when it had ended. @throws RegentError `TASK_NOT_FOUND` */
  cancel(id: string): boolean;
  /** Forgets the tasks that have ended and answers how many those were. */
  clear(): number;
  /** Cancels all work, waits until it has stopped, and ends all watching. */
  dispose(): Promise<void>;
}

/** What the tasks need from outside. */
export interface TasksSettings {
  readonly clock: Clock;
  /** Receives what a task threw without being meant for people. */
  readonly logError: (error: unknown) => void;
}

interface Entry {
  task: Task;
  readonly rate: TransferRate;
  readonly controller: AbortController;
  ended: Promise<void>;
}

/** More ended tasks are not kept. */
const HISTORY = 200;

/** Makes the one place where long work runs. */
export function createTasks({ clock, logError }: TasksSettings): Tasks {
  const entries = new Map<string, Entry>();
  const changes = createChanges();
  const closed = new AbortController();

  const snapshot = (): readonly Task[] =>
    [...entries.values()].map(({ task, rate }) => withRate(task, rate, clock.now())).reverse();
  const ended = () => [...entries.values()].filter(({ task }) => task.state !== 'running');
  const forget = (gone: readonly Entry[]) => {
    for (const { task } of gone) entries.delete(task.id);
    if (gone.length > 0) changes.tell();
  };
  const change = (entry: Entry, task: Task) => {
    if (entry.task.state !== 'running') return;
    entry.task = task;
    changes.tell();
  };
  const follow = async (entry: Entry, run: TaskRun): Promise<void> => {
    const { signal } = entry.controller;
    const report = (progress: TaskReport) => {
      change(entry, advanceTask(entry.task, progress));
      entry.rate.note(entry.task.done, clock.now());
    };
    try {
      const result = await run({ signal, report });
      change(entry, completeTask(entry.task, result, isoNow(clock)));
    } catch (error) {
      const cancelled = signal.aborted;
      if (!cancelled && !(error instanceof RegentError)) logError(error);
      const end = cancelled
        ? cancelTask(entry.task, isoNow(clock))
        : failTask(entry.task, problemOf(error), isoNow(clock));
      change(entry, end);
    }
    forget(ended().slice(0, -HISTORY));
  };

  return {
    start: (kind, subject, run) => {
      const id = randomUUID();
      const entry: Entry = {
        task: newTask(id, kind, subject, isoNow(clock)),
        rate: createTransferRate(clock.now()),
        controller: new AbortController(),
        ended: Promise.resolve(),
      };
      entries.set(id, entry);
      changes.tell();
      entry.ended = follow(entry, run);
      return id;
    },
    watch: (signal) => watchChanges(changes, snapshot, AbortSignal.any([signal, closed.signal])),
    cancel: (id) => {
      const entry = entries.get(id);
      if (!entry) throw new RegentError('TASK_NOT_FOUND', { id });
      if (entry.task.state !== 'running') return false;
      entry.controller.abort();
      return true;
    },
    clear: () => {
      const gone = ended();
      forget(gone);
      return gone.length;
    },
    dispose: async () => {
      const running = [...entries.values()];
      for (const { controller } of running) controller.abort();
      await Promise.all(running.map((entry) => entry.ended));
      closed.abort();
    },
  };
}

function withRate(task: Task, rate: TransferRate, now: number): Task {
  return task.state === 'running' ? { ...task, rate: rate.at(now) } : task;
}
