import { RegentError } from '../../../shared/errors/index.ts';
import type { Layer, Referrer } from '../../../shared/model/image-details.ts';
import { type Annotations, annotationOf, readAnnotations } from '../describe/annotations.ts';
import { contentKindOf, predicateTypeOf } from '../describe/content-kind.ts';
import { readCreated } from '../describe/created.ts';
import { fetchManifest, type Manifest } from '../describe/fetch-manifest.ts';
import { type Descriptor, type Image, readImage } from '../describe/manifest.ts';
import { reading, textOrEmpty } from '../describe/read-value.ts';
import { cleanText } from '../hostile-text.ts';
import type { Place } from '../place.ts';
import type { FoundReferrer } from './found-referrer.ts';

const CREATED = 'org.opencontainers.image.created';

/**
 * Tells what a referrer is and what can be read in it, by its manifest. One that is lost or makes no sense is told by its
 * descriptor alone.
 * @throws RegentError the usual ones
 */
export async function describeReferrer(place: Place, found: FoundReferrer): Promise<Referrer> {
  const manifest = await fetchReferrer(place, found.digest);
  const image = manifest && imageIn(manifest);
  const layers = (image?.layers ?? []).map((layer) => ({ ...partOf(layer), layer }));
  const annotations = mergeAnnotations(
    readAnnotations(manifest?.json.annotations),
    readAnnotations(found.annotations),
  );
  const artifactType =
    found.artifactType ?? (textOrEmpty(manifest?.json.artifactType) || undefined);
  const configType = image?.config?.mediaType;
  const { mediaType, digest, size, platform, foundBy, tag } = found;
  const stated = { mediaType: mediaType || manifest?.mediaType || '', artifactType, configType };
  return {
    ...{ digest, mediaType: cleanText(stated.mediaType), size, platform, foundBy, annotations },
    kind: contentKindOf({ ...stated, annotations, layers, tag }).kind,
    type: cleanText(typeOf({ annotations, layers }) ?? artifactType ?? configType ?? ''),
    created: readCreated(annotationOf(annotations, CREATED)),
    documents: layers.filter(({ layer }) => !layer.isForeign).map(({ layer }) => documentOf(layer)),
  };
}

async function fetchReferrer(place: Place, digest: string): Promise<Manifest | undefined> {
  try {
    return await fetchManifest(place, digest, 'by-index');
  } catch (error) {
    const own = ['TAG_NOT_FOUND', 'DIGEST_MISMATCH', 'REGISTRY_RESPONSE_INVALID'];
    if (error instanceof RegentError && own.includes(error.code)) return undefined;
    throw error;
  }
}

function imageIn({ json, kind }: Manifest): Image | undefined {
  if (kind !== 'image' && kind !== 'artifact') return undefined;
  try {
    return reading('', () => readImage(json));
  } catch {
    return undefined;
  }
}

function partOf({ mediaType, source }: Descriptor) {
  return { mediaType, annotations: readAnnotations(source.annotations) };
}

/** The predicate of what is in it, by the bundle's own annotation or that of a layer. */
function typeOf({
  annotations,
  layers,
}: {
  readonly annotations: Annotations;
  readonly layers: readonly { readonly annotations: Annotations }[];
}): string | undefined {
  const own = annotationOf(annotations, 'dev.sigstore.bundle.predicateType');
  const types = layers.map((layer) => predicateTypeOf(layer.annotations));
  return own ?? types.find((type) => type !== undefined);
}

function mergeAnnotations(own: Annotations, listed: Annotations): Annotations {
  const names = new Set(own.map(([name]) => name));
  return [...own, ...listed.filter(([name]) => !names.has(name))];
}

function documentOf({ digest, isForeign, mediaType, size }: Descriptor): Layer {
  return {
    ...{ digest, mediaType: cleanText(mediaType), size, createdBy: null, foreign: isForeign },
  };
}
