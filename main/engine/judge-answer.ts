import { type Problem, problem } from '../../shared/errors/index.ts';
import type { Proof } from '../../shared/model/consumer.ts';
import type { EngineAnswer } from './ask-engine.ts';
import { type EngineInfo, hasContainerdStore } from './engine-facts.ts';

/** What a proof says beside whose and which way it is. */
export type Verdict = Pick<Proof, 'outcome' | 'problem' | 'reason' | 'detail'>;

/** @param reason why the answer proves nothing; null when it does */
export function judge(answer: EngineAnswer, reason: Proof['reason']): Verdict {
  if (reason !== null) return { outcome: 'not-proven', reason, ...answer };
  return { outcome: answer.problem === null ? 'proven' : 'refused', reason, ...answer };
}

/** What was not asked. */
export function notProven(reason: Proof['reason'], why: Problem | null = null): Verdict {
  return { outcome: 'not-proven', problem: why, reason, detail: '' };
}

/**
 * As {@link judge}, for a pull. Tells an engine that is too old to trust a token server from a token server with
 * another certificate: with the containerd store engines ask it without any trust of theirs up to 29.4
 * (moby/moby#52361).
 */
export function judgePull(
  { problem: found, detail }: EngineAnswer,
  reason: Proof['reason'],
  info: EngineInfo,
): Verdict {
  const version = info.ServerVersion;
  const isTooOld = hasContainerdStore(info) && isBefore(version, 29, 5);
  return found?.code === 'ENGINE_TOKEN_UNTRUSTED' && isTooOld
    ? judge({ problem: problem(found.code, { ...found.data, version }), detail }, reason)
    : judge({ problem: found, detail }, reason);
}

/**
 * As {@link judge}, for a build. Up to 24 the BuildKit inside the engine reads trust only when the engine starts
 * (moby, builder-next), so it may refuse what a pull accepts.
 */
export function judgeBuild(
  answer: EngineAnswer,
  reason: Proof['reason'],
  info: EngineInfo,
  pulled: Verdict,
): Verdict {
  const judged = judge(answer, reason);
  const code = judged.problem?.code;
  const isTrust = code === 'ENGINE_UNTRUSTED' || code === 'ENGINE_PLAIN_HTTP';
  const isLate = isTrust && pulled.outcome === 'proven' && isBefore(info.ServerVersion, 25, 0);
  return isLate ? { ...judged, reason: 'restart-first' } : judged;
}

/** Whether a version such as `28.5.2` is an earlier one. One that can't be read is none. */
function isBefore(version: string, major: number, minor: number): boolean {
  const [, theirMajor, theirMinor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (theirMajor === undefined) return false;
  const difference = Number(theirMajor) - major || Number(theirMinor) - minor;
  return difference < 0;
}
