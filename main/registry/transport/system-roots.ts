import { readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import tls from 'node:tls';

/** Where Go looks on Linux (crypto/x509, root_linux.go): the first file that exists, then all folders. */
const FILES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const FOLDERS = ['/etc/ssl/certs', '/etc/pki/tls/certs'];

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/**
 * The certificates (PEM, each once) that this machine and Node trust by themselves. On Linux the files that Go
 * programs such as Docker read, `SSL_CERT_FILE` and `SSL_CERT_DIR` included; elsewhere the system's own store
 * where this Node can read it.
 */
export async function loadSystemRoots(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): Promise<readonly string[]> {
  const system = platform === 'linux' ? await readGoRoots(env) : readStore();
  // The same certificate is wrapped in other ways by other writers.
  const byContent = new Map(
    [...tls.rootCertificates, ...system].map((pem) => [contentOf(pem), pem]),
  );
  return [...byContent.values()];
}

const contentOf = (pem: string): string => pem.replace(/\s+/g, '');

async function readGoRoots(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const folders = env.SSL_CERT_DIR ? env.SSL_CERT_DIR.split(delimiter) : FOLDERS;
  const inFile = await readFirst(env.SSL_CERT_FILE ? [env.SSL_CERT_FILE] : FILES);
  const inFolders = await Promise.all(folders.map(readFolder));
  return [...inFile, ...inFolders.flat()];
}

async function readFirst(paths: readonly string[]): Promise<readonly string[]> {
  for (const path of paths) {
    const certificates = await readCertificates(path);
    if (certificates) return certificates;
  }
  return [];
}

async function readFolder(path: string): Promise<readonly string[]> {
  const names = await readdir(path).catch(() => []);
  const all = await Promise.all(names.map((name) => readCertificates(join(path, name))));
  return all.flatMap((certificates) => certificates ?? []);
}

/** Undefined when there is no such file; what can't be read counts as absent, as it does for Go. */
async function readCertificates(path: string): Promise<readonly string[] | undefined> {
  const text = await readFile(path, 'latin1').catch(() => undefined);
  return text === undefined ? undefined : (text.match(CERTIFICATE) ?? []);
}

/** Node 22.15 and later read the stores of macOS and Windows. */
function readStore(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'system') => string[] };
  return getCACertificates?.('system') ?? [];
}
