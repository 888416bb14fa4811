import { RegentError } from '../../../shared/errors/index.ts';

/** A JSON object from a registry; nothing is known of it. Only own properties of it are ever read. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** JSON of another shape than it must have; {@link reading} turns it into the error that people see. */
class ShapeError extends Error {}

/**
 * Reads JSON by hand, as schemas are slow on manifests, of which a list of tags needs thousands.
 * @throws RegentError `REGISTRY_RESPONSE_INVALID` for what is no JSON or has another shape
 */
export function reading<T>(address: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RegentError) throw error;
    const detail = 'unexpected JSON, or none';
    throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail }, error);
  }
}

/** Parses bytes. @throws Error within {@link reading} */
export function parseJson(bytes: Buffer): unknown {
  return JSON.parse(bytes.toString('utf8'));
}

/** An object. @throws Error within {@link reading} */
export function objectOf(json: unknown): JsonObject {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new ShapeError();
  return json as JsonObject;
}

/** An object, or an empty one for anything else. */
export function objectOrEmpty(json: unknown): JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
    ? (json as JsonObject)
    : {};
}

/** A list of at most so many items; null and nothing are an empty one. @throws Error within {@link reading} */
export function listOf(json: unknown, most = Number.POSITIVE_INFINITY): readonly unknown[] {
  if (json === undefined || json === null) return [];
  if (!Array.isArray(json) || json.length > most) throw new ShapeError();
  return json;
}

/** A count of bytes. @throws Error within {@link reading} */
export function sizeOf(json: unknown): number {
  if (typeof json !== 'number' || !Number.isSafeInteger(json) || json < 0) throw new ShapeError();
  return json;
}

/** A text that passes the check. @throws Error within {@link reading} */
export function textOf(json: unknown, isGood: (text: string) => boolean): string {
  if (typeof json !== 'string' || !isGood(json)) throw new ShapeError();
  return json;
}

/** A text, or an empty one for anything else. */
export function textOrEmpty(json: unknown): string {
  return typeof json === 'string' ? json : '';
}
