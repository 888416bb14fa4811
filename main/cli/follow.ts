/**
 * Goes through a stream of the contract until it ends, `visit` says `true`, or the signal fires; then lets
 * the stream go, so that the work behind it stops.
 */
export async function follow<T>(
  stream: AsyncIterable<T>,
  signal: AbortSignal,
  visit: (event: T) => boolean | undefined,
): Promise<void> {
  const iterator = stream[Symbol.asyncIterator]();
  const aborted = new Promise<'aborted'>((resolve) => {
    if (signal.aborted) resolve('aborted');
    else signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
  while (true) {
    const next = await Promise.race([iterator.next(), aborted]);
    if (next === 'aborted') break;
    if (next.done === true) return;
    if (visit(next.value) === true) break;
  }
  // Not waited for: a generator that is busy answers only when it gets to its next step.
  iterator.return?.()?.then(undefined, () => undefined);
}
