import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { placeName, repositoryKey, type Viewer, viewerKey } from './place-key.ts';
import { openPlaceNotes, type PlaceNotes } from './place-notes.ts';

/** The notes of all places, those in memory that were used last. */
export interface PlaceBook {
  notesOf(viewer: Viewer, repository: string): Promise<PlaceNotes>;
  /** Writes down what was noted. @throws NodeJS.ErrnoException */
  flush(): Promise<void>;
  /** Removes the notes of one place. */
  forget(viewer: Viewer, repository: string): Promise<void>;
  /** Forgets what is in memory: the files have changed. */
  close(): void;
}

const IN_MEMORY = 64;
/** How long notes may wait to be written down, in milliseconds. */
const SOON = 1_000;

/** Keeps the notes below `seen/` in a folder that is looked up when it is needed. */
export function createPlaceBook(folder: () => Promise<string>): PlaceBook {
  const open = new Map<string, Promise<PlaceNotes>>();
  let timer: NodeJS.Timeout | undefined;
  const pathOf = async (viewer: Viewer, repository: string) =>
    join(await folder(), 'seen', viewerKey(viewer), repositoryKey(repository));

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    for (const notes of [...open.values()]) await (await notes).flush();
  };
  /** Whoever notes something has asked for the notes first. */
  const flushSoon = () => {
    timer ??= setTimeout(() => void flush().catch(() => undefined), SOON).unref();
  };

  const read = async (viewer: Viewer, repository: string): Promise<PlaceNotes> =>
    openPlaceNotes(await pathOf(viewer, repository));

  return {
    notesOf: (viewer, repository) => {
      const key = placeName(viewer, repository);
      const known = open.get(key);
      const notes =
        known ??
        read(viewer, repository).catch((error: unknown) => {
          open.delete(key);
          throw error;
        });
      // Put last again: the first is the one that was not used for longest.
      open.delete(key);
      open.set(key, notes);
      const [oldest] = open;
      if (open.size > IN_MEMORY && oldest) {
        open.delete(oldest[0]);
        oldest[1].then((old) => old.flush()).catch(() => undefined);
      }
      flushSoon();
      return notes;
    },
    flush,
    forget: async (viewer, repository) => {
      open.delete(placeName(viewer, repository));
      await rm(await pathOf(viewer, repository), { force: true });
    },
    close: () => open.clear(),
  };
}
