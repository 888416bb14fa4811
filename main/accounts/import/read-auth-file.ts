import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Problem, RegentError } from '../../../shared/errors/index.ts';
import { type ConfigText, readConfigText } from '../docker-config/config-text.ts';
import { readSettings } from '../docker-config/read-settings.ts';
import type { AuthFile } from './auth-files.ts';

/** A file of logins as it was read: `config` is null where there is none, or where `problem` says why not. */
export interface AuthFileReading {
  readonly file: AuthFile;
  readonly config: ConfigText | null;
  /** Whether the file's mode lets others than its owner read it. */
  readonly isOpenToOthers: boolean;
  /** Whether it stands elsewhere too (a hard link): what is taken out of it by this name stays by the other. */
  readonly hasOtherNames: boolean;
  readonly problem: Problem | null;
}

/** Reads a file of logins. Never rejects because of what is in it. */
export async function readAuthFile(file: AuthFile): Promise<AuthFileReading> {
  const nothing = {
    file,
    config: null,
    isOpenToOthers: false,
    hasOtherNames: false,
    problem: null,
  };
  try {
    const found = await readSettings(file.path);
    if (!found) return nothing;
    const { mode, nlink } = found.stat;
    const isOpenToOthers = process.platform !== 'win32' && (mode & 0o044) !== 0;
    const config = parseAuths(file, found.text);
    return { ...nothing, config, isOpenToOthers, hasOtherNames: nlink > 1 };
  } catch (error) {
    if (await isOutOfReach(error, file.path)) return nothing;
    if (error instanceof RegentError) return { ...nothing, problem: error.toProblem() };
    throw error;
  }
}

/**
 * Reads the text of a file of logins.
 * @param text undefined for what is no text
 * @throws RegentError `DOCKER_CONFIG_INVALID`, `AUTH_FILE_INVALID`
 */
export function parseAuths({ kind, path }: AuthFile, text: string | undefined): ConfigText {
  const config = text === undefined ? undefined : readConfigText(text);
  if (config) return config;
  throw kind === 'docker-config'
    ? new RegentError('DOCKER_CONFIG_INVALID', { path })
    : new RegentError('AUTH_FILE_INVALID', { path });
}

/**
 * There are no logins of this person: a file stands where the folder would be, or the folder is shut to them, as
 * /run/containers is once root's own podman has made it.
 */
async function isOutOfReach(error: unknown, path: string): Promise<boolean> {
  if (!(error instanceof RegentError) || error.code !== 'FILE_FAILED') return false;
  const { reason } = error.data as { readonly reason: string };
  if (reason === 'ENOTDIR') return true;
  return reason === 'EACCES' && !(await mayEnter(dirname(path)));
}

const mayEnter = (folder: string): Promise<boolean> =>
  access(folder, constants.X_OK).then(
    () => true,
    () => false,
  );
