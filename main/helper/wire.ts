/** A login as docker sends it to `store`. */
export interface StoreRequest {
  readonly serverUrl: string;
  readonly username: string;
  readonly secret: string;
}

/**
 * Reads what a client sent for `get` and `erase`, as generously as the official helpers: lines are glued together
 * without their ends, then trimmed (docker-credential-helpers: credentials/credentials.go).
 */
export function readServerKey(input: string): string {
  return input.replace(/\r?\n/g, '').trim();
}

/**
 * Reads what a client sent for `store`: the first JSON object, whatever follows it; its names in any case, as Go reads
 * them; a missing value is empty. Undefined when it is no such object.
 */
export function readStoreRequest(input: string): StoreRequest | undefined {
  const json = parseFirst(input.replace(/\r?\n/g, '').trim()) ?? {};
  if (typeof json !== 'object' || Array.isArray(json)) return undefined;
  const found = { serverurl: '', username: '', secret: '' };
  for (const [name, value] of Object.entries(json)) {
    const field = name.toLowerCase();
    if (field !== 'serverurl' && field !== 'username' && field !== 'secret') continue;
    if (value === null) continue;
    if (typeof value !== 'string') return undefined;
    // Half a character is replaced, as Go does it: nothing else keeps one.
    found[field] = Buffer.from(value).toString();
  }
  return { serverUrl: found.serverurl.trim(), username: found.username, secret: found.secret };
}

/** No object, and no `null` either, which Go takes for an empty one. */
const NOT_JSON = '';

function parseFirst(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const end = endOfFirstObject(text);
    return end === undefined || end === text.length ? NOT_JSON : parseFirst(text.slice(0, end));
  }
}

/** Where the first `{…}` ends, strings taken into account; undefined when it does not. */
function endOfFirstObject(text: string): number | undefined {
  let depth = 0;
  const token = /"(?:[^"\\]|\\.)*"|[{}]/g;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === '{') depth += 1;
    if (match[0] === '}') depth -= 1;
    if (depth === 0) return match[0] === '}' ? token.lastIndex : undefined;
  }
  return undefined;
}

/** One line of JSON as Go writes it: without characters that could end a script or a line. */
export function formatJson(value: unknown): string {
  return `${escapeAsGo(JSON.stringify(value))}\n`;
}

/** The same for a map, whose keys Go sorts by their bytes, and a JavaScript object would put numbers first. */
export function formatMap(map: ReadonlyMap<string, string>): string {
  const fields = [...map]
    .sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{${escapeAsGo(fields.join(','))}}\n`;
}

function escapeAsGo(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
