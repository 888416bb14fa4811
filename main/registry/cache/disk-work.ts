import type { Clock } from '../../platform/clock.ts';

/** Work on disk that nobody waits for, and whose failure nobody is told: all of it can be done without. */
export interface DiskWork {
  /** Does something in the background, a few things at a time, once nothing was added for a moment. */
  add(run: () => Promise<void>): void;
  /** Begins at once. */
  begin(): void;
  /** What a read answers; undefined when it fails. */
  tryTo<T>(run: () => Promise<T>): Promise<T | undefined>;
  /** Whether the disk has failed a moment ago, so that nothing is added. */
  isPaused(): boolean;
  /** Resolves once nothing is left to do. */
  settled(): Promise<void>;
}

/** Few: Node has four threads for files, and what is read for a person goes first. */
const WIDTH = 2;
/** In milliseconds: whoever waits for answers of a registry goes first. */
const CALM = 100;
/** With this much to do, calm is not waited for. */
const MANY = 4_000;
/** After a failure, such as a full disk, in milliseconds. */
const PAUSE = 60_000;

/** Starts with nothing to do. */
export function createDiskWork(clock: Clock): DiskWork {
  const queue: (() => Promise<void>)[] = [];
  const workers = new Set<Promise<void>>();
  let failedAt: number | undefined;
  const isPaused = () => failedAt !== undefined && clock.now() - failedAt < PAUSE;
  const work = async (): Promise<void> => {
    for (let run = queue.shift(); run; run = queue.shift()) {
      await run().catch(() => {
        failedAt = clock.now();
      });
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    clearTimeout(timer);
    timer = undefined;
    while (workers.size < Math.min(WIDTH, queue.length)) {
      const worker = work().finally(() => workers.delete(worker));
      workers.add(worker);
    }
  };
  return {
    add: (run) => {
      queue.push(run);
      if (queue.length > MANY) begin();
      else if (timer) timer.refresh();
      else timer = setTimeout(begin, CALM).unref();
    },
    begin,
    tryTo: (run) => run().catch(() => undefined),
    isPaused,
    settled: async () => {
      for (begin(); workers.size > 0; begin()) await Promise.all(workers);
    },
  };
}
