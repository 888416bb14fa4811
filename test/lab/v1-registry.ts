import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { issueAuthority, issueServer } from './certificates.ts';
import { takeSpareHost } from './hosts.ts';
import { requireLab } from './lab-missing.ts';
import { inLabNetwork } from './lab-network.ts';
import { portAnswers } from './port-answers.ts';
import { labFolder, startDaemon } from './processes.ts';
import type { V1Setup } from './v1-answers.mjs';
import { v1Content } from './v1-images.ts';

/** One request as that registry saw it. */
export interface V1Asked {
  readonly method: string;
  readonly path: string;
  /** The whole header; null without. */
  readonly authorization: string | null;
}

/** A registry of the first generation (v1). */
export interface V1Registry {
  /** `host:port`. */
  readonly address: string;
  /** Empty for plain HTTP. */
  readonly caPem: string;
  readonly caSha256: string;
  /** What it was asked so far, oldest first. */
  asked(): readonly V1Asked[];
  stop(): Promise<void>;
}

/** In what such registries differ. */
export interface V1Wish extends Partial<Omit<V1Setup, 'endpoints' | 'storage'>> {
  readonly scheme?: 'http' | 'https';
}

/**
 * Starts one with what `v1Content` holds, on a spare host: of version 0.9 over TLS, for everybody, with a search that
 * finds all repositories, unless another one is wished for.
 * @throws LabMissing
 */
export async function startV1Registry(wish: V1Wish = {}): Promise<V1Registry> {
  requireLab();
  const { scheme = 'https', ...own } = wish;
  const { name: host, ip } = takeSpareHost();
  const port = scheme === 'https' ? 5443 : 5000;
  const folder = join(labFolder, 'v1', host);
  mkdirSync(folder, { recursive: true });
  const authority = issueAuthority();
  const content = await v1Content();
  const setup = {
    ...{ ip, port, tls: scheme === 'https' ? issueServer(authority, { names: [host] }) : null },
    ...{ version: '0.9', standalone: 'True', login: null, storage: null },
    search: Object.keys(content.repositories).map((name) => ({ name, description: null })),
    endpoints: [`${host}:${port}`],
    ...content,
    ...own,
  };
  const setupPath = join(folder, 'setup.json');
  writeFileSync(setupPath, JSON.stringify(setup), { mode: 0o600 });
  const script = fileURLToPath(new URL('v1-registry.mjs', import.meta.url));
  const daemon = await startDaemon(
    `v1-${host}`,
    inLabNetwork([process.execPath, script, setupPath]),
    { ready: () => portAnswers(`${ip}:${port}`) },
  );
  return {
    address: `${host}:${port}`,
    ...(scheme === 'https'
      ? { caPem: authority.certPem, caSha256: authority.sha256 }
      : { caPem: '', caSha256: '' }),
    asked: () =>
      readFileSync(daemon.logPath, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as V1Asked),
    stop: daemon.stop,
  };
}
