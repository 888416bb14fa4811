import { type Problem, problem } from '../../../shared/errors/index.ts';
import type { AuthChallenge, Verdict } from '../../../shared/model/probe.ts';

/** One imagined server: what a look at it finds. */
export interface Server {
  readonly verdict: Verdict;
  readonly auth: AuthChallenge;
  readonly problems: readonly Problem[];
  /** The step that fails, if one does. */
  readonly failsAt?: 'resolve' | 'connect' | 'api';
  /** The proxy that leads to it. */
  readonly proxy?: string;
  /** Between two steps, in milliseconds. */
  readonly pace: number;
  readonly repositories: readonly string[] | Problem;
  /** What this machine has kept of its repositories from the day before. */
  readonly kept?: readonly string[];
  /** The server showed another certificate before; whether it still has that one's key. */
  readonly changed?: 'same-key' | 'other-key';
  /** The issuer that the server leaves out; whether it can be fetched. */
  readonly leavesOut?: 'found' | 'lost';
  /** Which API it speaks; without it, today's. */
  readonly api?: 'v1';
}

const basic: AuthChallenge = { kind: 'basic', realm: 'Registry Realm' };
const many = Array.from(
  { length: 1200 },
  (_, index) => `mirror/image-${String(index + 1).padStart(4, '0')}`,
);
const some = ['team/api', 'team/web', 'team/worker', 'library/alpine', 'tools/backup', ...many];

/** What an address that is not named below is: a registry with a certificate of its own authority and a login. */
function usual(address: string): Server {
  return {
    verdict: 'untrusted',
    auth: basic,
    problems: [problem('CERT_UNTRUSTED', { address })],
    pace: 30,
    repositories: some,
  };
}

function openServer(server: Server): Server {
  return { ...server, verdict: 'trusted', auth: { kind: 'none' }, problems: [] };
}

/** The server at an address; its name says how it behaves. */
export function serverAt(address: string): Server {
  const [host = ''] = address.split(':');
  const [kind = ''] = host.split('.');
  const server = usual(address);
  switch (kind) {
    case 'slow':
      return { ...server, pace: 60_000 };
    case 'docker':
    case 'open':
    case 'refused':
      return openServer(server);
    case 'empty':
      return { ...openServer(server), repositories: [] };
    case 'old':
      return { ...openServer(server), api: 'v1', repositories: some.slice(0, 5) };
    case 'oldmute':
      return {
        ...openServer(server),
        api: 'v1',
        repositories: problem('SEARCH_UNAVAILABLE', { address }),
      };
    case 'hidden':
      return {
        ...openServer(server),
        repositories: problem('CATALOG_UNAVAILABLE', { address, status: 404 }),
      };
    case 'kept':
      return { ...openServer(server), kept: some.slice(0, 4) };
    case 'away':
      return {
        ...openServer(server),
        repositories: problem('CONNECTION_REFUSED', { address }),
        kept: some,
      };
    case 'limited':
      return {
        ...openServer(server),
        repositories: problem('RATE_LIMITED', { address, seconds: 600 }),
      };
    case 'denied':
      return {
        ...openServer(server),
        repositories: problem('ACCESS_DENIED', { address, subject: 'registry:catalog:*' }),
        kept: some,
      };
    case 'harbor': {
      const realm = `https://${address}/service/token`;
      const auth = {
        kind: 'bearer',
        realm,
        service: 'harbor-registry',
        foreignHost: null,
      } as const;
      return { ...server, verdict: 'trusted', auth, problems: [] };
    }
    case 'renewed':
      return { ...server, changed: 'same-key' };
    case 'swapped':
      return { ...server, changed: 'other-key' };
    case 'partial':
      return { ...server, leavesOut: 'found' };
    case 'lost':
      return { ...server, leavesOut: 'lost' };
    case 'far':
      return { ...server, proxy: 'proxy.corp.example:3128' };
    case 'mtls':
      return {
        ...server,
        auth: { kind: 'none' },
        problems: [...server.problems, problem('CLIENT_CERT_REQUIRED', { address })],
      };
    case 'expired':
      return {
        ...server,
        verdict: 'expired',
        problems: [
          problem('CERT_EXPIRED', { address, subject: host, notAfter: '2026-02-01T00:00:00.000Z' }),
        ],
      };
    case 'nosan':
      return {
        ...server,
        verdict: 'no-san',
        problems: [problem('CERT_NO_SAN', { address, host })],
      };
    case 'plain':
      return { ...server, verdict: 'plain-http', problems: [problem('PLAIN_HTTP', { address })] };
    case 'closed':
      return {
        ...server,
        verdict: 'unreachable',
        failsAt: 'connect',
        problems: [problem('CONNECTION_REFUSED', { address })],
      };
    case 'web':
      return {
        ...server,
        verdict: 'not-a-registry',
        failsAt: 'api',
        problems: [problem('NOT_A_REGISTRY', { address, status: 404 })],
      };
    default:
      return server;
  }
}
