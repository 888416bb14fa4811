import { readConfigFile } from './config-file.ts';
import { openConfigJournal } from './config-journal.ts';
import type { ConfigText } from './config-text.ts';
import type { ConfigWish } from './config-wish.ts';
import { editAlone } from './edit-alone.ts';
import { editConfig } from './edit-config.ts';
import { parseConfig } from './parse-config.ts';
import { restoreConfig } from './restore-config.ts';

/**
 * docker's config.json and podman's auth.json, edited in place: unknown keys, order, layout, mode and links stay, and
 * everything can be taken back. Methods throw RegentError `DOCKER_CONFIG_INVALID` for a file that can't be read as
 * JSON, which is never written over, and `FILE_FAILED`, `STATE_INVALID`.
 */
export interface ConfigFiles {
  /** What a file says; one that is not there says nothing. */
  read(path: string): Promise<ConfigText>;
  edit(path: string, wishes: readonly ConfigWish[]): Promise<void>;
  /** Takes everything back, byte for byte where nobody else changed the file: in every file ever edited, and in `path`. */
  restore(path: string): Promise<void>;
}

/** How ConfigFiles work. */
export interface ConfigFilesOptions {
  /** Regent's data folder. */
  readonly data: string;
  /** How long a file is watched after an edit, in milliseconds. */
  readonly settleMs?: number;
}

/**
 * docker reads its file when it starts and writes it back when it ends, so what came in between is lost. A logout takes
 * about as long as this; longer ones are found by the next look at the state.
 */
const SETTLE_MS = 250;

/** Opens the files. */
export function openConfigFiles({ data, settleMs = SETTLE_MS }: ConfigFilesOptions): ConfigFiles {
  const journal = openConfigJournal(data);
  return {
    read: async (path) => parseConfig(path, (await readConfigFile(path)).text ?? ''),
    edit: (path, wishes) =>
      editAlone(data, path, () => editConfig({ path, journal, wishes, settleMs })),
    restore: async (path) => {
      const others = (await journal.entries()).map((entry) => entry.path);
      for (const each of new Set([path, ...others])) {
        await editAlone(data, each, async () => {
          await restoreConfig(each, await journal.entryOf(each));
          await journal.drop(each);
        });
      }
    },
  };
}
