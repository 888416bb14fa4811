import { decodeEngineMessage, plainWords } from '../../../shared/errors/decode-engine-message.ts';
import { gotThrough } from '../../../shared/errors/got-through.ts';
import { problem } from '../../../shared/errors/index.ts';
import type { Way } from '../../../shared/model/consumer.ts';
import { lastWords } from '../../platform/last-words.ts';
import type { RunOptions } from '../../platform/run-process.ts';
import type { ProofTask, ProofTools, WayVerdict } from './proof-tools.ts';
import { LIMIT_SECONDS, runForProof } from './run-for-proof.ts';
import { answered, notProven } from './verdict.ts';

/** A command that asks for an image that is not there, or signs in as somebody who is not. */
export interface Command extends Pick<RunOptions, 'input' | 'env'> {
  readonly path: string;
  readonly args: readonly string[];
  /** The image's reference; for a sign-in the address. */
  readonly reference: string;
}

/**
 * Has a container program ask a registry. That there is no such image, or that nobody may see it, proves that it got
 * through as well as success.
 * @throws RegentError `CANCELLED`
 */
export async function askProgram(
  way: Way,
  { path, args, reference, ...options }: Command,
  task: ProofTask,
  tools: ProofTools,
): Promise<WayVerdict> {
  const { address } = task;
  const ended = await runForProof(path, args, task, tools, options);
  if (!ended) return notProven(way, 'no-tool');
  const { status, stdout, stderr, late } = ended;
  if (late) {
    return answered(way, problem('CONNECTION_TIMEOUT', { address, seconds: LIMIT_SECONDS }), '');
  }
  if (status === 0) return answered(way, null, '');
  const words = lastWords(`${stdout}\n${stderr}`);
  const found = decodeEngineMessage(words, { address, reference });
  return answered(way, gotThrough(found) ? null : found, plainWords(words));
}
