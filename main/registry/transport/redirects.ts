import { RegentError } from '../../../shared/errors/index.ts';
import { limits } from '../limits.ts';
import { type Exchange, type HttpAnswer, type HttpRequest, headerOf } from './exchange.ts';
import { isLocalHost } from './local-host.ts';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Follows redirects, five at most. `Authorization` is dropped for good at the first change of scheme, host or
 * port; nothing but a blob is led from HTTPS to HTTP, and nothing from the network to this machine's own services. A form
 * with a secret in it goes nowhere but to the same server, and only where the answer wants it sent again as it is.
 * @throws RegentError `REGISTRY_RESPONSE_INVALID` for any other redirect
 */
export function withRedirects(exchange: Exchange, nameOf: (url: URL) => string): Exchange {
  return async (request) => {
    let next = request;
    for (let hops = 0; hops <= limits.redirects; hops += 1) {
      const answer = await exchange(next);
      if (!REDIRECTS.has(answer.status)) return answer;
      const location = headerOf(answer, 'location');
      if (location === undefined) return answer;
      const url = targetOf(answer, location, next);
      if (!url || !mayLead(next, answer, url))
        throw refused(nameOf(request.url), 'a redirect that must not be followed');
      next = { ...next, url, headers: headersFor(next, url) };
    }
    throw refused(nameOf(request.url), 'too many redirects');
  };
}

function targetOf(
  { url: from }: HttpAnswer,
  location: string,
  { mayGoPlain }: HttpRequest,
): URL | undefined {
  if (!URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from.href);
  const isPlain = to.protocol === 'http:' && (from.protocol === 'http:' || mayGoPlain === true);
  const isWeb = to.protocol === 'https:' || isPlain;
  const turnsInward = isLocalHost(to.hostname) && !isLocalHost(from.hostname);
  return isWeb && !turnsInward && to.username === '' && to.password === '' ? to : undefined;
}

/** 307 and 308 keep the method and the body; the others make a GET of it (RFC 9110, 15.4). */
function mayLead({ method, url: from }: HttpRequest, { status }: HttpAnswer, to: URL): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  return (status === 307 || status === 308) && to.origin === from.origin;
}

function headersFor({ url: from, headers }: HttpRequest, to: URL): HttpRequest['headers'] {
  if (to.origin === from.origin) return headers;
  const { authorization: _, ...others } = headers;
  return others;
}

function refused(address: string, detail: string): RegentError {
  return new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail });
}
