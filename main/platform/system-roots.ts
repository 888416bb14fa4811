import { readFile } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { readFolder } from './read-folder.ts';

/** Where Go looks for the system's authorities: the first file that can be read, and every file of the folders. */
export interface SystemRootPlaces {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Go's places on Linux (crypto/x509, root_linux.go), as a service such as Docker Engine sees them. */
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

/** Go's places for a program of the user's, which may move them with `SSL_CERT_FILE` and `SSL_CERT_DIR`. */
export function userRootPlaces(env: NodeJS.ProcessEnv): SystemRootPlaces {
  return {
    files: env.SSL_CERT_FILE ? [env.SSL_CERT_FILE] : linuxRootPlaces.files,
    folders: env.SSL_CERT_DIR ? env.SSL_CERT_DIR.split(delimiter) : linuxRootPlaces.folders,
  };
}

/** The texts in these places, each with any number of PEM blocks; none where nothing can be read. */
export async function readRootTexts(places: SystemRootPlaces): Promise<readonly string[]> {
  const inFolders = await Promise.all(places.folders.map((folder) => readFolder(folder)));
  return [await readFirst(places.files), ...inFolders.flat()];
}

async function readFirst(paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  return '';
}
