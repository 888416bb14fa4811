import { createHash } from 'node:crypto';
import { inParallel } from '../../describe/in-parallel.ts';
import type { Place } from '../../place.ts';
import { fetchLineage } from '../images.ts';
import type { FirstPlace } from '../place.ts';
import { findImageId } from '../tags.ts';
import { imageConfig } from './image-config.ts';
import { measureLayer } from './measure-layer.ts';
import { type Shelved, serveFromShelf } from './shelf.ts';

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const CONFIG = 'application/vnd.docker.container.image.v1+json';
const WIDTH = 3;

/**
 * Makes an image of today (Docker's schema 2, which all registries take) of one of the first generation, as far as reading
 * goes: a place where it can be read like any other. All layers are read once for their digests, and again by whoever wants
 * them, verified then; nothing is kept on the disk. The same image always gets the same digest.
 * @throws RegentError as of `fetchLineage` and `measureLayer`
 */
export async function convertImage(first: FirstPlace, reference: string): Promise<Place> {
  const { session, repository, signal } = first;
  const id = await findImageId(first, reference);
  const lineage = await fetchLineage(first, id, reference);
  const shelf = new Map<string, Shelved>(
    lineage.images.map((image) => [image.id, { kind: 'layer', id: image.id }]),
  );
  const place = { session, authorizer: serveFromShelf(first, shelf), repository, signal };
  const layers = await inParallel(lineage.images, WIDTH, (image) => measureLayer(place, image));
  for (const [at, { digest }] of layers.entries()) {
    shelf.set(digest, { kind: 'layer', id: lineage.images[at]?.id ?? id });
  }
  const put = (mediaType: string, bytes: Buffer) => {
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    const shelved = { kind: 'bytes', mediaType, bytes } as const;
    shelf.set(digest, shelved);
    return { shelved, descriptor: { mediaType, size: bytes.length, digest } };
  };
  const config = imageConfig(
    lineage,
    layers.map(({ diffId }) => diffId),
  );
  const manifest = {
    ...{ schemaVersion: 2, mediaType: MANIFEST, config: put(CONFIG, config).descriptor },
    layers: layers.map(({ mediaType, size, digest }) => ({ mediaType, size, digest })),
  };
  shelf.set(reference, put(MANIFEST, Buffer.from(JSON.stringify(manifest))).shelved);
  return place;
}
