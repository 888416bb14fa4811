import type { Duplex } from 'node:stream';
import { type Problem, problem } from '../../../shared/errors/index.ts';
import { fetchChain, type TlsOutcome } from '../fetch-chain.ts';
import { type Answer, ask } from './ask.ts';
import type { Connection } from './connect.ts';
import type { Reached } from './find-server.ts';
import { isRegistryItself } from './judge-answer.ts';
import type { Look } from './look.ts';
import { codeOf, networkProblem } from './network-problem.ts';
import type { ProxyWay } from './proxy-way.ts';
import type { TooOld } from './tls-records.ts';

/** How a server speaks, as far as it got. */
export type Speech =
  | {
      readonly kind: 'tls';
      /** DER, leaf first. */
      readonly chain: readonly Uint8Array[];
      readonly version: string | null;
      /** Whether it would like to see a client certificate. */
      readonly asksForClientCertificate: boolean;
      /** Open for one question, or why the server refused the handshake after showing its chain. */
      readonly connection: Duplex | Problem;
    }
  | { readonly kind: 'plain'; readonly answer: Answer }
  | { readonly kind: 'neither'; readonly problem: Problem; readonly dockerSays: string | null };

/** Finds out whether a server speaks TLS or plain HTTP. */
export async function hearSpeech(look: Look, reached: Reached): Promise<Speech> {
  if (reached.plain) return { kind: 'plain', answer: reached.plain };
  const { address } = look;
  try {
    const outcome = await look.within((signal) =>
      fetchChain(reached.connection.socket, serverNameOf(look), signal),
    );
    switch (outcome.kind) {
      case 'open':
        return { ...outcome, kind: 'tls', connection: outcome.socket };
      case 'refused':
        return refused(address, outcome);
      default:
        return await hearPlain(look, reached, outcome.kind);
    }
  } catch (error) {
    const failure = networkProblem(error, address, look.seconds);
    return { kind: 'neither', problem: failure, dockerSays: 'net/http: TLS handshake timeout' };
  }
}

function refused(address: string, outcome: TlsOutcome & { readonly kind: 'refused' }): Speech {
  const { chain, asksForClientCertificate, tooOld } = outcome;
  const failure = problemOfRefusal(address, outcome);
  if (chain.length === 0 || tooOld) {
    // Docker does not get as far as looking at a chain.
    const dockerSays = tooOld ? wordsOfTooOld(tooOld) : wordsOfAlert(outcome);
    return { kind: 'neither', problem: failure, dockerSays };
  }
  return { kind: 'tls', chain, version: null, asksForClientCertificate, connection: failure };
}

function problemOfRefusal(
  address: string,
  { tooOld, asksForClientCertificate, detail }: TlsOutcome & { readonly kind: 'refused' },
): Problem {
  if (tooOld) return problem('TLS_TOO_OLD', { address, version: nameOfTooOld(tooOld) });
  return asksForClientCertificate
    ? problem('CLIENT_CERT_REQUIRED', { address })
    : problem('TLS_FAILED', { address, detail });
}

function nameOfTooOld(tooOld: TooOld): string {
  if (tooOld.kind === 'refused') return 'none';
  return tooOld.minor === 0 ? 'SSL 3.0' : `TLS 1.${tooOld.minor - 1}`;
}

/** Go's words (crypto/tls, alert.go and handshake_client.go). */
function wordsOfTooOld(tooOld: TooOld): string {
  return tooOld.kind === 'refused'
    ? 'remote error: tls: protocol version not supported'
    : `tls: server selected unsupported protocol version 30${tooOld.minor}`;
}

/** A server that refuses before it shows a certificate, as one does whose key is too weak, treats Go the same way. */
function wordsOfAlert({ chain, detail }: TlsOutcome & { readonly kind: 'refused' }): string | null {
  const isRefusal = chain.length === 0 && detail.endsWith('_ALERT_HANDSHAKE_FAILURE');
  return isRefusal ? 'remote error: tls: handshake failure' : null;
}

/** Asks in the clear: what didn't answer TLS may be a plain HTTP server, also one that hung up without a word. */
async function hearPlain(
  look: Look,
  reached: Reached,
  first: 'http' | 'closed' | 'other',
): Promise<Speech> {
  const heard = await askInTheClear(look, reached, '/v2/');
  // A server that said something in the clear to a handshake has said so itself, whatever stands between.
  if (!('code' in heard) && (first === 'http' || isRegistryItself(heard.answer, heard.way))) {
    return { kind: 'plain', answer: heard.answer };
  }
  const { address } = look;
  const detail =
    first === 'closed' ? 'EOF' : 'tls: first record does not look like a TLS handshake';
  return {
    kind: 'neither',
    problem: problem('TLS_FAILED', { address, detail }),
    dockerSays: detail,
  };
}

/** Asks in the clear, on a new connection. */
export async function askPlain(
  look: Look,
  reached: Reached,
  path: string,
): Promise<Answer | Problem> {
  const heard = await askInTheClear(look, reached, path);
  return 'code' in heard ? heard : heard.answer;
}

async function askInTheClear(
  look: Look,
  { connection, port }: Reached,
  path: string,
): Promise<{ readonly answer: Answer; readonly way: ProxyWay | undefined } | Problem> {
  try {
    return await look.within(async (signal) => {
      const { socket, way } = await look.connect(
        ipsOf(connection),
        { scheme: 'http', port },
        signal,
      );
      return { answer: await ask(socket, look.address, path, signal, way), way };
    });
  } catch (error) {
    return networkProblem(error, look.address, look.seconds);
  }
}

/** Shakes hands once more, for one more question. */
export async function openAgain(
  look: Look,
  { connection, port }: Reached,
): Promise<Duplex | Problem> {
  const failed = problem('TLS_FAILED', { address: look.address, detail: '' });
  try {
    return await look.within(async (signal) => {
      const { socket } = await look.connect(ipsOf(connection), { scheme: 'https', port }, signal);
      const outcome = await fetchChain(socket, serverNameOf(look), signal);
      return outcome.kind === 'open' ? outcome.socket : failed;
    });
  } catch (error) {
    return networkProblem(error, look.address, look.seconds);
  }
}

/** The address that answered; none where a proxy did. */
function ipsOf({ ip }: Connection): readonly string[] {
  return ip === '' ? [] : [ip];
}

function serverNameOf(look: Look): string | undefined {
  return look.isIp ? undefined : look.parts.host;
}

/** How a server may hang up in TLS 1.3 for want of a client certificate when its alert got lost. */
const HUNG_UP = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

/**
 * Asks a server that speaks TLS; the problem when it hangs up instead, as it does for want of a client certificate.
 * @param asksForCertificate whether it would like to see one
 */
export async function askOverTls(
  look: Look,
  connection: Duplex,
  path: string,
  asksForCertificate: boolean,
): Promise<Answer | Problem> {
  try {
    return await look.within((signal) => ask(connection, look.address, path, signal));
  } catch (error) {
    const code = codeOf(error);
    const { address } = look;
    const wantsCertificate =
      code.includes('CERTIFICATE_REQUIRED') ||
      (asksForCertificate && (HUNG_UP.has(code) || code.includes('_ALERT_')));
    if (wantsCertificate) return problem('CLIENT_CERT_REQUIRED', { address });
    if (code.startsWith('HPE_')) return problem('NOT_A_REGISTRY', { address, status: 0 });
    return networkProblem(error, address, look.seconds);
  }
}
