import * as z from 'zod';

/** A header that one registry is sent with every request, without its value, which is a secret. */
export const registryHeaderSchema = z
  .object({
    name: z.string(),
    /** When its value was set (ISO 8601). */
    updatedAt: z.string(),
  })
  .readonly();

/** How long a name may be, and a value: all headers of a request together have 8 KiB at most servers. */
const longestHeader = { name: 128, value: 8_000 } as const;

/** Whether the text can be a header's name: a token (RFC 9110, 5.6.2). */
export function isHeaderName(text: string): boolean {
  return text.length <= longestHeader.name && /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i.test(text);
}

/**
 * Whether the text can be a header's value: visible US-ASCII, with spaces and tabs only inside (RFC 9110, 5.5, without
 * the octets that it calls obsolete, which every program reads in another way).
 */
export function isHeaderValue(text: string): boolean {
  return (
    text.length <= longestHeader.value && /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/.test(text)
  );
}

/** Headers of HTTP's own that frame a message, name who it is for, or are about this one connection (RFC 9110, 7). */
const OF_HTTP: ReadonlySet<string> = new Set([
  ...[
    'host',
    'connection',
    'keep-alive',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
    'expect',
  ],
  ...['via', 'date', 'http2-settings', 'max-forwards'],
]);

/** Headers that Regent writes itself, by what is asked and who asks; cookies are a browser's, and go stale. */
const OF_REGENT: ReadonlySet<string> = new Set([
  ...['authorization', 'cookie', 'cookie2', 'user-agent', 'accept', 'range', 'origin', 'referer'],
  ...['x-docker-token'],
]);

const FAMILIES = ['content-', 'accept-', 'if-', 'proxy-', 'sec-'] as const;

/** Whether a header is not for people to set. */
export function isTakenHeader(name: string): boolean {
  const lower = name.toLowerCase();
  const isOfFamily = FAMILIES.some((family) => lower.startsWith(family));
  return OF_HTTP.has(lower) || OF_REGENT.has(lower) || isOfFamily;
}

export type RegistryHeader = z.infer<typeof registryHeaderSchema>;
