/** How far reading has got, in bytes of the layers as they are stored. */
export interface ReadingProgress {
  readonly type: 'progress';
  readonly done: number;
  readonly total: number;
}

/** The smallest step that is told, in bytes, and into how many steps the whole is divided at most. */
const [SMALLEST_STEP, STEPS] = [256 * 1024, 200];

/**
 * Does some work and yields how far it is; what the work gives is what this returns.
 * @param total bytes, as far as they are known
 */
export async function* withProgress<T>(
  total: number,
  work: (onBytes: (bytes: number) => void) => Promise<T>,
): AsyncGenerator<ReadingProgress, T, void> {
  const step = Math.max(SMALLEST_STEP, total / STEPS);
  let [done, told, isOver] = [0, 0, false];
  let wake = (): void => undefined;
  const result = work((bytes) => {
    done += bytes;
    if (done - told >= step) wake();
  }).finally(() => {
    isOver = true;
    wake();
  });
  // It is waited for below; until then nobody may take its failure for one that nobody heeds.
  result.catch(() => undefined);
  yield { type: 'progress', done, total };
  while (!isOver) {
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (isOver || done - told >= step) resolve();
    });
    if (done === told) continue;
    told = done;
    yield { type: 'progress', done, total: Math.max(done, total) };
  }
  return await result;
}
