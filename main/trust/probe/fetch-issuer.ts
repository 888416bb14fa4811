import { request } from 'node:http';
import { isIP } from 'node:net';
import type { FetchIssuer } from '../material/complete-chain.ts';
import type { Resolver } from './look.ts';
import { mayReach } from './reachable-ip.ts';

/** In bytes; a PKCS#7 message with a whole chain has some 10 KiB. */
const ANSWER_LIMIT = 256 * 1024;

/** Where authorities publish; a certificate must not make us knock at other services. */
const ISSUER_PORTS: readonly number[] = [80, 8080];

/** Why nothing was fetched; nobody reads it but the log. */
class NotFetched extends Error {
  override readonly name = 'NotFetched';
}

/**
 * Makes the function that fetches an issuer's certificate: one GET over plain HTTP, without cookies or anything
 * else that identifies anyone, to an address that is looked up once and may be reached; one redirect, to plain
 * HTTP again and under the same rule.
 * @param registry the registry's own IP addresses
 * @param ports 80 and 8080 unless a test's server is elsewhere
 */
export function issuerFetcher(
  registry: readonly string[],
  resolver: Resolver,
  ports: readonly number[] = ISSUER_PORTS,
): FetchIssuer {
  return async (url, signal) => {
    const first = await get(url, signal);
    if ('body' in first) return first.body;
    const second = await get(new URL(first.location, url), signal);
    if ('body' in second) return second.body;
    throw new NotFetched('redirected twice');
  };

  async function get(url: URL, signal: AbortSignal): Promise<Got> {
    if (url.protocol !== 'http:' || url.username !== '') throw new NotFetched('not plain HTTP');
    if (!ports.includes(Number(url.port || 80))) throw new NotFetched('not a port of the web');
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const ips = isIP(host) ? [host] : await resolver(host);
    const ip = ips.find((candidate) => mayReach(candidate, registry));
    if (ip === undefined) throw new NotFetched('not a place to ask');
    return ask(url, ip, signal);
  }
}

type Got = { readonly body: Uint8Array } | { readonly location: string };

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** The IP address is given, so that the name can't lead elsewhere between the check and the connection. */
function ask(url: URL, ip: string, signal: AbortSignal): Promise<Got> {
  return new Promise((resolve, reject) => {
    const question = request({
      ...{ host: ip, port: url.port || 80, path: `${url.pathname}${url.search}`, signal },
      ...{ method: 'GET', agent: false },
      headers: { Host: url.host, Accept: '*/*', 'User-Agent': 'regent', Connection: 'close' },
    });
    question.once('error', reject);
    question.once('response', (response) => {
      response.once('error', reject);
      const { statusCode = 0, headers } = response;
      const settle = (act: () => void) => {
        act();
        question.destroy();
      };
      const { location } = headers;
      if (REDIRECTS.has(statusCode) && location !== undefined) {
        settle(() => resolve({ location }));
        return;
      }
      if (statusCode !== 200) {
        settle(() => reject(new NotFetched(`HTTP ${statusCode}`)));
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > ANSWER_LIMIT) settle(() => reject(new NotFetched('too big')));
      });
      response.once('end', () => resolve({ body: Buffer.concat(chunks) }));
    });
    question.end();
  });
}
