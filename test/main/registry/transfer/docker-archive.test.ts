import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readManifest } from '../../../../main/registry/describe/fetch-manifest.ts';
import { dockerArchive } from '../../../../main/registry/transfer/docker-archive.ts';
import { digestOf } from '../blobs/blob-server.ts';
import { calm, openClient } from '../open-fake.ts';

const disk = vi.hoisted(() => ({ bavail: 0, bsize: 4096, blocks: 1_000_000 }));

vi.mock('node:fs/promises', async (importOriginal) => ({
  ...(await importOriginal<typeof import('node:fs/promises')>()),
  statfs: async () => disk,
}));

const MIB = 1024 * 1024;
const OCI = 'application/vnd.oci.image';

/** Zeros, packed by zstd in blocks that take four bytes for 128 KiB each. */
function zeros(bytes: number): Buffer {
  const block = Buffer.from('02001000', 'hex');
  const blocks = Array.from({ length: bytes / (128 * 1024) }, () => block);
  return Buffer.concat([
    Buffer.from('28b52ffd0058', 'hex'),
    ...blocks,
    Buffer.from('010000', 'hex'),
  ]);
}

/** What becomes of a layer that the manifest itself carries. */
function unpacked(layer: Buffer): AsyncIterable<Uint8Array> {
  const client = openClient({ address: 'nas:5000', origin: 'https://nas:5000' });
  const place = client.at('team/app', calm);
  const described = (bytes: Buffer, mediaType: string) => ({
    ...{ mediaType, digest: digestOf(bytes), size: bytes.length, data: bytes.toString('base64') },
  });
  const json = {
    ...{ schemaVersion: 2, mediaType: `${OCI}.manifest.v1+json` },
    config: described(Buffer.from('{}'), `${OCI}.config.v1+json`),
    layers: [described(layer, `${OCI}.layer.v1.tar+zstd`)],
  };
  const bytes = Buffer.from(JSON.stringify(json));
  const root = readManifest(bytes, json.mediaType, digestOf(bytes), 'nas:5000');
  const progress = { note: () => undefined, hasMoved: () => true };
  const gathered = { root, manifests: [root], blobs: [] };
  const name = { tag: '1.0', full: 'nas:5000/team/app:1.0' };
  const saving = { place, gathered, name, path: '/tmp/app.tar', force: false, progress };
  const last = dockerArchive(saving).at(-1);
  return last?.open(place) as AsyncIterable<Uint8Array>;
}

describe('a layer that an archive for Docker has unpacked', () => {
  beforeEach(() => {
    disk.bavail = 1_000_000;
  });

  it('may be far larger than it is stored', async () => {
    let length = 0;
    for await (const piece of unpacked(zeros(100 * MIB))) length += piece.length;
    expect(length).toBe(100 * MIB);
  });

  it('may not be a thousand times larger than that', async () => {
    const reading = async () => {
      for await (const _ of unpacked(zeros(2048 * MIB)));
    };
    await expect(reading()).rejects.toMatchObject({
      code: 'TRANSFER_UNSUITABLE',
      data: { reference: 'nas:5000/team/app:1.0', reason: 'tooMuch' },
    });
  }, 60_000);

  it('never fills the disk to its last byte', async () => {
    let length = 0;
    const reading = async () => {
      for await (const piece of unpacked(zeros(100 * MIB))) {
        length += piece.length;
        if (length > 20 * MIB) disk.bavail = 3000;
      }
    };
    await expect(reading()).rejects.toMatchObject({
      code: 'DISK_FULL',
      data: { path: '/tmp/app.tar', needed: 16, free: 12 },
    });
    expect(length).toBeLessThan(40 * MIB);
  });
});
