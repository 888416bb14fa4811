import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One request as the fake engine got it. */
interface EngineRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers a request of the engine's API; the path is without its version. */
export type EngineAnswerer = (request: EngineRequest, response: ServerResponse) => void;

/** An engine that says what a test wants it to say. */
export interface FakeEngine {
  readonly socketPath: string;
  /** `DOCKER_HOST` for it. */
  readonly url: string;
  /** All requests but pings, in their order. */
  readonly requests: readonly EngineRequest[];
  stop(): Promise<void>;
}

/** Headers of a good ping. */
export const dockerPing = { 'api-version': '1.41' };
export const podmanPing = { 'api-version': '1.41', 'libpod-api-version': '4.3.1' };

/** Starts an engine on a unix socket of its own; `answer` serves everything but `/_ping`. */
export async function startFakeEngine(
  answer: EngineAnswerer,
  ping: Readonly<Record<string, string>> = dockerPing,
): Promise<FakeEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const socketPath = join(folder, 'docker.sock');
  const requests: EngineRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = new URL(incoming.url ?? '', 'http://engine');
    if (url.pathname === '/_ping') {
      response.writeHead(200, ping).end('OK');
      return;
    }
    const request = {
      method: incoming.method ?? '',
      path: url.pathname.replace(/^\/v[\d.]+/, ''),
      query: url.searchParams,
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString(),
    };
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    socketPath,
    url: `unix://${socketPath}`,
    requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, status: number, document: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document));
}
