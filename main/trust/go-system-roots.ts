import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findPemBlocks } from './x509/pem.ts';

/** Where Go looks for the system's authorities: the first file that can be read, and every file of the folders. */
export interface SystemRootPlaces {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Go's places on Linux (crypto/x509, root_linux.go). */
export const linuxRootPlaces: SystemRootPlaces = {
  files: [
    '/etc/ssl/certs/ca-certificates.crt',
    '/etc/pki/tls/certs/ca-bundle.crt',
    '/etc/ssl/ca-bundle.pem',
    '/etc/pki/tls/cacert.pem',
    '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
    '/etc/ssl/cert.pem',
  ],
  folders: ['/etc/ssl/certs', '/etc/pki/tls/certs'],
};

/**
 * The system's authorities as Docker Engine reads them at its start, in DER; none where there is no such file.
 * This process's own SSL_CERT_FILE and SSL_CERT_DIR don't count: the engine is a service and never sees them.
 */
export async function readSystemRoots(places: SystemRootPlaces): Promise<readonly Uint8Array[]> {
  const inFile = await readFirst(places.files);
  const inFolders = await Promise.all(places.folders.map((folder) => readFolder(folder)));
  const unique = new Map<string, Uint8Array>();
  for (const text of [inFile, ...inFolders.flat()]) {
    for (const { der } of findPemBlocks(text)) unique.set(Buffer.from(der).toString('base64'), der);
  }
  return [...unique.values()];
}

async function readFirst(paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  return '';
}

/** The texts of all files of a folder that can be read; none when the folder can't. */
export async function readFolder(folder: string, suffix = ''): Promise<readonly string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const chosen = names.filter((name) => name.endsWith(suffix)).sort();
  return Promise.all(chosen.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
}
