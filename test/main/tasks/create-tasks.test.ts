import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TaskReport } from '../../../main/tasks/advance-task.ts';
import { createTasks, type TaskContext, type Tasks } from '../../../main/tasks/create-tasks.ts';
import { RegentError } from '../../../shared/errors/index.ts';
import { type Task, taskSchema } from '../../../shared/model/task.ts';

let tasks: Tasks;
let logged: unknown[];

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 2, 3, 4, 5) });
  logged = [];
  tasks = createTasks({
    clock: { now: () => Date.now() },
    logError: (error) => logged.push(error),
  });
});
afterEach(async () => {
  await tasks.dispose();
  vi.useRealTimers();
});

const result = { digest: `sha256:${'d'.repeat(64)}`, upToDate: false };

/** Work that a test carries on by hand. */
function startWork(subject = 'reg.test/app:1') {
  const { promise, resolve, reject } = withResolvers<typeof result>();
  let context: TaskContext | undefined;
  const id = tasks.start('pull', subject, (given) => {
    context = given;
    given.signal.addEventListener('abort', () => reject(new Error('dropped')));
    return promise;
  });
  const report = (progress: TaskReport) => context?.report(progress);
  return { id, report, resolve, reject };
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Gathers all snapshots from now on. */
function watch() {
  const controller = new AbortController();
  const snapshots: (readonly Task[])[] = [];
  const ended = (async () => {
    for await (const snapshot of tasks.watch(controller.signal)) snapshots.push(snapshot);
  })();
  return { snapshots, ended, stop: () => controller.abort() };
}

async function now(): Promise<readonly Task[]> {
  const { value } = await tasks.watch(new AbortController().signal).next();
  return value ?? [];
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a task', () => {
  it('has an id at once and is running', async () => {
    const { id } = startWork();
    expect(await now()).toEqual([
      {
        ...{ id, kind: 'pull', subject: 'reg.test/app:1', state: 'running' },
        ...{ done: 0, total: null, fraction: null, rate: 0, layers: [] },
        ...{ digest: null, upToDate: false, error: null },
        ...{ startedAt: '2026-01-02T03:04:05.000Z', endedAt: null },
      },
    ]);
  });

  it('ends with its result', async () => {
    const { report, resolve } = startWork();
    report({ done: 70, total: 100, fraction: 0.7 });
    vi.advanceTimersByTime(2000);
    resolve(result);
    await settle();
    const [task] = await now();
    expect(taskSchema.parse(task)).toMatchObject({
      ...{ state: 'done', fraction: 1, rate: 0, ...result },
      ...{ endedAt: '2026-01-02T03:04:07.000Z', error: null },
    });
  });

  it('fails with the problem of what was thrown; what is not meant for people is only logged', async () => {
    startWork('one').reject(new RegentError('ENGINE_ERROR', { message: 'no space' }));
    const bug = new TypeError('x is undefined');
    startWork('two').reject(bug);
    await settle();
    expect((await now()).map(({ state, error }) => ({ state, error }))).toEqual([
      { state: 'failed', error: { code: 'INTERNAL', data: {} } },
      { state: 'failed', error: { code: 'ENGINE_ERROR', data: { message: 'no space' } } },
    ]);
    expect(logged).toEqual([bug]);
  });

  it('fails also when its work throws before it begins', async () => {
    tasks.start('pull', 'x', () => {
      throw new RegentError('REFERENCE_INVALID', { input: 'x' });
    });
    await settle();
    expect((await now())[0]).toMatchObject({ error: { code: 'REFERENCE_INVALID' } });
  });

  it('is cancelled once, and says so in its error', async () => {
    const { id } = startWork();
    expect(tasks.cancel(id)).toBe(true);
    await settle();
    expect((await now())[0]).toMatchObject({
      state: 'cancelled',
      error: { code: 'CANCELLED', data: { subject: 'reg.test/app:1' } },
    });
    expect(tasks.cancel(id)).toBe(false);
    expect(logged).toEqual([]);
  });

  it('that finished although it was cancelled is done', async () => {
    const { id, resolve } = startWork();
    resolve(result);
    tasks.cancel(id);
    await settle();
    expect((await now())[0]?.state).toBe('done');
  });

  it('cannot be cancelled when there is none', () => {
    expect(() => tasks.cancel('gone')).toThrow('TASK_NOT_FOUND');
  });

  it('takes no reports after its end', async () => {
    const { report, resolve } = startWork();
    resolve(result);
    await settle();
    report({ done: 5 });
    expect((await now())[0]?.done).toBe(0);
  });

  it('never runs backwards, whatever its work reports', async () => {
    const number = fc.oneof(fc.double(), fc.integer(), fc.constant(null));
    const reports = fc.array(fc.record({ done: fc.double(), total: number, fraction: number }));
    await fc.assert(
      fc.asyncProperty(reports, async (list) => {
        const { id, report, resolve } = startWork();
        let before = { done: 0, fraction: 0 };
        for (const progress of list) {
          report(progress);
          const task = (await now()).find((one) => one.id === id);
          const { done = 0, fraction, total } = task ?? {};
          expect(done).toBeGreaterThanOrEqual(before.done);
          expect(total ?? done).toBeGreaterThanOrEqual(done);
          expect(fraction ?? before.fraction).toBeGreaterThanOrEqual(before.fraction);
          expect(fraction ?? 0).toBeLessThanOrEqual(1);
          before = { done, fraction: fraction ?? before.fraction };
        }
        resolve(result);
        await settle();
        tasks.clear();
      }),
      { numRuns: 50 },
    );
  });
});

describe('the rate', () => {
  it('is that of the last seconds', async () => {
    const { report } = startWork();
    for (let second = 1; second <= 20; second += 1) {
      vi.advanceTimersByTime(1000);
      report({ done: second <= 10 ? second * 1000 : 10_000 + (second - 10) * 50 });
    }
    expect((await now())[0]?.rate).toBe(50);
  });

  it('falls to nothing when nothing arrives', async () => {
    const { report } = startWork();
    vi.advanceTimersByTime(1000);
    report({ done: 4000 });
    expect((await now())[0]?.rate).toBe(4000);
    vi.advanceTimersByTime(60_000);
    expect((await now())[0]?.rate).toBe(0);
  });
});

describe('watching', () => {
  it('begins at once, newest first, also when there is nothing', async () => {
    expect(await now()).toEqual([]);
    startWork('old');
    startWork('new');
    expect((await now()).map(({ subject }) => subject)).toEqual(['new', 'old']);
  });

  it('gets at most 10 snapshots a second, and always the last state', async () => {
    const { report, resolve } = startWork();
    const { snapshots, stop, ended } = watch();
    for (let done = 1; done <= 1000; done += 1) {
      report({ done });
      await vi.advanceTimersByTimeAsync(1);
    }
    resolve(result);
    await vi.advanceTimersByTimeAsync(100);
    expect(snapshots.length).toBeGreaterThan(5);
    expect(snapshots.length).toBeLessThanOrEqual(12);
    expect(snapshots.at(-1)?.[0]).toMatchObject({ state: 'done', done: 1000 });
    stop();
    await ended;
  });

  it('gets nothing while nothing changes, and ends with its signal', async () => {
    startWork();
    const { snapshots, stop, ended } = watch();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(snapshots).toHaveLength(1);
    stop();
    await ended;
    expect(snapshots).toHaveLength(1);
  });

  it('is for as many as like', async () => {
    const { report } = startWork();
    const one = watch();
    const two = watch();
    await vi.advanceTimersByTimeAsync(100);
    report({ done: 1 });
    await settle();
    expect([one, two].map(({ snapshots }) => snapshots.at(-1)?.[0]?.done)).toEqual([1, 1]);
  });
});

describe('the list', () => {
  it('forgets what has ended, and only that', async () => {
    startWork('running');
    startWork('ended').resolve(result);
    await settle();
    expect(tasks.clear()).toBe(1);
    expect((await now()).map(({ subject }) => subject)).toEqual(['running']);
    expect(tasks.clear()).toBe(0);
  });

  it('keeps the last 200 that have ended', async () => {
    for (let n = 0; n < 205; n += 1) startWork(`${n}`).resolve(result);
    await settle();
    const subjects = (await now()).map(({ subject }) => subject);
    expect(subjects).toHaveLength(200);
    expect(subjects.at(-1)).toBe('5');
  });

  it('is disposed of by cancelling all work and ending all watching', async () => {
    let stopped = false;
    tasks.start('pull', 'slow', async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      stopped = true;
      throw signal.reason;
    });
    const { ended } = watch();
    await tasks.dispose();
    expect(stopped).toBe(true);
    await ended;
  });
});
