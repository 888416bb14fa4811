import { stat } from 'node:fs/promises';
import { type Problem, RegentError } from '../../../shared/errors/index.ts';
import { readLimited } from '../../platform/read-limited.ts';
import { type ConfigText, readConfigText } from '../docker-config/config-text.ts';
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

/** In bytes. Real ones have a few hundred; a login with a token may have thousands. */
const LIMIT = 4 * 1024 * 1024;

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
    const bytes = await readLimited(file.path, LIMIT);
    if (bytes.length > LIMIT) {
      throw new RegentError('FILE_FAILED', { path: file.path, reason: 'EFBIG' });
    }
    const { mode, nlink } = await stat(file.path);
    const isOpenToOthers = process.platform !== 'win32' && (mode & 0o044) !== 0;
    const config = parseAuths(file, decode(bytes));
    return { ...nothing, config, isOpenToOthers, hasOtherNames: nlink > 1 };
  } catch (error) {
    if (isAbsent(error)) return nothing;
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
  const config = text === undefined ? undefined : readNested(text);
  if (config) return config;
  throw kind === 'docker-config'
    ? new RegentError('DOCKER_CONFIG_INVALID', { path })
    : new RegentError('AUTH_FILE_INVALID', { path });
}

/** Brackets in brackets by the thousand are no settings, and more than the parser's stack can take. */
function readNested(text: string): ConfigText | undefined {
  try {
    return readConfigText(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function decode(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString();
  return Buffer.from(text).equals(bytes) ? text : undefined;
}

function isAbsent(error: unknown): boolean {
  if (error instanceof RegentError && error.code === 'FILE_FAILED') {
    const { reason } = error.data as { readonly reason: string };
    return reason === 'ENOENT' || reason === 'ENOTDIR';
  }
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
