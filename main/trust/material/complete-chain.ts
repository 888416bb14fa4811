import { checkSignatureFrom } from '../verify/signature.ts';
import { isSelfIssued } from '../x509/describe-certificate.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';
import { issuerUrls } from './issuer-urls.ts';
import { readOpenFile } from './read-authority-file.ts';

/** Fetches what is at a URL. @throws whatever stands in the way; the next URL is tried then */
export type FetchIssuer = (url: URL, signal: AbortSignal) => Promise<Uint8Array>;

/** What fetching issuers needs. */
export interface Fetching {
  readonly signal: AbortSignal;
  readonly fetch: FetchIssuer;
}

/** No chain in use is longer; a hostile server could name issuers without end. */
const MOST_FETCHES = 5;

/** An authority has few certificates for one name; each signature that is checked takes time. */
const MOST_CANDIDATES = 16;

/**
 * Fetches the issuers that a chain lacks from where its certificates say that they are, up to a root. What comes
 * back counts only if it really signed the certificate that named it. That makes nobody trustworthy: it is as
 * unauthenticated as the chain itself.
 * @returns the issuers in their order; none when nothing is missing or nothing could be fetched
 */
export async function completeChain(
  chain: readonly ReadCertificate[],
  { signal, fetch }: Fetching,
): Promise<readonly ReadCertificate[]> {
  const fetched: ReadCertificate[] = [];
  let last = topOf(chain);
  for (let left = MOST_FETCHES; last && !isSelfIssued(last); ) {
    let issuer: ReadCertificate | undefined;
    for (const url of issuerUrls(last)) {
      if (left === 0 || signal.aborted || issuer) break;
      left -= 1;
      issuer = await fetchIssuer(url, last, { signal, fetch });
    }
    const known = [...chain, ...fetched];
    if (!issuer || known.some(({ sha256 }) => sha256 === issuer.sha256)) break;
    fetched.push(issuer);
    last = issuer;
  }
  return fetched;
}

/** The last certificate on the way from the leaf to its issuers, however the server has ordered them. */
function topOf(chain: readonly ReadCertificate[]): ReadCertificate | undefined {
  let [top] = chain;
  const seen = new Set<ReadCertificate>();
  for (let next = top; next && !seen.has(next); next = chain.find(isIssuerOf(next))) {
    seen.add(next);
    top = next;
    if (isSelfIssued(next)) break;
  }
  return top;
}

function isNamedBy(child: ReadCertificate) {
  return ({ subject }: ReadCertificate) => Buffer.compare(subject, child.issuer) === 0;
}

function isIssuerOf(child: ReadCertificate) {
  const isNamed = isNamedBy(child);
  return (candidate: ReadCertificate) =>
    isNamed(candidate) && checkSignatureFrom(child, candidate) === undefined;
}

async function fetchIssuer(
  url: URL,
  child: ReadCertificate,
  { signal, fetch }: Fetching,
): Promise<ReadCertificate | undefined> {
  try {
    const bytes = await fetch(url, signal);
    const named = readOpenFile(bytes, url.href).certificates.filter(isNamedBy(child));
    return named.slice(0, MOST_CANDIDATES).find(isIssuerOf(child));
  } catch {
    return undefined;
  }
}
