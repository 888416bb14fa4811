/** Says that somebody did not answer in time. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
  /** As the system's own errors are told apart. */
  readonly code = 'ETIMEDOUT';
}

/**
 * Waits for the work no longer than `ms` milliseconds; the work itself can't be stopped.
 * @throws DeadlinePassed, or what the work throws
 */
export async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlinePassed('ETIMEDOUT')), ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
