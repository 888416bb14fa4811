import type { ProbeEvent } from '../../../shared/contract/registries.ts';
import { type Problem, problem } from '../../../shared/errors/index.ts';
import type { AuthChallenge } from '../../../shared/model/probe.ts';
import { isFirstGeneration } from '../../../shared/model/registry-v1.ts';
import type { Answer } from './ask.ts';
import { type Draft, failStep, noteNoRegistry, skipAfter } from './draft.ts';
import {
  mayBeFirstGeneration,
  readAuth,
  registryVersion,
  wantsClientCertificate,
} from './judge-answer.ts';
import { begun, ended } from './step.ts';

/** Who is known to be asked. */
export interface AskedServer {
  /** Whether it would like to see a client certificate. */
  readonly asksForCertificate: boolean;
  /** Whether a gate before the registry may answer, which lets nobody through who shows nothing. */
  readonly isGated: boolean;
}

/** Asks the server once more, on a new connection. */
export type AskAgain = (path: string) => Promise<Answer | Problem>;

/**
 * The steps `api` and `auth`, from the answer to `GET /v2/`; fills in the report.
 */
export async function* askApi(
  draft: Draft,
  answer: Answer | Problem,
  askAgain: AskAgain,
  { asksForCertificate, isGated }: AskedServer,
): AsyncGenerator<ProbeEvent, void, void> {
  if ('code' in answer) {
    if (answer.code === 'CLIENT_CERT_REQUIRED') draft.dockerSays ??= wordsOfRefusal(draft);
    yield* failToAsk(draft, answer);
    return;
  }
  if (mayBeFirstGeneration(answer)) {
    const ping = await askAgain('/v1/_ping');
    if (!('code' in ping) && isFirstGeneration(ping)) {
      draft.api = 'v1';
      yield ended('api', { state: 'attention', facts: { version: '1' } });
      // What it lets everybody know is that it is there; whether more is for all, this does not say.
      yield* answer.status === 401 ? askAuth(draft, answer) : skipAfter('api');
      return;
    }
  }
  const version = registryVersion(answer);
  if (version !== undefined) {
    draft.api = 'v2';
    yield ended('api', { state: 'ok', facts: { version } });
    yield* askAuth(draft, answer);
    return;
  }
  if (wantsClientCertificate(answer, asksForCertificate)) {
    const { address } = draft;
    yield* failToAsk(draft, problem('CLIENT_CERT_REQUIRED', { address }));
    return;
  }
  if (isGated) {
    // What is behind it, only those find out to whom the user's headers may be sent.
    yield ended('api', { state: 'attention', facts: { version: 'gate' } });
    yield* skipAfter('api');
    return;
  }
  yield* failToAsk(draft, noteNoRegistry(draft, answer.status));
}

/** Go's words; up to TLS 1.2 the handshake itself fails. Only a server that is trusted gets as far as that. */
function wordsOfRefusal({ tlsVersion, verdict }: Draft): string | null {
  if (verdict !== 'trusted') return null;
  return tlsVersion === null
    ? 'remote error: tls: handshake failure'
    : 'remote error: tls: certificate required';
}

/** A server that wants a client certificate is there and keeps the verdict on its own certificate. */
async function* failToAsk(draft: Draft, failure: Problem): AsyncGenerator<ProbeEvent, void, void> {
  if (failure.code === 'NOT_A_REGISTRY') {
    noteNoRegistry(draft, failure.data.status);
    // It comes first, since nothing that is wrong with the certificate matters then.
    const others = draft.problems;
    draft.problems = [];
    yield* failStep(draft, 'api', {}, failure);
    draft.problems = [...draft.problems, ...others];
    return;
  }
  if (failure.code !== 'CLIENT_CERT_REQUIRED' && failure.code !== 'TLS_FAILED') {
    draft.verdict = 'unreachable';
  }
  yield* failStep(draft, 'api', {}, failure);
}

function* askAuth(draft: Draft, answer: Answer): Generator<ProbeEvent, void, void> {
  const { address } = draft;
  const origin = `${draft.scheme}://${address}`;
  yield begun('auth');
  const auth = readAuth(answer, origin);
  if (!auth) {
    const { status } = answer;
    yield* failStep(draft, 'auth', {}, problem('REGISTRY_ERROR', { address, status, detail: '' }));
    return;
  }
  draft.auth = auth;
  if (auth.kind === 'unsupported') {
    const { scheme } = auth;
    const unsupported = problem('AUTH_UNSUPPORTED', { address, scheme });
    draft.problems = [...draft.problems, unsupported];
    yield ended('auth', { state: 'attention', facts: { scheme }, problem: unsupported });
    return;
  }
  yield ended('auth', { state: 'ok', facts: { kind: auth.kind, host: hostOf(auth, origin) } });
}

function hostOf(auth: AuthChallenge, origin: string): string {
  return auth.kind === 'bearer' ? new URL(auth.realm, origin).host : new URL(origin).host;
}
