import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { issueAuthority, issueServer } from './certificates.ts';
import { takeSpareHost } from './hosts.ts';
import { imageOf, layerOf } from './image-parts.ts';
import { requireLab } from './lab-missing.ts';
import { inLabNetwork } from './lab-network.ts';
import { portAnswers } from './port-answers.ts';
import { labFolder, startDaemon } from './processes.ts';
import { readRequests } from './read-requests.ts';

/** One request as that registry saw it. */
export interface GreedyRequest {
  readonly method: string;
  readonly path: string;
  /** The whole header; null without. */
  readonly authorization: string | null;
  /** The client's User-Agent. */
  readonly agent: string;
}

/** A registry that has everything: whatever it is asked for, there is one small image. */
export interface GreedyRegistry {
  /** `host:port`. */
  readonly address: string;
  readonly caPem: string;
  readonly caSha256: string;
  /** What it was asked so far, oldest first. */
  asked(): readonly GreedyRequest[];
  stop(): Promise<void>;
}

/**
 * Starts one, over TLS, on a spare host.
 * @param wantsLogin whether it refuses who brings no login; any will do
 * @throws LabMissing
 */
export async function startGreedyRegistry({ wantsLogin = false } = {}): Promise<GreedyRegistry> {
  requireLab();
  const { name: host, ip } = takeSpareHost();
  const port = 5443;
  const folder = join(labFolder, 'greedy', host);
  mkdirSync(folder, { recursive: true });
  const authority = issueAuthority();
  const layer = await layerOf([{ path: 'everything', content: 'nothing' }]);
  const image = imageOf([layer], { format: 'docker' });
  const setup = {
    ...{ ip, port, wantsLogin },
    tls: issueServer(authority, { names: [host] }),
    manifest: {
      type: image.mediaType,
      digest: image.manifest.digest,
      bytes: image.manifest.bytes.toString('base64'),
    },
    blobs: Object.fromEntries(
      image.blobs.map(({ digest, bytes }) => [digest, bytes.toString('base64')]),
    ),
  };
  const setupPath = join(folder, 'setup.json');
  writeFileSync(setupPath, JSON.stringify(setup), { mode: 0o600 });
  const script = fileURLToPath(new URL('greedy-registry.mjs', import.meta.url));
  const daemon = await startDaemon(
    `greedy-${host}`,
    inLabNetwork([process.execPath, script, setupPath]),
    { ready: () => portAnswers(`${ip}:${port}`) },
  );
  return {
    address: `${host}:${port}`,
    ...{ caPem: authority.certPem, caSha256: authority.sha256 },
    asked: () => readRequests<GreedyRequest>(daemon.logPath),
    stop: daemon.stop,
  };
}
