/**
 * Reads a stream of the main process until it ends or the reader gives up. Giving up is no error, although
 * the transport reports it as one of its own.
 */
export async function followStream<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  signal: AbortSignal,
  receive: (item: T) => void,
): Promise<void> {
  try {
    for await (const item of await open(signal)) {
      if (signal.aborted) return;
      receive(item);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
