import { join } from 'node:path';
import * as z from 'zod';
import {
  type MarkedRepository,
  type Marks,
  markedRepositorySchema,
  recentRepositorySchema,
} from '../../shared/model/marks.ts';
import { type Clock, isoNow } from '../platform/clock.ts';
import type { Paths } from '../platform/paths.ts';
import { openStateFile } from '../platform/state-file.ts';

/** Favourites and what was opened last, kept in a file. Methods reject with RegentError `STATE_INVALID`, `FILE_FAILED`. */
export interface RepositoryMarks {
  read(): Promise<Marks>;
  /** Makes a repository a favourite, or none any more. */
  mark(repository: MarkedRepository, favourite: boolean): Promise<Marks>;
  /** Remembers that a repository was opened. */
  noteOpened(repository: MarkedRepository): Promise<void>;
  /** Forgets all of a registry. */
  forget(address: string): Promise<void>;
}

const MOST = { favourites: 1_000, recents: 50 } as const;
/** Opened again within this time, in milliseconds, the file stays as it is. */
const SAME_VISIT = 60_000;

const stateSchema = z.object({
  version: z.literal(1),
  favourites: z.array(markedRepositorySchema).readonly(),
  recents: z.array(recentRepositorySchema).readonly(),
});

/** Opens `marks.json` in Regent's data folder. */
export function openRepositoryMarks({
  paths,
  clock,
}: {
  readonly paths: Pick<Paths, 'data'>;
  readonly clock: Clock;
}): RepositoryMarks {
  const file = openStateFile(join(paths.data, 'marks.json'), stateSchema, {
    ...{ version: 1, favourites: [], recents: [] },
  });
  return {
    read: async () => marksOf(await file.read()),
    mark: async ({ address, repository }, favourite) => {
      const marked = { address, repository };
      const state = await file.update((old) => {
        const others = old.favourites.filter((one) => !isSame(one, marked));
        const favourites = favourite ? [...others, marked].slice(-MOST.favourites) : others;
        return { ...old, favourites };
      });
      return marksOf(state);
    },
    noteOpened: async ({ address, repository }) => {
      const opened = { address, repository, at: isoNow(clock) };
      const [newest] = (await file.read()).recents;
      const age = newest && isSame(newest, opened) ? clock.now() - Date.parse(newest.at) : Infinity;
      if (age < SAME_VISIT) return;
      await file.update((old) => ({
        ...old,
        recents: [opened, ...old.recents.filter((one) => !isSame(one, opened))].slice(
          0,
          MOST.recents,
        ),
      }));
    },
    forget: async (address) => {
      const isKept = (one: MarkedRepository) => one.address !== address;
      const { favourites, recents } = await file.read();
      if (favourites.every(isKept) && recents.every(isKept)) return;
      await file.update((old) => ({
        ...old,
        favourites: old.favourites.filter(isKept),
        recents: old.recents.filter(isKept),
      }));
    },
  };
}

function marksOf({ favourites, recents }: Marks): Marks {
  return { favourites, recents };
}

function isSame(a: MarkedRepository, b: MarkedRepository): boolean {
  return a.address === b.address && a.repository === b.repository;
}
