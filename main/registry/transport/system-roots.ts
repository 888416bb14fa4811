import tls from 'node:tls';
import { readRootTexts, userRootPlaces } from '../../platform/system-roots.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/**
 * The certificates (PEM, each once) that this machine and Node trust by themselves. On Linux the files that Go
 * programs such as the docker CLI read; elsewhere the system's own store where this Node can read it.
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
  const texts = await readRootTexts(userRootPlaces(env));
  return texts.flatMap((text) => text.match(CERTIFICATE) ?? []);
}

/** Node 22.15 and later read the stores of macOS and Windows. */
function readStore(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'system') => string[] };
  return getCACertificates?.('system') ?? [];
}
