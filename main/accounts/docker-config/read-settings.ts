import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { RegentError } from '../../../shared/errors/index.ts';
import { readLimited } from '../../platform/read-limited.ts';

/** docker's config.json or podman's auth.json as it was read. */
interface Settings {
  /** Undefined where the file is not UTF-8. */
  readonly text: string | undefined;
  readonly stat: Stats;
}

/** In bytes. Real files have a few hundred; a login with a token may have thousands. */
const LIMIT = 4 * 1024 * 1024;

/**
 * Reads a file of settings and logins, links followed; null where there is none.
 * @param name under which a failure is told, where `path` is only what it leads to
 * @throws RegentError `FILE_FAILED`
 */
export async function readSettings(path: string, name = path): Promise<Settings | null> {
  try {
    const bytes = Buffer.from(await readLimited(path, LIMIT));
    if (bytes.length > LIMIT) throw new RegentError('FILE_FAILED', { path, reason: 'EFBIG' });
    const text = bytes.toString();
    const isText = Buffer.from(text).equals(bytes);
    return { text: isText ? text : undefined, stat: await stat(path) };
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === 'ENOENT') return null;
    throw new RegentError('FILE_FAILED', { path: name, reason }, error);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof RegentError)) return (error as NodeJS.ErrnoException).code ?? '';
  return 'reason' in error.data ? String(error.data.reason) : '';
}
