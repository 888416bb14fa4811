import { join } from 'node:path';
import { RegentError } from '../../../shared/errors/index.ts';
import type { Paths } from '../../platform/paths.ts';
import { withLock } from '../../platform/with-lock.ts';
import { addRoute, HELPER_VALUE, removeRoutes, routesToRegent } from './config-edit.ts';
import {
  FileChanged,
  readConfigFile,
  removeConfigFile,
  removeEmptyFolders,
  replaceConfigFile,
} from './config-file.ts';
import {
  type ConfigEntry,
  type ConfigJournal,
  changesLeadingTo,
  openConfigJournal,
} from './config-journal.ts';
import { readConfigText } from './config-text.ts';
import { changeBetween, hashText, takeBack } from './text-change.ts';

/** What config.json says about helpers. */
export interface ConfigInspection {
  readonly path: string;
  /** Keys of `credHelpers` that lead to Regent. */
  readonly routes: readonly string[];
  /** All of `credHelpers`. */
  readonly helpers: ReadonlyMap<string, string>;
  readonly credsStore: string | undefined;
}

/**
 * docker's config.json, edited in place: unknown keys, order, layout, mode and links stay, and everything can be taken
 * back. Methods throw RegentError `DOCKER_CONFIG_INVALID` for a file that can't be read as JSON, which is never
 * written over, and `FILE_FAILED`, `STATE_INVALID`.
 */
export interface DockerConfig {
  readonly path: string;
  inspect(): Promise<ConfigInspection>;
  /** Routes registries to Regent; keys that lead elsewhere are left alone. */
  addRoutes(keys: readonly string[]): Promise<void>;
  /** Takes everything back, byte for byte where nobody else changed the file; in every config.json ever edited. */
  restore(): Promise<void>;
}

/** How often somebody else may get in between before Regent gives up. */
const ATTEMPTS = 10;

/** Opens docker's config.json. */
export function openDockerConfig(paths: Pick<Paths, 'data' | 'dockerConfig'>): DockerConfig {
  const path = join(paths.dockerConfig, 'config.json');
  const journal = openConfigJournal(paths.data);
  const alone = <T>(work: () => Promise<T>) =>
    withLock(join(paths.data, 'docker-config'), () => untilUndisturbed(path, work));
  return {
    path,
    inspect: () => inspectConfig(path),
    addRoutes: (keys) => alone(() => addRoutes(path, journal, keys)),
    restore: async () => {
      const others = (await journal.entries()).map((entry) => entry.path);
      for (const each of new Set([path, ...others])) {
        await alone(async () => {
          await restoreConfig(each, await journal.entryOf(each));
          await journal.drop(each);
        });
      }
    },
  };
}

async function inspectConfig(path: string): Promise<ConfigInspection> {
  const { text } = await readConfigFile(path);
  const config = parse(path, text ?? '');
  return {
    path,
    routes: routesToRegent(config),
    helpers: config.routes,
    credsStore: config.credsStore,
  };
}

async function addRoutes(
  path: string,
  journal: ConfigJournal,
  keys: readonly string[],
): Promise<void> {
  const file = await readConfigFile(path);
  const { text, hadHelpers, hadRoutes } = planRoutes(path, file.text, keys);
  if (text === file.text || text === null) return;
  // Where no route is left, an older note says nothing about this file any more.
  const known = hadRoutes ? await journal.entryOf(path) : undefined;
  const hash = file.text === null ? null : hashText(file.text);
  const older = changesLeadingTo(hash, known?.changes ?? []);
  const entry: ConfigEntry = {
    path,
    changes: [...older, changeBetween(file.text, text)],
    madeHelpers: !hadHelpers || known?.madeHelpers === true,
    madeFile: file.text === null || known?.madeFile === true,
    madeFolder: known?.madeFolder ?? null,
  };
  // Noted first: a kill in between leaves a note of something that never happened, which is passed over.
  await journal.keep(entry);
  const madeFolder = await replaceConfigFile(file, text);
  if (madeFolder !== null) await journal.keep({ ...entry, madeFolder });
  // docker writes this file without any lock, so look whether it got in between.
  const now = await inspectConfig(path);
  if (keys.some((key) => !now.helpers.has(key))) throw new FileChanged(path);
}

function planRoutes(path: string, before: string | null, keys: readonly string[]) {
  const start = parse(path, before ?? '');
  const missing = keys.filter((key) => !start.routes.has(key));
  const text = missing.reduce((text, key) => addRoute(parse(path, text), key), before ?? '');
  return {
    text: missing.length === 0 ? before : text,
    hadHelpers: start.credHelpers !== undefined,
    hadRoutes: routesToRegent(start).length > 0,
  };
}

async function restoreConfig(path: string, entry: ConfigEntry | undefined): Promise<void> {
  const file = await readConfigFile(path);
  if (file.text === null) {
    await removeEmptyFolders(join(path, '..'), entry?.madeFolder ?? null);
    return;
  }
  parse(path, file.text);
  const undone = takeBack(file.text, entry?.changes ?? []);
  // Routes that are still there were changed by others since, or are older than the journal: no helper, no route.
  const text = undone === null ? null : removeRoutes(undone, entry?.madeHelpers ?? false);
  if (text === file.text) return;
  if (text === null || (entry?.madeFile && text.trim() === '{}')) {
    await removeConfigFile(file, entry?.madeFolder ?? null);
  } else {
    await replaceConfigFile(file, text);
  }
}

function parse(path: string, text: string) {
  const config = readConfigText(text);
  if (!config) throw new RegentError('DOCKER_CONFIG_INVALID', { path });
  return config;
}

async function untilUndisturbed<T>(path: string, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FileChanged)) throw error;
      if (attempt === ATTEMPTS)
        throw new RegentError('FILE_FAILED', { path, reason: 'EBUSY' }, error);
    }
  }
}

/** Whether a helper's name in config.json is Regent's. */
export const isRegent = (helper: string | undefined) => helper === HELPER_VALUE;
