import type { ProbeEvent } from '../../../shared/contract/registries.ts';
import type { Certificate } from '../../../shared/model/certificate.ts';
import type {
  Advice,
  ProbeReport,
  ProbeStep,
  ProbeStepId,
  TrustCandidate,
  Verdict,
} from '../../../shared/model/probe.ts';
import {
  ca,
  caFingerprint,
  intermediate,
  leafFingerprint,
  leafFor,
  previousFor,
} from './certificates.ts';
import { pause } from './pause.ts';
import { type Server, serverAt } from './servers.ts';

const ids: readonly ProbeStepId[] = ['resolve', 'connect', 'tls', 'api', 'auth'];

/** What is looked at, and how. */
interface Wish {
  readonly address: string;
  readonly isTrusted: boolean;
  /** Whether issuers that the server leaves out are fetched. */
  readonly complete: boolean;
}

/** Looks at an imagined server as the real probe does, step by step. */
export async function* probe(
  wish: Wish,
  signal: AbortSignal,
): AsyncGenerator<ProbeEvent, void, void> {
  const { address, isTrusted } = wish;
  const server = serverAt(address);
  for (const id of ids) {
    yield { type: 'step', step: stepOf(id, 'running', address, server, isTrusted) };
    await pause(server.pace, signal);
    const fails = server.failsAt === id;
    const state = fails ? 'failed' : isAttention(id, server, isTrusted) ? 'attention' : 'ok';
    yield { type: 'step', step: stepOf(id, state, address, server, isTrusted) };
    if (fails) break;
  }
  yield { type: 'report', report: reportOf(wish, server) };
}

function isAttention(id: ProbeStepId, server: Server, isTrusted: boolean): boolean {
  return id === 'tls' && server.verdict !== 'trusted' && !isTrusted;
}

function stepOf(
  id: ProbeStepId,
  state: ProbeStep['state'],
  address: string,
  server: Server,
  isTrusted: boolean,
): ProbeStep {
  const [host = '', port = '443'] = address.split(':');
  return {
    id,
    state,
    facts: {
      host,
      port: Number(port),
      ips: '192.168.1.20',
      proxy: server.proxy ?? 'none',
      version: id === 'api' ? '2.0' : 'TLS 1.3',
      scheme: server.verdict === 'plain-http' ? 'http' : 'https',
      kind: server.auth.kind,
    },
    problem: state === 'failed' && !isTrusted ? (server.problems[0] ?? null) : null,
  };
}

function reportOf({ address, isTrusted, complete }: Wish, server: Server): ProbeReport {
  const [host = ''] = address.split(':');
  const verdict = isTrusted ? 'trusted' : server.verdict;
  const isPlain = verdict === 'plain-http';
  const isLoopback = address.startsWith('127.');
  const isFetched = complete && server.leavesOut === 'found';
  return {
    address,
    scheme: isPlain ? 'http' : 'https',
    ips: ['192.168.1.20'],
    proxy: server.proxy ?? null,
    tlsVersion: isPlain ? null : 'TLS 1.3',
    certificates: isPlain || server.failsAt ? [] : [...chainOf(host, server, isFetched)],
    fetched: isFetched ? [intermediate.sha256, caFingerprint] : [],
    verdict,
    dockerSays:
      verdict === 'untrusted' && !isLoopback
        ? `Get "https://${address}/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority`
        : null,
    problems: isTrusted ? [] : server.problems,
    candidates: verdict === 'untrusted' ? candidatesOf(server, isFetched) : [],
    loopback: isLoopback,
    previous: server.changed && !isTrusted ? previousFor(host) : null,
    sameKey: server.changed === 'same-key',
    advice: isTrusted ? null : adviceFor(host, verdict),
    api: 'v2',
    auth: server.auth,
  };
}

function chainOf(host: string, { leavesOut }: Server, isFetched: boolean): readonly Certificate[] {
  if (!leavesOut) return [leafFor(host), ca];
  const leaf = { ...leafFor(host), issuer: intermediate.subject };
  return isFetched ? [leaf, intermediate, ca] : [leaf];
}

function candidatesOf({ leavesOut }: Server, isFetched: boolean): readonly TrustCandidate[] {
  const leaf: TrustCandidate = { sha256: leafFingerprint, kind: 'leaf' };
  return leavesOut && !isFetched ? [leaf] : [{ sha256: caFingerprint, kind: 'ca' }, leaf];
}

function adviceFor(host: string, verdict: Verdict): Advice | null {
  const kind = verdict === 'plain-http' ? 'switch-on' : 'renew';
  if (!['plain-http', 'expired', 'no-san'].includes(verdict)) return null;
  return {
    kind,
    names: [`DNS:${host}`],
    steps: [
      {
        id: 'make',
        text: `openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days 397 \\\n  -addext "subjectAltName=DNS:${host}"`,
      },
      { id: 'registry', text: 'docker run -d -p 5000:5000 registry:2' },
      { id: 'check', text: 'openssl x509 -noout -fingerprint -sha256 -in registry.crt' },
    ],
  };
}
