import { RegentError } from '../../../shared/errors/index.ts';
import type { Place } from '../place.ts';
import { type HttpAnswer, headerOf } from '../transport/exchange.ts';
import { isLocalHost } from '../transport/local-host.ts';

/**
 * Where an upload goes on: the `Location` of an answer, absolute or relative, its query as it came. Another host is
 * legal (distribution specification, "Pushing blobs"), as long as it is neither in the clear for a registry with TLS nor
 * this machine for a registry that is elsewhere. A registry behind a proxy that does not know its own name or scheme
 * gives such places; its uploads are then looked for where it was asked.
 * @throws RegentError `REGISTRY_RESPONSE_INVALID` where there is no usable one
 */
export function uploadLocation(answer: HttpAnswer, { session, repository }: Place): URL {
  const { address, origin } = session;
  const text = headerOf(answer, 'location');
  const url =
    text !== undefined && URL.canParse(text, answer.url.href)
      ? new URL(text, answer.url.href)
      : undefined;
  if (url && leadsTo(url, origin)) return url;
  if (url?.pathname.startsWith(`/v2/${repository}/blobs/uploads/`)) {
    return new URL(`${url.pathname}${url.search}`, origin);
  }
  const detail = 'no usable location for an upload';
  throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail });
}

function leadsTo(url: URL, origin: URL): boolean {
  if (url.username !== '' || url.password !== '') return false;
  if (url.origin === origin.origin) return true;
  const isWeb =
    url.protocol === 'https:' || (url.protocol === 'http:' && origin.protocol === 'http:');
  return isWeb && (!isLocalHost(url.hostname) || isLocalHost(origin.hostname));
}

/** The place with one more parameter; the query before it is kept to the letter, as it may be signed. */
export function withParameter(url: URL, name: string, value: string): URL {
  const next = new URL(url);
  const parameter = `${name}=${encodeURIComponent(value)}`;
  next.search = url.search === '' ? parameter : `${url.search}&${parameter}`;
  return next;
}
