import { join } from 'node:path';
import * as z from 'zod';
import { openStateFile, type StateFile } from '../../platform/state-file.ts';
import { type TextChange, textChangeSchema } from './text-change.ts';

const entrySchema = z
  .object({
    /** The config.json or auth.json, as its owner's own rules name it. */
    path: z.string(),
    changes: z.array(textChangeSchema).readonly().transform(withoutSpans),
    /** Whether `credHelpers` was not there before Regent. */
    madeHelpers: z.boolean(),
    /** Whether the whole file was not there before Regent. */
    madeFile: z.boolean(),
    /** The first folder that had to be made for it. */
    madeFolder: z.string().nullable(),
    /** Which helper `credsStore` named before Regent took its place; null for none. */
    defaultBefore: z.string().nullable().default(null),
    /** Routes that Regent took over from a helper that was gone. */
    takenOver: z
      .array(z.object({ key: z.string(), from: z.string() }).readonly())
      .readonly()
      .default([]),
  })
  .readonly();

const journalSchema = z
  .object({ version: z.literal(1), configs: z.array(entrySchema).readonly() })
  .readonly();

/** What Regent did to one file. */
export type ConfigEntry = z.infer<typeof entrySchema>;
type Journal = z.infer<typeof journalSchema>;

/** What Regent did to the settings of docker and podman, kept so that all of it can be undone. */
export interface ConfigJournal {
  entries(): Promise<readonly ConfigEntry[]>;
  entryOf(path: string): Promise<ConfigEntry | undefined>;
  keep(entry: ConfigEntry): Promise<void>;
  drop(path: string): Promise<void>;
}

/** Opens `docker-config.json` in Regent's data folder. All methods throw as the state file does. */
export function openConfigJournal(dataFolder: string): ConfigJournal {
  const file: StateFile<Journal> = openStateFile(
    join(dataFolder, 'docker-config.json'),
    journalSchema,
    { version: 1, configs: [] },
  );
  const without = (journal: Journal, path: string) =>
    journal.configs.filter((entry) => entry.path !== path);
  return {
    entries: async () => (await file.read()).configs,
    entryOf: async (path) => (await file.read()).configs.find((entry) => entry.path === path),
    keep: async (entry) => {
      await file.update((journal) => ({
        ...journal,
        configs: [...without(journal, entry.path), entry],
      }));
    },
    drop: async (path) => {
      await file.update((journal) => ({ ...journal, configs: without(journal, path) }));
    },
  };
}

/**
 * Without the changes up to the last that took out more than one property: earlier versions noted what stood in between
 * too, logins among it. Nothing that is taken out now has a brace; the next write forgets them for good.
 */
function withoutSpans(changes: readonly TextChange[]): readonly TextChange[] {
  return changes.slice(changes.findLastIndex(({ removed }) => /[{}]/.test(removed)) + 1);
}

/** The changes that still count for a text: without those noted but never made; none once somebody else changed the file. */
export function changesLeadingTo(
  hash: string | null,
  changes: readonly TextChange[],
): readonly TextChange[] {
  const last = changes.findLastIndex((change) => change.after === hash);
  return changes.slice(0, last + 1);
}
