import { setTimeout as sleep } from 'node:timers/promises';
import { removeLeftovers } from '../../platform/leftovers.ts';
import { isRegent, routesToRegent } from './config-edit.ts';
import {
  type ConfigFile,
  FileChanged,
  missingFolder,
  readConfigFile,
  replaceConfigFile,
} from './config-file.ts';
import { type ConfigEntry, type ConfigJournal, changesLeadingTo } from './config-journal.ts';
import type { ConfigText } from './config-text.ts';
import { type ConfigWish, grantWish, isGranted } from './config-wish.ts';
import { parseConfig } from './parse-config.ts';
import { changeBetween, hashText, type TextChange } from './text-change.ts';

/** One edit of one file. */
interface Edit {
  readonly path: string;
  readonly journal: ConfigJournal;
  readonly wishes: readonly ConfigWish[];
  readonly settleMs: number;
}

/** Grants the wishes, and sees to it that they last. @throws FileChanged when somebody else got in between */
export async function editConfig({ path, journal, wishes, settleMs }: Edit): Promise<void> {
  const file = await readConfigFile(path);
  await removeLeftovers(file.target);
  const { text, changes } = planEdit(path, file.text, wishes);
  if (text === null || changes.length === 0) return;
  const entry = noteOf(path, file, wishes, changes, await journal.entryOf(path));
  // Noted first: a kill in between leaves a note of something that never happened, which is passed over.
  const madeFolder = entry.madeFolder ?? (await missingFolder(file.target));
  await journal.keep({ ...entry, madeFolder });
  await replaceConfigFile(file, text);
  // docker writes this file without any lock, so look whether it got in between, and once more a little later.
  for (const wait of [0, settleMs]) {
    await sleep(wait);
    const now = parseConfig(path, (await readConfigFile(path)).text ?? '');
    if (!wishes.every((wish) => isGranted(now, wish))) throw new FileChanged(path);
  }
}

/**
 * The file's text with all wishes granted, and how it comes to it: each step in one place is a change of its own, so
 * that no note spans what stands between two of them, which may be somebody's password.
 * @throws RegentError `DOCKER_CONFIG_INVALID`
 */
export function planEdit(path: string, before: string | null, wishes: readonly ConfigWish[]) {
  const changes: TextChange[] = [];
  let text = before;
  for (const wish of wishes) {
    for (;;) {
      const config = parseConfig(path, text ?? '');
      const next = isGranted(config, wish) ? text : grantWish(config, wish);
      if (next === null || next === text) break;
      changes.push(changeBetween(text, next));
      text = next;
    }
  }
  return { text, changes };
}

function noteOf(
  path: string,
  file: ConfigFile,
  wishes: readonly ConfigWish[],
  changes: readonly TextChange[],
  noted: ConfigEntry | undefined,
): ConfigEntry {
  const start = parseConfig(path, file.text ?? '');
  const hash = file.text === null ? null : hashText(file.text);
  const older = changesLeadingTo(hash, noted?.changes ?? []);
  // Where nothing of Regent's is left, an older note says nothing about this file any more.
  const known = older.length > 0 || isOurs(start) ? noted : undefined;
  // A kill may have come between making the folder and writing the file.
  const folderNote = file.text === null ? noted : known;
  const setsDefault = wishes.some(({ kind }) => kind === 'set-default');
  return {
    path,
    changes: [...older, ...changes],
    madeHelpers: start.credHelpers.length === 0 || known?.madeHelpers === true,
    madeFile: file.text === null || known?.madeFile === true,
    madeFolder: folderNote?.madeFolder ?? null,
    defaultBefore:
      setsDefault && !isRegent(start.credsStore)
        ? (start.credsStore ?? null)
        : (known?.defaultBefore ?? null),
    takenOver: [
      ...(known?.takenOver ?? []),
      ...wishes.flatMap((wish) =>
        wish.kind === 'change-route' && wish.to === 'regent'
          ? [{ key: wish.key, from: wish.from }]
          : [],
      ),
    ],
  };
}

const isOurs = (config: ConfigText) =>
  routesToRegent(config).length > 0 || isRegent(config.credsStore);
