import { limits } from './limits.ts';
import { readJson } from './read-json.ts';

/**
 * The list of names in one page, by hand: a schema would look at each of them for nothing. What they are is not known
 * yet. Servers have `null` where there are none.
 * @throws RegentError `REGISTRY_RESPONSE_INVALID` for other JSON, or none, and for a list that is too long
 */
export function readNames(
  body: Buffer,
  key: 'repositories' | 'tags',
  address: string,
): readonly unknown[] {
  return readJson(body, { parse: (json) => namesIn(json, key) }, address);
}

function namesIn(json: unknown, key: string): readonly unknown[] {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new TypeError('no object');
  const names = (json as Readonly<Record<string, unknown>>)[key] ?? [];
  if (!Array.isArray(names) || names.length > limits.namesPerPage)
    throw new TypeError('no such list');
  return names;
}
