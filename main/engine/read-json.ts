import type * as z from 'zod';
import { decodeEngineMessage, plainWords } from '../../shared/errors/decode-engine-message.ts';
import { errorFromProblem, RegentError } from '../../shared/errors/index.ts';
import { callEngine } from './call-engine.ts';
import type { Connection } from './find-engine.ts';
import { messageOf, parseJson, readBody } from './read-body.ts';

/** How long an engine may be silent when it only has to look something up. */
const IDLE_MS = 30_000;

/**
 * Asks an engine for a document. `path` is below the version, such as `/info`.
 * @throws RegentError `ENGINE_UNREACHABLE`, `ENGINE_PERMISSION`, and what the engine's refusal means
 */
export async function readEngineJson<T>(
  connection: Connection,
  path: string,
  schema: z.ZodType<T>,
  signal?: AbortSignal,
): Promise<T> {
  const { endpoint, apiVersion } = connection;
  const response = await callEngine(endpoint, {
    method: 'GET',
    path: `/v${apiVersion}${path}`,
    idleMs: IDLE_MS,
    ...(signal ? { signal } : {}),
  });
  const body = await readBody(endpoint, response, signal);
  if (response.statusCode !== 200) {
    const subject = { address: endpoint.url, reference: path };
    throw errorFromProblem(decodeEngineMessage(messageOf(body), subject));
  }
  const document = schema.safeParse(parseJson(body));
  if (document.success) return document.data;
  const message = plainWords(body.slice(0, 200));
  throw new RegentError('ENGINE_ERROR', { message }, document.error);
}
