import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RegentError } from '../../shared/errors/index.ts';
import type { TlsMaterial } from './endpoint.ts';

/**
 * Reads `ca.pem`, `cert.pem` and `key.pem` of a folder, as `DOCKER_CERT_PATH` and contexts keep them. Each may be
 * missing; null when all are.
 * @throws RegentError `FILE_FAILED` when one is there and can't be read
 */
export async function readTlsMaterial(folder: string): Promise<TlsMaterial | null> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => readIfThere(join(folder, name))),
  );
  if (ca === undefined && cert === undefined && key === undefined) return null;
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new RegentError('FILE_FAILED', { path, reason: code ?? '' }, error);
  }
}
