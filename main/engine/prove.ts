import { RegentError } from '../../shared/errors/index.ts';
import type { Proof, Way } from '../../shared/model/consumer.ts';
import { allEnded } from '../platform/all-ended.ts';
import { askToPull, askToSignIn, type EngineAnswer } from './ask-engine.ts';
import { askToBuild, type DockerCli } from './ask-to-build.ts';
import { type ChosenEngine, chooseEngine, type EngineFinder } from './choose-engine.ts';
import { isConfidential } from './endpoint.ts';
import { isLocal } from './engine-facts.ts';
import { judge, judgeBuild, judgePull, notProven, type Verdict } from './judge-answer.ts';
import type { SocketOwner } from './known-sockets.ts';
import { type LookUp, whyLenient } from './leniency.ts';
import type { EngineAuth } from './registry-auth.ts';
import { withinTime } from './within-time.ts';

/** What a proof needs beside the question. */
export interface ProofTools extends EngineFinder {
  readonly lookUp: LookUp;
  /** This machine's name. */
  readonly hostname: string;
  /** Finds the docker CLI, which alone can build; undefined where there is none. */
  readonly findCli: () => Promise<DockerCli | undefined>;
}

/** How an engine shall be asked. */
export interface ProofQuestion {
  /** The account to get in with; null to get through only. */
  readonly auth: EngineAuth | null;
  /**
   * Whether the registry is trusted as one that speaks plain HTTP: then an engine that lists it as insecure is
   * asked, too, and never with the account.
   */
  readonly plainHttp?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An engine, and why its answers prove nothing; null when they do. */
interface Asked extends ChosenEngine {
  readonly reason: Proof['reason'];
}

const ways: readonly Way[] = ['sign-in', 'pull', 'push', 'build'];

/**
 * Has an engine itself say whether it can sign in to a registry, pull and build from it; Docker reads trust
 * separately for each. Pushing reads it just as pulling does, and would write, so it is not asked. Where the engine
 * would accept anything (loopback, insecure registries) it is not asked either: its answer would prove nothing, and it
 * could send the account in the clear. An engine on another machine is asked, but reads trust there.
 * @throws RegentError `CANCELLED` when the signal fires
 */
export async function proveByEngine(
  consumer: SocketOwner,
  address: string,
  question: ProofQuestion,
  tools: ProofTools,
): Promise<readonly Proof[]> {
  const all = (verdict: Verdict) => ways.map((way) => ({ consumer, way, ...verdict }));
  try {
    const asked = await withinTime(address, question.signal, async (signal): Promise<Asked> => {
      const engine = await chooseEngine(consumer, tools, signal);
      return { ...engine, reason: await findReason(consumer, engine, address, tools) };
    });
    if ('problem' in asked) return all(notProven('no-engine', asked.problem));
    const { reason } = asked;
    const isLenient = reason === 'loopback' || reason === 'insecure-registry';
    if (isLenient && !question.plainHttp) return all(notProven(reason));
    const verdicts = await askAll(
      address,
      question,
      tools,
      isLenient ? { ...asked, reason: null } : asked,
    );
    return ways.map((way) => ({ consumer, way, ...verdicts[way] }));
  } catch (error) {
    if (!(error instanceof RegentError) || error.code === 'CANCELLED') throw error;
    return all(notProven('no-engine', error.toProblem()));
  }
}

async function askAll(
  address: string,
  { auth, plainHttp, signal }: ProofQuestion,
  { findCli }: ProofTools,
  { connection, info, reason }: Asked,
): Promise<Readonly<Record<Way, Verdict>>> {
  // A proof nobody asked for by name is no reason to say a password where others can hear it.
  const account = isConfidential(connection.endpoint) && !plainHttp ? auth : null;
  const ask = (question: (signal: AbortSignal) => Promise<EngineAnswer>) =>
    withinTime(address, signal, question);
  const cli = await findCli();
  const [signIn, pull, build] = await allEnded([
    ask((either) => askToSignIn(connection, address, account, either)),
    ask((either) => askToPull(connection, address, account, either)),
    cli && ask((either) => askToBuild(cli, connection.endpoint, address, null, either)),
  ]);
  const pulled = judgePull(pull, reason, info);
  return {
    'sign-in': judge(signIn, reason),
    pull: pulled,
    push: notProven('same-as-pull'),
    build: build ? judgeBuild(build, reason, info, pulled) : notProven('no-tool'),
  };
}

async function findReason(
  consumer: SocketOwner,
  { connection, info }: ChosenEngine,
  address: string,
  { lookUp, hostname }: ProofTools,
): Promise<Proof['reason']> {
  // First: an engine in a virtual machine, too, would send the account in the clear.
  const lenient = await whyLenient(address, info, lookUp);
  if (lenient !== null) return lenient;
  // The others are virtual machines on this one, and are asked as such.
  const isHere = consumer === 'docker-engine' || consumer === 'docker-rootless';
  return !isHere || isLocal(connection, info, hostname) ? null : 'remote-engine';
}
