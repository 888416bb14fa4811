import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { imageOf, type LabRegistry, layerOf } from '../../../lab/index.ts';
import { ownRegistry, placeIn, push, pushIndex } from '../writing-scene.ts';

const MIB = 1024 * 1024;

/** An empty folder, which goes with the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'transfer-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A registry with an index of two images as `team/app:1.0`, and one in Docker's own format as `team/app:docker`. */
export async function registryWithImages() {
  const registry = await ownRegistry('tls-open');
  const place = placeIn(registry, 'team/app');
  const shell = await layerOf([{ path: 'bin/sh', content: 'sh' }]);
  const large = await layerOf([{ path: 'random', content: randomBytes(24 * MIB) }], 0);
  const layers = [shell, large, await layerOf([{ path: 'a', content: randomBytes(MIB) }], 0)];
  const amd = imageOf(layers, {});
  const arm = imageOf([shell], { architecture: 'arm64' });
  const index = await pushIndex(place, [amd, arm], '1.0');
  const docker = await push(place, imageOf(layers, { format: 'docker' }), 'docker');
  return { registry, place, large, layers, amd, arm, index, docker };
}

/** Changes one byte of a blob where the registry keeps it. */
export function spoilBlob({ storagePath }: LabRegistry, digest: string): void {
  const hex = digest.slice('sha256:'.length);
  const blobs = join(storagePath, 'docker/registry/v2/blobs/sha256');
  const path = join(blobs, hex.slice(0, 2), hex, 'data');
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
