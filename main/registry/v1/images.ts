import { isUtf8 } from 'node:buffer';
import { RegentError } from '../../../shared/errors/index.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import { headerLines } from '../../../shared/model/www-authenticate.ts';
import { inParallel } from '../describe/in-parallel.ts';
import {
  type JsonObject,
  listOf,
  objectOf,
  parseJson,
  reading,
  textOf,
} from '../describe/read-value.ts';
import { limits } from '../limits.ts';
import { type HttpAnswer, headerOf } from '../transport/exchange.ts';
import { warningsOf } from '../warnings.ts';
import { isImageId } from './image-id.ts';
import type { FirstPlace } from './place.ts';

/** An image of the first generation: one layer and what is told of it, upon its parent. */
export interface FirstImage {
  readonly id: string;
  /** What is told of it; nothing where the registry has lost it. */
  readonly json: JsonObject;
  /** The same, byte for byte. */
  readonly text: string;
  /** Bytes of its layer as the registry keeps it; null where it does not say. */
  readonly size: number | null;
  /** `sha256:…` of it and its layer, as the registry has counted them; each version names the header otherwise. */
  readonly checksums: readonly string[];
  readonly warnings: readonly string[];
}

/** An image with all that it stands upon. */
export interface Lineage {
  readonly newest: FirstImage;
  /** Oldest first, the newest last. */
  readonly images: readonly FirstImage[];
}

/** What such registries say of everything that they tell of an image. */
export const FIRST_TYPE = 'application/json';

/** No image has more layers. */
const LAYERS = 1000;
/** What is told of an image and all that it stands upon, together, in characters. */
const LINEAGE = limits.manifestBytesPerTag;
const WIDTH = 8;

const CHECKSUMS = ['x-docker-checksum', 'x-docker-payload-checksum', 'x-docker-checksum-payload'];

/**
 * Fetches an image with all that it stands upon.
 * @param name the tag, for the words of errors
 * @throws RegentError `TAG_NOT_FOUND` where the image is lost, `REGISTRY_RESPONSE_INVALID` for an ancestry that is none
 */
export async function fetchLineage(place: FirstPlace, id: string, name: string): Promise<Lineage> {
  const { address } = place.session;
  const { body } = await askOf(place, id, 'ancestry', name);
  const ids = reading(address, () => readAncestry(parseJson(body), id));
  const newest = await fetchImage(place, id, name);
  let length = newest.text.length;
  const others = await inParallel(ids.slice(1).reverse(), WIDTH, async (one) => {
    const image = await fetchImage(place, one, name).catch((error: unknown) => {
      if (!isLost(error)) throw error;
      return { id: one, json: {}, text: '', size: null, checksums: [], warnings: [] };
    });
    length += image.text.length;
    if (length > LINEAGE) throw new RegentError('RESPONSE_TOO_LARGE', { address, limit: LINEAGE });
    return image;
  });
  return { newest, images: [...others, newest] };
}

/**
 * The ids of an ancestry, which begins with the image itself and ends with its base.
 * @throws Error within `reading`, also where it is another image's, goes in a circle, or has no end
 */
export function readAncestry(json: unknown, id: string): readonly string[] {
  const ids = listOf(json, LAYERS).map((one) => textOf(one, isImageId));
  if (ids[0] !== id || new Set(ids).size < ids.length) throw new TypeError('no ancestry');
  return ids;
}

/** What is told of one image. @throws RegentError as of {@link fetchLineage} */
async function fetchImage(place: FirstPlace, id: string, name: string): Promise<FirstImage> {
  const answer = await askOf(place, id, 'json', name);
  const json = reading(place.session.address, () => readImageJson(answer.body, id));
  const size = headerOf(answer, 'x-docker-size') ?? '';
  return {
    ...{ id, json, text: answer.body.toString('utf8'), warnings: warningsOf(answer) },
    size: /^\d{1,15}$/.test(size) ? Number(size) : null,
    checksums: CHECKSUMS.flatMap((name) => headerLines(answer.rawHeaders, name)).filter(isDigest),
  };
}

function readImageJson(body: Buffer, id: string): JsonObject {
  const json = objectOf(parseJson(body));
  if (!isUtf8(body) || (json.id !== undefined && json.id !== id)) {
    throw new TypeError('another image');
  }
  return json;
}

function askOf(
  { ask, repository, signal }: FirstPlace,
  id: string,
  part: 'json' | 'ancestry',
  name: string,
): Promise<HttpAnswer> {
  const subject = { kind: 'manifest', repository, reference: name } as const;
  return ask({ path: `images/${id}/${part}`, subject, limit: limits.imageConfig, signal });
}

/** 404, and 400 for one whose upload was never finished. */
function isLost(error: unknown): boolean {
  if (!(error instanceof RegentError)) return false;
  const { code, data } = error;
  if (code === 'TAG_NOT_FOUND') return true;
  return code === 'REGISTRY_ERROR' && 'status' in data && data.status === 400;
}
