import { isDigest } from '../../../shared/model/digest.ts';
import type { Platform } from '../../../shared/model/platform.ts';
import { readConfigFacts } from './config.ts';
import {
  type JsonObject,
  listOf,
  objectOf,
  objectOrEmpty,
  parseJson,
  sizeOf,
  textOf,
} from './read-value.ts';

/** What a legacy manifest (schema 1) tells; it holds no sizes. */
export interface Legacy {
  readonly created: string | null;
  readonly platform: Platform | undefined;
  /** The newest layer's own description, which holds the image's. */
  readonly newest: JsonObject;
  /** Oldest first. */
  readonly steps: readonly LegacyStep[];
}

/** One layer of it with what made it. `layer` is undefined where the manifest names fewer layers than steps. */
interface LegacyStep {
  readonly layer: string | undefined;
  readonly v1: JsonObject;
}

/** No image has more layers. */
const LAYERS = 1000;
const isText = () => true;

/**
 * The bytes that a schema 1 manifest's digest is about: those before the signatures were put in (Docker's
 * "Image Manifest Version 2, Schema 1"). An unsigned one is all of it.
 */
export function signedPayload(bytes: Buffer): Buffer {
  try {
    const [signature] = listOf(objectOf(parseJson(bytes)).signatures);
    const header = Buffer.from(textOf(objectOf(signature).protected, isText), 'base64url');
    const { formatLength, formatTail } = objectOf(parseJson(header));
    const tail = Buffer.from(textOf(formatTail, isText), 'base64url');
    return Buffer.concat([bytes.subarray(0, sizeOf(formatLength)), tail]);
  } catch {
    return bytes;
  }
}

/**
 * Reads a schema 1 manifest; its newest layer, the first in the list, describes the image.
 * @throws Error within `reading`
 */
export function readLegacy(json: JsonObject): Legacy {
  const layers = listOf(json.fsLayers, LAYERS).map((layer) =>
    textOf(objectOf(layer).blobSum, isDigest),
  );
  const history = listOf(json.history, LAYERS).map(v1Of);
  const newest = objectOf(history[0]);
  const isPaired = layers.length === history.length;
  const steps = history.map((v1, at) => ({ v1, layer: isPaired ? layers[at] : undefined }));
  const facts = readConfigFacts(newest);
  return { ...facts, newest, steps: steps.reverse() };
}

/** Each layer carries its description as JSON in a text; those of lower layers may be anything. */
function v1Of(step: unknown, at: number): JsonObject {
  const text = textOf(objectOf(step).v1Compatibility, isText);
  if (at === 0) return objectOf(JSON.parse(text));
  try {
    return objectOrEmpty(JSON.parse(text));
  } catch {
    return {};
  }
}
