import { headerLines } from './www-authenticate.ts';

/** An answer to `GET /v1/_ping`. */
interface Answer {
  readonly status: number;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

const SIGNS = ['x-docker-registry-version', 'x-docker-registry-standalone'];

/**
 * Whether `GET /v1/_ping` was answered by a registry of the first generation (docker-registry 0.6 to 0.9, in Python): by
 * its headers, of which each version has others, or by a body of `true` or of a JSON object.
 */
export function isFirstGeneration({ status, rawHeaders, body }: Answer): boolean {
  if (status !== 200) return false;
  return SIGNS.some((name) => headerLines(rawHeaders, name).length > 0) || isPong(body);
}

function isPong(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    return json === true || (typeof json === 'object' && json !== null && !Array.isArray(json));
  } catch {
    return false;
  }
}
