import { lstat, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RegentError } from '../../../shared/errors/index.ts';
import { findOnPath } from '../../platform/find-on-path.ts';
import { removeLeftovers } from '../../platform/leftovers.ts';
import { missingFolder, removeEmptyFolders } from '../docker-config/config-file.ts';
import { chooseHelperFolder, type Installer } from './helper-folder.ts';
import {
  type HelperProgram,
  hashBytes,
  helperFileName,
  helperParts,
  isLinkTo,
  isRegentsHelper,
  putHelper,
  removeHelper,
  renderHelper,
} from './helper-program.ts';
import { openHelperRecord } from './helper-record.ts';

/** How the helper's file is: where docker finds one, whose that is, and where ours is when it is elsewhere. */
export type HelperFileState =
  | { readonly kind: 'ready'; readonly path: string }
  /** Ours, but what it starts is gone. */
  | { readonly kind: 'broken'; readonly path: string; readonly missing: string }
  | { readonly kind: 'off-path'; readonly path: string; readonly folder: string }
  | { readonly kind: 'foreign'; readonly path: string }
  /** `path` is where it would go. */
  | { readonly kind: 'absent'; readonly path: string };

/** The one file `docker-credential-regent`. Methods throw RegentError `HELPER_FOREIGN`, `FILE_FAILED`, `STATE_INVALID`. */
export interface HelperFile {
  state(): Promise<HelperFileState>;
  /** Puts it where docker finds it, or, where no such folder is the user's, beside: look at `state` then. */
  install(): Promise<void>;
  /** Removes it if it is ours. */
  remove(): Promise<void>;
}

/** Opens the helper's file. */
export function openHelperFile(
  dataFolder: string,
  installer: Installer,
  program: HelperProgram,
): HelperFile {
  const name = helperFileName(program);
  const record = openHelperRecord(dataFolder);
  const recorded = async () => (await record.read()).helper;
  const isOurs = async (path: string) => {
    const { helper, previous } = await record.read();
    const known = await Promise.all(
      [helper, previous].map((one) => isRegentsHelper(path, program, one?.sha256)),
    );
    return known.includes(true);
  };
  const placeFor = async () => {
    const found = await findOnPath(name, installer.path);
    if (found !== undefined) return found;
    return join(await chooseHelperFolder(installer), name);
  };
  const removeOurs = async (path: string, madeFolder: string | null) => {
    await change(path, () => removeLeftovers(path));
    if ((await exists(path)) && (await isOurs(path)))
      await change(path, () => removeHelper(path, program));
    await removeEmptyFolders(dirname(path), madeFolder);
  };
  return {
    state: async () => {
      const onPath = await findOnPath(name, installer.path);
      if (onPath !== undefined) {
        return (await isOurs(onPath)) ? stateOfOurs(onPath) : { kind: 'foreign', path: onPath };
      }
      const path = (await recorded())?.path;
      if (path === undefined || !(await exists(path)) || !(await isOurs(path))) {
        return { kind: 'absent', path: await placeFor() };
      }
      // A link that leads nowhere is on no PATH, wherever it lies.
      const state = await stateOfOurs(path);
      return state.kind === 'broken' ? state : { kind: 'off-path', path, folder: dirname(path) };
    },
    install: async () => {
      const path = await placeFor();
      if (await exists(path)) {
        if (!(await isOurs(path))) throw new RegentError('HELPER_FOREIGN', { path });
        if ((await isLinkTo(path, program)) && (await record.read()).previous === null) return;
      }
      const content = renderHelper(program);
      const { helper: old, previous: older } = await record.read();
      const here = [old, older].find((one) => one?.path === path);
      const previous = old && old.path !== path ? old : older;
      const madeFolder = here?.madeFolder ?? (await missingFolder(path));
      const helper = { path, sha256: hashBytes(content), madeFolder };
      // Noted first: a kill in between leaves nothing that nobody knows of.
      await record.update(() => ({ version: 1, helper, previous }));
      await change(path, async () => {
        await mkdir(dirname(path), { recursive: true });
        await removeLeftovers(path);
        await putHelper(path, program);
      });
      if (previous === null) return;
      if (previous.path !== path) await removeOurs(previous.path, previous.madeFolder);
      await record.update(() => ({ version: 1, helper, previous: null }));
    },
    remove: async () => {
      const { helper, previous } = await record.read();
      for (const one of [previous, helper]) {
        if (one) await removeOurs(one.path, one.madeFolder);
      }
      // One without a record, when Regent's data was removed before the helper was.
      const onPath = await findOnPath(name, installer.path);
      if (onPath !== undefined && !(await isLinkTo(onPath, program)))
        await removeOurs(onPath, null);
      await record.update(() => ({ version: 1, helper: null, previous: null }));
    },
  };
}

async function stateOfOurs(path: string): Promise<HelperFileState> {
  for (const part of await helperParts(path)) {
    if (!(await exists(part))) return { kind: 'broken', path, missing: part };
  }
  return { kind: 'ready', path };
}

/** Also true for a link that leads nowhere: it is somebody's. */
function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function change<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RegentError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new RegentError('FILE_FAILED', { path, reason }, error);
  }
}
