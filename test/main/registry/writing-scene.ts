import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { uploadBlob } from '../../../main/registry/blobs/upload-blob.ts';
import { createRegistryClient, type RegistryClient } from '../../../main/registry/client.ts';
import { putManifest } from '../../../main/registry/manifests/put-manifest.ts';
import type { Place } from '../../../main/registry/place.ts';
import {
  type Blob,
  type Image,
  indexOf,
  type LabRegistry,
  mediaTypes,
  type RegistryFacts,
  runOrThrow,
  startRegistry,
} from '../../lab/index.ts';
import { calm } from './open-fake.ts';

/** A registry of the test's own, which ends with it. */
export async function ownRegistry(
  variant: Parameters<typeof startRegistry>[0] = 'tls-login',
): Promise<LabRegistry> {
  const registry = await startRegistry(variant);
  onTestFinished(() => registry.stop());
  return registry;
}

/** A client of a registry, signed in as it wants it. */
export function clientOf(
  registry: Omit<RegistryFacts, 'variant'>,
  { username, password }: { readonly username: string; readonly password: string } = registry,
): RegistryClient {
  const { address, scheme, caPem } = registry;
  const client = createRegistryClient({
    ...{ address, scheme, trust: { ca: caPem === '' ? [] : [caPem] } },
    credentials: async () => (username === '' ? null : { username, password }),
  });
  onTestFinished(() => client.close());
  return client;
}

/** A place in a registry, signed in as it wants it. */
export function placeIn(
  registry: Omit<RegistryFacts, 'variant'>,
  repository: string,
  signal = calm,
  user?: { readonly username: string; readonly password: string },
): Place {
  return clientOf(registry, user).at(repository, signal);
}

/** Pushes an image with the code under test. */
export async function push(place: Place, image: Image, tag?: string): Promise<string> {
  for (const { bytes, digest } of image.blobs) {
    await uploadBlob(place, { digest, size: bytes.length, open: () => slicesOf(bytes) });
  }
  const { bytes, digest } = image.manifest;
  const { mediaType } = image;
  return (await putManifest(place, tag ?? digest, { mediaType, bytes })).digest;
}

/** Pushes an index over images that are pushed by their digests first. */
export async function pushIndex(place: Place, images: readonly Image[], tag: string) {
  for (const image of images) await push(place, image);
  return putIndex(place, indexOf(images), tag);
}

/** Stores an OCI index. */
async function putIndex(place: Place, { bytes }: Blob, tag: string): Promise<string> {
  return (await putManifest(place, tag, { mediaType: mediaTypes.oci.index, bytes })).digest;
}

/** Bytes in pieces, as a file gives them. */
export async function* slicesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** Bytes of uploads that were neither ended nor forgotten. */
export function unfinishedBytes({ storagePath }: LabRegistry, repository: string): number {
  const folder = join(storagePath, 'docker/registry/v2/repositories', repository, '_uploads');
  return existsSync(folder) ? dataIn(folder) : 0;
}

/** Bytes of all blobs and manifests that the registry stores. */
export function storedBytes({ storagePath }: LabRegistry): number {
  return dataIn(join(storagePath, 'docker/registry/v2/blobs'));
}

function dataIn(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('/data'))
    .reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
}

/** Collects garbage as an administrator does. */
export async function collectGarbage({ storagePath }: LabRegistry): Promise<void> {
  const config = join(dirname(storagePath), 'config.yml');
  await runOrThrow(['docker-registry', 'garbage-collect', config]);
}
