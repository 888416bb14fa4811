import { inspect } from '../../../../main/registry/describe/inspect.ts';
import type { ImageDetails } from '../../../../shared/model/image-details.ts';
import { describeBlob, jsonBlob, manifestReply, serveContent } from '../../../fakes/images.ts';
import type { FakeServer, Reply } from '../../../fakes/registry.ts';
import type { Blob } from '../../../lab/image-parts.ts';
import { calm, openClient, openFake } from '../open-fake.ts';

/** Media types of the OCI image specification. */
export const oci = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
};

/** What a fake registry has, by reference. */
export type Content = Readonly<Record<string, Reply>>;

/** A time that every config of the tests states. */
export const created = '2026-01-02T03:04:05Z';

/** A layer's descriptor; nobody fetches it. */
export const layer = (size: number, digit: string, more: object = {}) => ({
  ...{ mediaType: oci.layer, digest: `sha256:${digit.repeat(64)}`, size },
  ...more,
});

/** A config blob for linux/amd64. */
export const configOf = (more: object = {}): Blob =>
  jsonBlob({ os: 'linux', architecture: 'amd64', created, ...more });

/** An image manifest. */
export const imageOf = (config: Blob, layers: readonly object[], more: object = {}): Blob =>
  jsonBlob({ mediaType: oci.manifest, config: describeBlob(oci.config, config), layers, ...more });

/** An index over descriptors. */
export const indexOf = (manifests: readonly object[], more: object = {}): Blob =>
  jsonBlob({ mediaType: oci.index, manifests, ...more });

/** Content that serves these blobs under their digests. */
export const blobs = (...all: readonly Blob[]): Content =>
  Object.fromEntries(all.map(({ digest, bytes }) => [digest, { body: bytes }]));

/** Content that serves a manifest under a tag and its digest. */
export const manifestAt = (reference: string, manifest: Blob, type = oci.manifest): Content => ({
  [reference]: manifestReply(type, manifest),
  [manifest.digest]: manifestReply(type, manifest),
});

/** Inspects `t` of the repository `x` in a registry that has this. */
export async function inspectT(
  content: Content,
  platform?: string,
): Promise<{ readonly fake: FakeServer; readonly details: ImageDetails }> {
  const fake = await openFake(serveContent('x', content));
  const place = openClient(fake).at('x', calm);
  return { fake, details: await inspect(place, 't', platform) };
}
