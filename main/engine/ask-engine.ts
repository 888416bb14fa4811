import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { decodeEngineMessage, plainWords } from '../../shared/errors/decode-engine-message.ts';
import { gotThrough } from '../../shared/errors/got-through.ts';
import { type Problem, RegentError } from '../../shared/errors/index.ts';
import { callEngine } from './call-engine.ts';
import { createImage } from './create-image.ts';
import type { Connection } from './find-engine.ts';
import { messageOf, parseJson, readBody } from './read-body.ts';
import { authConfig, type EngineAuth } from './registry-auth.ts';

/** What an engine answered to a question about a registry: no problem when that way in works. */
export interface EngineAnswer {
  readonly problem: Problem | null;
  /** Its own words. */
  readonly detail: string;
}

/** A question to an engine: with an account it must get in, without one it must only get through to the registry. */
export type Question = (
  connection: Connection,
  address: string,
  auth: EngineAuth | null,
  signal: AbortSignal,
) => Promise<EngineAnswer>;

const statusSchema = z.object({ Status: z.string() });

/**
 * Asks an engine to sign in. It stores nothing. Without an account it tries a user who does not exist, so that no
 * real one is ever locked out; being refused as that user proves trust as well as being let in.
 */
export const askToSignIn: Question = async ({ endpoint, apiVersion }, address, auth, signal) => {
  const login = authConfig(address, auth ?? nobody());
  const response = await callEngine(endpoint, {
    method: 'POST',
    path: `/v${apiVersion}/auth`,
    body: JSON.stringify(login),
    signal,
  });
  const body = await readBody(endpoint, response, signal);
  if (response.statusCode === 200 || response.statusCode === 204) {
    const status = statusSchema.safeParse(parseJson(body));
    return { problem: null, detail: plainWords(status.data?.Status ?? '') };
  }
  const message = messageOf(body);
  const problem = decodeEngineMessage(message, { address, reference: address });
  const refusedNobody = auth === null && problem.code === 'ENGINE_SIGNED_OUT';
  return { problem: refusedNobody ? null : problem, detail: plainWords(message) };
};

/**
 * Asks an engine to pull a random digest of a random repository. That there is none, or that nobody may see it,
 * proves that the engine's pull got through to the registry; nothing is downloaded.
 */
export const askToPull: Question = async (connection, address, auth, signal) => {
  const { name, digest } = probeImage(address);
  try {
    const image = { name, version: digest, address };
    for await (const line of createImage(connection, image, { auth, signal })) {
      // An engine that heeds no digest: leaving the loop drops the connection before anything arrives.
      if (line.status?.startsWith('Pulling fs layer')) break;
    }
    return { problem: null, detail: '' };
  } catch (error) {
    const answer = answerOf(error);
    if (answer.problem?.code !== 'ENGINE_SIGNED_OUT') {
      return answer.problem && gotThrough(answer.problem) ? { ...answer, problem: null } : answer;
    }
    // Many registries say "denied" for what does not exist; whether the account is good, signing in tells.
    const problem = auth && (await askToSignIn(connection, address, auth, signal)).problem;
    return { problem, detail: answer.detail };
  }
};

/**
 * An image that no registry has; the name is another one each time, which no memory of an engine knows. Even a
 * registry that claims to have everything can't leave anything behind: what it hands out has another digest than this
 * random one, and the engine throws it away.
 */
export function probeImage(address: string): { readonly name: string; readonly digest: string } {
  const name = randomBytes(8).toString('hex');
  const digest = `sha256:${randomBytes(32).toString('hex')}`;
  return { name: `${address}/regent-probe/${name}`, digest };
}

function answerOf(error: unknown): EngineAnswer {
  if (!(error instanceof RegentError)) throw error;
  const problem = error.toProblem();
  if (problem.code === 'ENGINE_UNREACHABLE' || problem.code === 'ENGINE_PERMISSION') throw error;
  return { problem, detail: 'message' in problem.data ? problem.data.message : '' };
}

function nobody(): EngineAuth {
  return {
    username: `regent-probe-${randomBytes(4).toString('hex')}`,
    password: randomBytes(16).toString('hex'),
  };
}
