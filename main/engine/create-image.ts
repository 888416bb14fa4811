import type { IncomingMessage } from 'node:http';
import { decodeEngineMessage } from '../../shared/errors/decode-engine-message.ts';
import { errorFromProblem, RegentError } from '../../shared/errors/index.ts';
import { callEngine } from './call-engine.ts';
import { isConfidential } from './endpoint.ts';
import type { Connection } from './find-engine.ts';
import { fullName, type ImageName } from './image-name.ts';
import { type EngineLine, readEngineLines } from './json-lines.ts';
import { messageOf, readBody } from './read-body.ts';
import { type EngineAuth, registryAuthHeader } from './registry-auth.ts';

/** How an engine shall fetch an image. */
export interface CreateImageOptions {
  readonly auth: EngineAuth | null;
  /** `os/arch[/variant]`; by default the engine's own. */
  readonly platform?: string;
  readonly signal?: AbortSignal;
}

/**
 * Has the engine fetch an image and yields what it tells about that. A good answer at the start means nothing:
 * most errors are the last line.
 * @throws RegentError what the engine's words mean, `ENGINE_UNREACHABLE`, `ENGINE_PERMISSION`; the signal's reason
 */
export async function* createImage(
  connection: Connection,
  image: ImageName,
  { auth, platform, signal }: CreateImageOptions,
): AsyncGenerator<EngineLine, void, void> {
  const { endpoint, apiVersion } = connection;
  if (auth && !isConfidential(endpoint)) {
    throw new RegentError('SIGN_IN_INSECURE', { address: endpoint.url });
  }
  const query = new URLSearchParams({ fromImage: image.name, tag: image.version });
  if (platform) query.set('platform', platform);
  const response = await callEngine(endpoint, {
    method: 'POST',
    path: `/v${apiVersion}/images/create?${query}`,
    headers: { 'x-registry-auth': registryAuthHeader(image.address, auth) },
    ...(signal ? { signal } : {}),
  });
  const subject = { address: image.address, reference: fullName(image) };
  await throwIfRefused(connection, response, subject, signal);
  for await (const line of readEngineLines(endpoint, response, signal)) {
    const message = line.errorDetail?.message ?? line.error;
    if (message !== undefined) throw errorFromProblem(decodeEngineMessage(message, subject));
    yield line;
  }
}

async function throwIfRefused(
  { endpoint }: Connection,
  response: IncomingMessage,
  subject: Parameters<typeof decodeEngineMessage>[1],
  signal: AbortSignal | undefined,
): Promise<void> {
  if (response.statusCode === 200) return;
  const message = messageOf(await readBody(endpoint, response, signal));
  throw errorFromProblem(decodeEngineMessage(message, subject));
}
