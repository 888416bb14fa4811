import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { RegentError } from '../../shared/errors/index.ts';
import { engineFailure } from './call-engine.ts';
import type { Endpoint } from './endpoint.ts';
import { parseJson } from './read-body.ts';

/** One line is never longer, in characters; a longer one means that this is no engine. */
const LINE_LIMIT = 4 * 1024 * 1024;

const size = z.number().nonnegative().optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const lineSchema = z.object({
  status: text,
  id: text,
  progressDetail: z.object({ current: size, total: size, units: text }).optional().catch(undefined),
  errorDetail: z.object({ message: text }).optional().catch(undefined),
  error: text,
});

/** One report of an engine's progress stream. */
export type EngineLine = z.infer<typeof lineSchema>;

/**
 * Cuts a stream of chunks into JSON objects, one a line. Lines end with CRLF (Docker) or LF (Podman), and chunks
 * may end anywhere, also within a character. What is no JSON object is passed over: the end of the stream tells
 * whether anything was missed.
 */
export async function* splitJsonLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<EngineLine, void, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LINE_LIMIT) throw new RangeError('line too long');
    for (const line of lines) yield* readLine(line);
  }
  yield* readLine(rest + decoder.decode());
}

function* readLine(line: string): Generator<EngineLine, void, void> {
  const parsed = lineSchema.safeParse(parseJson(line));
  if (parsed.success) yield parsed.data;
}

/**
 * Reads an engine's progress stream.
 * @throws RegentError `ENGINE_UNREACHABLE` when it breaks off; the signal's reason when it fires
 */
export async function* readEngineLines(
  endpoint: Endpoint,
  response: IncomingMessage,
  signal?: AbortSignal,
): AsyncGenerator<EngineLine, void, void> {
  try {
    yield* splitJsonLines(response as AsyncIterable<Buffer>);
  } catch (error) {
    throw error instanceof RangeError
      ? new RegentError('ENGINE_UNREACHABLE', { endpoint: endpoint.url, detail: 'EMSGSIZE' }, error)
      : engineFailure(endpoint, error, signal);
  } finally {
    response.destroy();
  }
}
