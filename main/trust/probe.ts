import type { Duplex } from 'node:stream';
import type { ProbeEvent } from '../../shared/contract/registries.ts';
import { type Problem, problem } from '../../shared/errors/index.ts';
import { isLoopback } from '../../shared/model/address.ts';
import type { Clock } from '../platform/clock.ts';
import { adviseRightCertificate } from './advice/right-certificate.ts';
import { completeChain, type FetchIssuer } from './material/complete-chain.ts';
import { type AskAgain, askApi } from './probe/ask-api.ts';
import { checkClock } from './probe/check-clock.ts';
import { beginDraft, type Draft, failStep } from './probe/draft.ts';
import { issuerFetcher } from './probe/fetch-issuer.ts';
import { type Reached, reachServer, resolveHost } from './probe/find-server.ts';
import { judgeTls, readChain } from './probe/judge-tls.ts';
import { beginLook, type Look, type Resolver, systemResolver } from './probe/look.ts';
import type { FindProxyWay } from './probe/proxy-way.ts';
import { isLoopbackIp } from './probe/reachable-ip.ts';
import { askOverTls, askPlain, hearSpeech, openAgain, type Speech } from './probe/speak.ts';
import { begun, ended } from './probe/step.ts';
import type { Pool } from './verify/pool.ts';
import type { Presented } from './verify/verify-chain.ts';
import type { ReadCertificate } from './x509/read-certificate.ts';

/** What a look at a server needs. */
export interface ProbeOptions {
  readonly signal: AbortSignal;
  /** What Docker accepts on this machine. */
  readonly roots: Pool;
  readonly clock: Clock;
  /** The certificates that the user has trusted for this address, in PEM, oldest first. */
  readonly expected?: readonly string[];
  /** Whether to fetch issuers that the server left out, over plain HTTP from where its certificates say. */
  readonly complete?: boolean;
  readonly resolver?: Resolver;
  /** Finds the proxies of this machine; without it every way is direct. */
  readonly findProxyWay?: FindProxyWay;
  /** Whether the user has told of a gate before the registry, by headers that it wants to see. None of them is sent. */
  readonly isGated?: boolean;
  /** The ports at which issuers may be; 80 and 8080 unless a test's server is elsewhere. */
  readonly issuerPorts?: readonly number[];
  /** How long one step may take, in milliseconds; 3 seconds unless a test is in a hurry. */
  readonly stepMs?: number;
}

const STEP_MS = 3000;

/**
 * Looks at a server: name, connection, TLS, registry API, sign-in. Sends no credentials, follows no redirect,
 * changes nothing. Yields each step as it begins and ends, at last the report; what is wrong with the server
 * is in the report and not thrown.
 * @throws RegentError `ADDRESS_INVALID`, or `CANCELLED` once the signal fires
 */
export async function* probe(
  address: string,
  options: ProbeOptions,
): AsyncGenerator<ProbeEvent, void, void> {
  const { signal, stepMs = STEP_MS, findProxyWay } = options;
  const look = beginLook(address, { signal, stepMs, findProxyWay });
  const draft = beginDraft(address);
  try {
    yield* takeSteps(look, draft, options);
    // Docker prints nothing there: it accepts any certificate, and plain HTTP too.
    draft.loopback = isLoopback(address) || draft.ips.some(isLoopbackIp);
    if (draft.loopback) draft.dockerSays = null;
    draft.advice = adviseRightCertificate(draft);
    yield { type: 'report', report: draft };
  } finally {
    look.close();
  }
}

async function* takeSteps(
  look: Look,
  draft: Draft,
  options: ProbeOptions,
): AsyncGenerator<ProbeEvent, void, void> {
  const ips = yield* resolve(look, draft, options);
  if (!ips) return;

  yield begun('connect', { port: look.port });
  const reached = await reachServer(look, ips);
  if ('code' in reached) {
    yield* failStep(draft, 'connect', { port: look.port }, reached);
    return;
  }
  draft.proxy = reached.connection.way?.name ?? null;
  yield ended('connect', {
    state: 'ok',
    facts: { port: reached.port, proxy: draft.proxy ?? 'none' },
  });

  yield begun('tls');
  const speech = await hearSpeech(look, reached);
  switch (speech.kind) {
    case 'neither':
      draft.dockerSays = speech.dockerSays;
      yield* failStep(draft, 'tls', {}, speech.problem);
      return;
    case 'plain':
      yield* goOnPlain(look, draft, reached, speech);
      return;
    case 'tls':
      yield* goOnWithTls(look, draft, options, reached, speech);
  }
}

/** The step `resolve`; undefined where the look ends with it. Behind a proxy, that one looks the name up. */
async function* resolve(
  look: Look,
  draft: Draft,
  { resolver = systemResolver }: ProbeOptions,
): AsyncGenerator<ProbeEvent, readonly string[] | undefined, void> {
  const { host } = look.parts;
  if (await look.isProxied()) {
    yield ended('resolve', { state: 'skipped' });
    return [];
  }
  if (!look.isIp) yield begun('resolve', { host });
  const ips = await resolveHost(look, resolver);
  if ('code' in ips) {
    yield* failStep(draft, 'resolve', { host }, ips);
    return undefined;
  }
  draft.ips = ips;
  const found = { host, ips: ips.join(', ') };
  yield ended('resolve', look.isIp ? { state: 'skipped' } : { state: 'ok', facts: found });
  return ips;
}

/** The rest of a look at a server that speaks plain HTTP. */
async function* goOnPlain(
  look: Look,
  draft: Draft,
  reached: Reached,
  speech: Speech & { readonly kind: 'plain' },
): AsyncGenerator<ProbeEvent, void, void> {
  const plain = problem('PLAIN_HTTP', { address: look.address });
  draft.scheme = 'http';
  draft.verdict = 'plain-http';
  // On port 80 Docker would not even get there: it asks port 443.
  draft.dockerSays = reached.plain ? null : 'http: server gave HTTP response to HTTPS client';
  draft.problems = [plain];
  yield ended('tls', { state: 'attention', facts: { scheme: 'http' }, problem: plain });
  yield begun('api');
  const askAgain: AskAgain = (path) => askPlain(look, reached, path);
  yield* askApi(draft, speech.answer, askAgain, { asksForCertificate: false, isGated: false });
}

/** The rest of a look at a server that speaks TLS. */
async function* goOnWithTls(
  look: Look,
  draft: Draft,
  options: ProbeOptions,
  reached: Reached,
  speech: Speech & { readonly kind: 'tls' },
): AsyncGenerator<ProbeEvent, void, void> {
  draft.scheme = 'https';
  draft.tlsVersion = speech.version;
  const { roots, expected: trusted = [], clock } = options;
  const yardstick = { roots, trusted, now: clock.now() };
  const chain = readChain(speech.chain);
  const presented: Presented = { chain: 'code' in chain ? [] : chain, host: look.parts.host };
  if ('code' in chain) draft.verdict = 'invalid-chain';
  const fetched = options.complete ? await fetchMissing(look, draft, options, presented) : [];
  draft.problems = 'code' in chain ? [chain] : judgeTls(draft, presented, fetched, yardstick);
  const [first] = draft.problems;
  if (first) {
    yield ended('tls', { state: 'attention', facts: { scheme: 'https' }, problem: first });
  } else {
    yield ended('tls', { state: 'ok', facts: { version: speech.version ?? 'TLS' } });
  }
  yield begun('api');
  const { connection, asksForClientCertificate } = speech;
  const askOn = (open: Duplex | Problem, path: string) =>
    'code' in open ? open : askOverTls(look, open, path, asksForClientCertificate);
  const answer = await askOn(connection, '/v2/');
  const askAgain: AskAgain = async (path) => askOn(await openAgain(look, reached), path);
  yield* askApi(draft, answer, askAgain, {
    asksForCertificate: asksForClientCertificate,
    isGated: options.isGated ?? false,
  });
  const { verdict, address } = draft;
  if (!('code' in answer) && (verdict === 'expired' || verdict === 'not-yet-valid')) {
    const differs = checkClock(answer, { ...yardstick, address, presented });
    if (differs) draft.problems = [...draft.problems, differs];
  }
}

/** The issuers that the server left out; each answer has a step's time. */
function fetchMissing(
  look: Look,
  { ips }: Draft,
  { signal, resolver = systemResolver, issuerPorts }: ProbeOptions,
  { chain }: Presented,
): Promise<readonly ReadCertificate[]> {
  const fetchOne = issuerFetcher(ips, resolver, issuerPorts);
  const fetch: FetchIssuer = (url) => look.within((stepSignal) => fetchOne(url, stepSignal));
  return completeChain(chain, { signal, fetch });
}
