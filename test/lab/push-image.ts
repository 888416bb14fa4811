import { callRegistry, expectStatus, type RegistryLogin } from './call-registry.ts';
import type { Blob, Image } from './image-parts.ts';

/** Uploads a blob in one piece unless it is there (distribution specification, "Pushing blobs"). */
export async function pushBlob(
  registry: RegistryLogin,
  repository: string,
  { bytes, digest }: Blob,
): Promise<void> {
  const known = await callRegistry(registry, 'HEAD', `/v2/${repository}/blobs/${digest}`);
  if (known.status === 200) return;
  const begun = await expectStatus(202, registry, 'POST', `/v2/${repository}/blobs/uploads/`);
  const location = begun.headers.location;
  if (typeof location !== 'string') throw new Error('The registry gave no upload location.');
  const base = `${registry.scheme}://${registry.host}:${registry.port}`;
  const upload = new URL(location, base);
  upload.searchParams.set('digest', digest);
  const body = { bytes, mediaType: 'application/octet-stream' };
  await expectStatus(201, registry, 'PUT', upload.href, body);
}

/** Puts a manifest (or index) under a tag or its digest. */
export async function pushManifest(
  registry: RegistryLogin,
  repository: string,
  reference: string,
  manifest: Blob,
  mediaType: string,
): Promise<void> {
  const path = `/v2/${repository}/manifests/${reference}`;
  await expectStatus(201, registry, 'PUT', path, { bytes: manifest.bytes, mediaType });
}

/** Pushes an image's blobs and manifest under a tag, or by digest alone. */
export async function pushImage(
  registry: RegistryLogin,
  repository: string,
  image: Image,
  tag?: string,
): Promise<void> {
  for (const blob of image.blobs) await pushBlob(registry, repository, blob);
  const reference = tag ?? image.manifest.digest;
  await pushManifest(registry, repository, reference, image.manifest, image.mediaType);
}
