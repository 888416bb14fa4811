import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Issued, issueServer } from './certificates.ts';
import { takeSpareHost } from './hosts.ts';
import { requireLab } from './lab-missing.ts';
import { inLabNetwork } from './lab-network.ts';
import { portAnswers } from './port-answers.ts';
import { labFolder, startDaemon } from './processes.ts';
import { readRequests } from './read-requests.ts';
import type { RegistryStorage } from './registry.ts';

/** One request as the storage saw it. */
export interface StorageRequest {
  readonly method: string;
  /** `/BUCKET/KEY`. */
  readonly path: string;
  /** Whether the URL itself is the proof, as in those that a registry leads its clients to. */
  readonly isPresigned: boolean;
  /** Whole headers; null without. */
  readonly authorization: string | null;
  readonly range: string | null;
  /** The client's User-Agent. */
  readonly agent: string;
  readonly status: number;
}

/** An S3 storage on a host of its own; given to `startRegistry` as `storage`, the registry redirects to it. */
export interface LabS3Storage extends RegistryStorage {
  readonly host: string;
  readonly ip: string;
  readonly port: number;
  /** What it was asked so far, oldest answer first. */
  asked(): readonly StorageRequest[];
  /** The same, as clients reach it in another way: `http://host:port`. */
  behind(endpoint: string): RegistryStorage;
  stop(): Promise<void>;
}

/**
 * Starts an empty one, over TLS or, without an authority for its certificate, over plain HTTP. As with Amazon's own, a
 * request that has a login beside a presigned URL is refused.
 * @throws LabMissing
 */
export async function startS3Storage(authority?: Issued): Promise<LabS3Storage> {
  requireLab();
  const { name: host, ip } = takeSpareHost();
  const [port, bucket] = [9000, 'images'];
  const folder = join(labFolder, 's3', host);
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  const tls = authority && issueServer(authority, { names: [host] });
  const setupPath = join(folder, 'setup.json');
  const setup = { ip, port, bucket, folder: data, tls };
  writeFileSync(setupPath, JSON.stringify(setup), { mode: 0o600 });
  const script = fileURLToPath(new URL('s3-storage.mjs', import.meta.url));
  const argv = inLabNetwork([process.execPath, script, setupPath]);
  const daemon = await startDaemon(`s3-${host}`, argv, {
    ready: () => portAnswers(`${ip}:${port}`),
  });
  const roots = join(folder, 'ca.crt');
  if (authority) writeFileSync(roots, authority.certPem);
  // Nothing of what the environment may say to programs that know Amazon.
  const env = { PATH: process.env.PATH, ...(authority && { SSL_CERT_FILE: roots }) };
  const behind = (endpoint: string): RegistryStorage => ({
    env,
    driver: {
      s3: {
        // The login that s3rver knows.
        ...{ accesskey: 'S3RVER', secretkey: 'S3RVER', region: 'us-east-1', bucket },
        ...{ regionendpoint: endpoint, secure: authority !== undefined },
      },
    },
  });
  return {
    ...{ host, ip, port, behind, stop: daemon.stop },
    ...behind(`${authority ? 'https' : 'http'}://${host}:${port}`),
    asked: () => readRequests<StorageRequest>(daemon.logPath),
  };
}
