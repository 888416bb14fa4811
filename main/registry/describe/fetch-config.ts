import { RegentError } from '../../../shared/errors/index.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';
import { fetchBlob } from './fetch-manifest.ts';
import { inlinedData } from './inlined-data.ts';
import type { Descriptor } from './manifest.ts';
import { type JsonObject, objectOf, parseJson, reading } from './read-value.ts';

const LOST: ReadonlySet<string> = new Set(['BLOB_NOT_FOUND', 'REGISTRY_RESPONSE_INVALID']);

/**
 * Fetches and parses a config blob; null when the registry has lost it or it makes no sense.
 * @throws RegentError as of `fetchBlob` for all other failures
 */
export async function fetchConfig(place: Place, config: Descriptor): Promise<JsonObject | null> {
  try {
    const bytes =
      inlinedData(config) ?? (await fetchBlob(place, config.digest, limits.imageConfig));
    return reading(place.session.address, () => objectOf(parseJson(bytes)));
  } catch (error) {
    if (error instanceof RegentError && LOST.has(error.code)) return null;
    throw error;
  }
}
