import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { RegentError } from '../../shared/errors/index.ts';
import { engineFailure } from './call-engine.ts';
import type { Endpoint } from './endpoint.ts';

/** No list or report of an engine is larger. */
const BODY_LIMIT = 32 * 1024 * 1024;

const messageSchema = z.object({ message: z.string() });

/**
 * Reads a whole body as text.
 * @throws RegentError `ENGINE_UNREACHABLE` when it breaks off or is larger than 32 MiB
 */
export async function readBody(
  endpoint: Endpoint,
  response: IncomingMessage,
  signal?: AbortSignal,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > BODY_LIMIT) {
        response.destroy();
        throw new RegentError('ENGINE_UNREACHABLE', { endpoint: endpoint.url, detail: 'EMSGSIZE' });
      }
      chunks.push(chunk);
    }
  } catch (error) {
    throw engineFailure(endpoint, error, signal);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The engine's own words in the body of a refused request: `{"message": …}`, or plain text from old engines. */
export function messageOf(body: string): string {
  const parsed = messageSchema.safeParse(parseJson(body));
  return parsed.success ? parsed.data.message : body;
}

/** Parses JSON; undefined for what is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
