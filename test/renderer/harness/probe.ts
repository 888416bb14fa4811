import type { ProbeEvent } from '../../../shared/contract/registries.ts';
import type { ProbeReport, ProbeStep, ProbeStepId } from '../../../shared/model/probe.ts';
import { ca, caFingerprint, leafFingerprint, leafFor } from './certificates.ts';
import { pause } from './pause.ts';
import { type Server, serverAt } from './servers.ts';

const ids: readonly ProbeStepId[] = ['resolve', 'connect', 'tls', 'api', 'auth'];

/** Looks at an imagined server as the real probe does, step by step. */
export async function* probe(
  address: string,
  isTrusted: boolean,
  signal: AbortSignal,
): AsyncGenerator<ProbeEvent, void, void> {
  const server = serverAt(address);
  for (const id of ids) {
    yield { type: 'step', step: stepOf(id, 'running', address, server, isTrusted) };
    await pause(server.pace, signal);
    const fails = server.failsAt === id;
    const state = fails ? 'failed' : isAttention(id, server, isTrusted) ? 'attention' : 'ok';
    yield { type: 'step', step: stepOf(id, state, address, server, isTrusted) };
    if (fails) break;
  }
  yield { type: 'report', report: reportOf(address, server, isTrusted) };
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
      version: id === 'api' ? '2.0' : 'TLS 1.3',
      scheme: server.verdict === 'plain-http' ? 'http' : 'https',
      kind: server.auth.kind,
    },
    problem: state === 'failed' && !isTrusted ? (server.problems[0] ?? null) : null,
  };
}

function reportOf(address: string, server: Server, isTrusted: boolean): ProbeReport {
  const [host = ''] = address.split(':');
  const verdict = isTrusted ? 'trusted' : server.verdict;
  const isPlain = verdict === 'plain-http';
  return {
    address,
    scheme: isPlain ? 'http' : 'https',
    ips: ['192.168.1.20'],
    tlsVersion: isPlain ? null : 'TLS 1.3',
    certificates: isPlain || server.failsAt ? [] : [leafFor(host), ca],
    verdict,
    dockerSays:
      verdict === 'untrusted'
        ? `Get "https://${address}/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority`
        : null,
    problems: isTrusted ? [] : server.problems,
    candidates:
      verdict === 'untrusted'
        ? [
            { sha256: caFingerprint, kind: 'ca' },
            { sha256: leafFingerprint, kind: 'leaf' },
          ]
        : [],
    api: 'v2',
    auth: server.auth,
  };
}
