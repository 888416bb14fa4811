import { problem, RegentError } from '../../shared/errors/index.ts';
import type { Proof } from '../../shared/model/trust.ts';
import { askToPull, askToSignIn } from './ask-engine.ts';
import { isConfidential } from './endpoint.ts';
import { isLocal, readInfo } from './engine-facts.ts';
import type { Connection } from './find-engine.ts';
import { type LookUp, whyLenient } from './leniency.ts';
import type { EngineAuth } from './registry-auth.ts';

/** What a proof needs beside the question. */
export interface ProofTools {
  /** Finds the engine. */
  readonly connect: () => Promise<Connection>;
  readonly lookUp: LookUp;
  /** This machine's name. */
  readonly hostname: string;
}

/** Docker reads trust separately for each way in. */
type Way = Proof['way'];

const consumer = 'docker-engine';

/** An engine that tries an unreachable registry gives up after about as long by itself. */
const LIMIT_SECONDS = 60;

/**
 * Has Docker Engine itself say whether it can sign in to a registry or pull from it. Where it would accept anything
 * (loopback, insecure registries) it is not asked: its answer would prove nothing, and it could send the account
 * in the clear. An engine on another machine is asked, but reads trust there.
 * @throws RegentError `CANCELLED` when the signal fires
 */
export async function prove(
  way: Way,
  address: string,
  auth: EngineAuth | null,
  tools: ProofTools,
  signal: AbortSignal | undefined,
): Promise<Proof> {
  const limit = AbortSignal.timeout(LIMIT_SECONDS * 1000);
  const either = signal ? AbortSignal.any([signal, limit]) : limit;
  try {
    const connection = await tools.connect();
    const reason = await findReason(connection, address, tools, either);
    if (reason === 'loopback' || reason === 'insecure-registry') return notProven(way, reason);
    const ask = way === 'sign-in' ? askToSignIn : askToPull;
    // A proof nobody asked for by name is no reason to say a password where others can hear it.
    const account = isConfidential(connection.endpoint) ? auth : null;
    const answer = await ask(connection, address, account, either);
    if (reason !== null) return { ...notProven(way, reason), ...answer };
    const outcome = answer.problem === null ? 'proven' : 'refused';
    return { consumer, way, outcome, reason, ...answer };
  } catch (error) {
    if (signal?.aborted) throw new RegentError('CANCELLED', { subject: address });
    if (limit.aborted) {
      const late = problem('CONNECTION_TIMEOUT', { address, seconds: LIMIT_SECONDS });
      return { consumer, way, outcome: 'refused', problem: late, reason: null, detail: '' };
    }
    if (!(error instanceof RegentError)) throw error;
    return { ...notProven(way, 'no-engine'), problem: error.toProblem() };
  }
}

async function findReason(
  connection: Connection,
  address: string,
  { lookUp, hostname }: ProofTools,
  signal: AbortSignal,
): Promise<Proof['reason']> {
  const info = await readInfo(connection, signal);
  // First: an engine in a virtual machine, too, would send the account in the clear.
  const lenient = await whyLenient(address, info, lookUp);
  if (lenient !== null) return lenient;
  return isLocal(connection, info, hostname) ? null : 'remote-engine';
}

function notProven(way: Way, reason: Proof['reason']): Proof {
  return { consumer, way, outcome: 'not-proven', problem: null, reason, detail: '' };
}
