import { RegentError } from '../../shared/errors/index.ts';

/** Reads a value out of parsed JSON, or throws; every zod schema is one. */
interface Reader<T> {
  parse(json: unknown): T;
}

/**
 * Reads a JSON body from a registry.
 * @throws RegentError `REGISTRY_RESPONSE_INVALID`
 */
export function readJson<T>(body: Buffer, reader: Reader<T>, address: string): T {
  try {
    return reader.parse(JSON.parse(body.toString('utf8')));
  } catch (error) {
    const detail = 'unexpected JSON, or none';
    throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail }, error);
  }
}
