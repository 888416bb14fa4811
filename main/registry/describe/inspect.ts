import { isUtf8 } from 'node:buffer';
import { RegentError } from '../../../shared/errors/index.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import type { ImageDetails } from '../../../shared/model/image-details.ts';
import type { Place } from '../place.ts';
import { type Annotations, readAnnotations } from './annotations.ts';
import { fetchManifest, type Manifest } from './fetch-manifest.ts';
import { inspectImage } from './inspect-image.ts';
import { inspectIndex } from './inspect-index.ts';
import type { Inspected, Wanted } from './inspected.ts';
import { legacyFacts } from './legacy-facts.ts';
import { type JsonObject, objectOrEmpty } from './read-value.ts';

/**
 * Tells all that an image or artifact tells of itself. Of an index, the sizes of all its images, and one of them in
 * detail. Text is cleaned, but for the manifest, which is the registry's to the byte.
 * @throws RegentError as of `fetchManifest`; `PLATFORM_NOT_FOUND` when it is not for the platform asked for
 */
export async function inspect(
  place: Place,
  reference: string,
  platform?: string,
): Promise<ImageDetails> {
  const { address } = place.session;
  const manifest = await fetchManifest(place, reference);
  const { digest, mediaType, bytes, json } = manifest;
  if (!isUtf8(bytes)) {
    const detail = 'a manifest that is no UTF-8';
    throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail });
  }
  const annotations = readAnnotations(json.annotations);
  const { content, ...inspected } = await inspectManifest(
    place,
    manifest,
    { reference, platform },
    annotations,
  );
  return {
    digest,
    mediaType,
    ...content,
    ...inspected,
    subject: subjectOf(json),
    annotations,
    manifest: bytes.toString('utf8'),
    warnings: manifest.warnings,
  };
}

async function inspectManifest(
  place: Place,
  manifest: Manifest,
  wanted: Wanted,
  annotations: Annotations,
): Promise<Inspected> {
  const { kind } = manifest;
  switch (kind) {
    case 'image':
    case 'artifact':
      return inspectImage(place, manifest, wanted, annotations);
    case 'index':
      return inspectIndex(place, manifest, wanted, annotations);
    case 'schema1': {
      const image = await legacyFacts(place, manifest);
      const content = { kind: 'legacy-image', detail: null } as const;
      return { content, platforms: [], image, storedSize: image.size };
    }
    default:
      return assertNever(kind);
  }
}

/** The digest of what the manifest is about (OCI image specification 1.1, `subject`). */
function subjectOf(json: JsonObject): string | null {
  const { digest } = objectOrEmpty(json.subject);
  return typeof digest === 'string' && isDigest(digest) ? digest : null;
}
