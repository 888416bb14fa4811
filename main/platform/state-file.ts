import { RegentError } from '../../shared/errors/regent-error.ts';
import { type ReadIfThere, readIfThere } from './read-if-there.ts';
import type { WriteOptions } from './write-atomically.ts';

/** One of Regent's own JSON files, shared by all its processes. */
export interface StateFile<T> {
  /** The state on disk, or the empty one when there is no file yet. */
  read(): Promise<T>;
  /** Changes the state under a lock, so that two processes lose nothing; answers the new state. */
  update(change: (state: T) => T): Promise<T>;
  /**
   * The same after some other work, in little more time than that takes: where nobody holds the lock, all is made ready
   * during the work, and only put in its place after it. Work that takes long keeps the lock from nobody. A power cut
   * in the next seconds may bring the old state back, as it may what most keychains write.
   * @param change pure, as it may be called twice
   * @throws what the work throws, and nothing has changed then
   */
  updateAfter(work: Promise<unknown>, change: (state: T) => T): Promise<T>;
}

/** Reads a state out of parsed JSON, or throws; every zod schema is one. */
export interface StateReader<T> {
  parse(json: unknown): T;
}

/**
 * Opens a state file (mode 0600 in folders of mode 0700).
 * @throws RegentError `STATE_INVALID` from its methods when the file is not what it should be; it is never written over then
 */
export function openStateFile<T>(
  path: string,
  schema: StateReader<T>,
  empty: T,
  readFile: ReadIfThere = readIfThere,
): StateFile<T> {
  const read = async (): Promise<T> => {
    const bytes = await readFile(path);
    return bytes === undefined ? empty : parseState(path, schema, Buffer.from(bytes).toString());
  };
  const write = async (
    change: (state: T) => T,
    options?: Pick<WriteOptions, 'check' | 'survives'>,
  ): Promise<T> => {
    const { writeAtomically } = await import('./write-atomically.ts');
    const next = change(await read());
    await writeAtomically(path, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600, ...options });
    return next;
  };
  const update = async (change: (state: T) => T): Promise<T> => {
    // Loaded when first needed: the credential helper mostly reads, and every millisecond of its start counts.
    const { withLock } = await import('./with-lock.ts');
    return withLock(path, () => write(change));
  };
  const updateAfter = async (work: Promise<unknown>, change: (state: T) => T): Promise<T> => {
    const { withBriefLock } = await import('./with-brief-lock.ts');
    const early = withBriefLock(path, (isSure) =>
      write(change, { check: () => isDoneSoon(work, isSure), survives: 'kill' }),
    );
    // Whatever went wrong is tried again below, or was the work's own failure.
    const next = await early.catch(() => undefined);
    await work;
    return next ?? update(change);
  };
  return { read, update, updateAfter };
}

/** In milliseconds: several times what a keychain takes, and nothing to who waits for the lock. */
const SOON = 50;

/** @throws what the work throws; an error where it is not done by then, or the lock may be another's */
async function isDoneSoon(work: Promise<unknown>, isSure: () => boolean): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('not yet')), SOON);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
  if (!isSure()) throw new Error('too late');
}

function parseState<T>(path: string, schema: StateReader<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new RegentError('STATE_INVALID', { path }, error);
  }
}
