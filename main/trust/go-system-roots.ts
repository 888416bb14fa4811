import { stat } from 'node:fs/promises';
import { readRootTexts, type SystemRootPlaces } from '../platform/system-roots.ts';
import { findPemBlocks } from './x509/pem.ts';

/**
 * The system's authorities as Docker Engine reads them at its start, in DER; none where there is no such file.
 * This process's own SSL_CERT_FILE and SSL_CERT_DIR don't count: the engine is a service and never sees them.
 */
export async function readSystemRoots(places: SystemRootPlaces): Promise<readonly Uint8Array[]> {
  const unique = new Map<string, Uint8Array>();
  for (const text of await readRootTexts(places)) {
    for (const { der } of findPemBlocks(text)) unique.set(Buffer.from(der).toString('base64'), der);
  }
  return [...unique.values()];
}

/** Reads the system's authorities again only when a file or folder of theirs has changed: there are hundreds. */
export function rememberSystemRoots(
  places: SystemRootPlaces,
): () => Promise<readonly Uint8Array[]> {
  let known: { readonly stamp: string; readonly roots: readonly Uint8Array[] } | undefined;
  return async () => {
    const stamp = await stampOf([...places.files, ...places.folders]);
    if (known?.stamp !== stamp) known = { stamp, roots: await readSystemRoots(places) };
    return known.roots;
  };
}

async function stampOf(paths: readonly string[]): Promise<string> {
  const stats = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)));
  return stats.map((one) => `${one?.ino} ${one?.size} ${one?.mtimeMs}`).join('\n');
}
