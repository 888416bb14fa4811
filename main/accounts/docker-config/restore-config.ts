import { dirname } from 'node:path';
import { removeLeftovers } from '../../platform/leftovers.ts';
import {
  changeDefault,
  changeRoute,
  isRegent,
  removeRoutes,
  routesToRegent,
} from './config-edit.ts';
import {
  readConfigFile,
  removeConfigFile,
  removeEmptyFolders,
  replaceConfigFile,
} from './config-file.ts';
import type { ConfigEntry } from './config-journal.ts';
import { readConfigText } from './config-text.ts';
import { parseConfig } from './parse-config.ts';
import { takeBack } from './text-change.ts';

/**
 * Takes back what Regent did to a file: byte for byte as far as nobody else has changed it since, and else by what
 * still leads to Regent. Without a note, too: no helper, no route. @throws FileChanged, RegentError
 */
export async function restoreConfig(path: string, entry: ConfigEntry | undefined): Promise<void> {
  const file = await readConfigFile(path);
  const madeFolder = entry?.madeFolder ?? null;
  await removeLeftovers(file.target);
  if (file.text === null) {
    await removeEmptyFolders(dirname(file.target), madeFolder);
    return;
  }
  parseConfig(path, file.text);
  const undone = takeBack(file.text, entry?.changes ?? []);
  const text = undone === null ? null : withoutRegent(undone, entry);
  if (text === file.text) return;
  if (text === null || (entry?.madeFile && text.trim() === '{}')) {
    await removeConfigFile(file, madeFolder);
  } else {
    await replaceConfigFile(file, text);
  }
}

/** What is left of Regent was changed by others since, or is older than the journal. */
function withoutRegent(text: string, entry: ConfigEntry | undefined): string {
  const config = readConfigText(text);
  if (!config) return text;
  const ours = new Set(routesToRegent(config));
  const given = (entry?.takenOver ?? [])
    .filter(({ key }) => ours.has(key))
    .reduce((current, { key, from }) => changeRoute(current, key, from), text);
  const without = removeRoutes(given, entry?.madeHelpers ?? false);
  const rest = readConfigText(without);
  return rest && isRegent(rest.credsStore)
    ? changeDefault(rest, entry?.defaultBefore ?? undefined)
    : without;
}
