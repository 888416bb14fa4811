import { isUtf8 } from 'node:buffer';

/** Characters that setting out may come to; hostile JSON can be nested so that it would come to gigabytes. */
const LONGEST = 8 * 1024 * 1024;
const DEEPEST = 64;
const INDENT = 2;

/**
 * JSON set out in lines, the payloads of DSSE envelopes in it unwrapped (they are JSON in base64: signatures of
 * attestations are about those bytes). Undefined for what is no JSON object or list, and for what would get too long.
 */
export function readableJson(text: string): string | undefined {
  const json = parse(text);
  if (typeof json !== 'object' || json === null || costOf(json, 1) > LONGEST) return undefined;
  const unwrapped = unwrap(json, 0);
  if (costOf(unwrapped, 1) > LONGEST) return undefined;
  return JSON.stringify(unwrapped, undefined, INDENT);
}

/** Characters of a value when it is set out, near enough; infinitely many when it is too deep. */
function costOf(json: unknown, depth: number): number {
  if (typeof json === 'string') return json.length;
  if (typeof json !== 'object' || json === null) return 8;
  if (depth > DEEPEST) return Number.POSITIVE_INFINITY;
  let cost = 4;
  for (const [name, value] of Object.entries(json)) {
    cost += depth * INDENT + name.length + 6 + costOf(value, depth + 1);
    if (cost > LONGEST) return cost;
  }
  return cost;
}

function unwrap(json: unknown, depth: number): unknown {
  if (typeof json !== 'object' || json === null || depth > DEEPEST) return json;
  if (Array.isArray(json)) return json.map((item: unknown) => unwrap(item, depth + 1));
  const entries = Object.entries(json);
  const { payload, payloadType, signatures } = json as Readonly<Record<string, unknown>>;
  const isEnvelope = typeof payload === 'string' && typeof payloadType === 'string';
  const inner = isEnvelope && Array.isArray(signatures) ? payloadOf(payload) : undefined;
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      name === 'payload' && inner !== undefined ? inner : unwrap(value, depth + 1),
    ]),
  );
}

/** What an envelope carries, as JSON or as text; undefined for anything else. */
function payloadOf(payload: string): unknown {
  const bytes = Buffer.from(payload, 'base64');
  if (bytes.length === 0 || bytes.includes(0) || !isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  return parse(text) ?? text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
