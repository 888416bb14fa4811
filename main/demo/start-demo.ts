import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../platform/clock.ts';
import { answer } from './answer.ts';
import { issueIdentity } from './authority.ts';
import { challenge, checkBasic } from './basic-auth.ts';
import { type Reply, replyError } from './reply.ts';
import { stockShelf } from './shelf.ts';

/** The running demo registry. The password lives in this process only. */
export interface Demo {
  /** `127.0.0.1:<port>`. */
  readonly address: string;
  readonly username: string;
  readonly password: string;
  /** Its CA's certificate, and the SHA-256 that its owner would give to a user. */
  readonly caPem: string;
  readonly caSha256: string;
  /** Ends it, with all its connections. */
  close(): Promise<void>;
}

/**
 * Starts the embedded demo registry on a free port of this machine's own address: TLS by a fresh CA that
 * nobody trusts, one account with a fresh password, a few images in memory, read-only.
 * @throws NodeJS.ErrnoException when no port can be had
 */
export async function startDemo({
  clock = systemClock,
}: {
  readonly clock?: Clock;
} = {}): Promise<Demo> {
  const [identity, shelf] = await Promise.all([issueIdentity(clock.now()), stockShelf()]);
  const username = 'demo';
  const password = randomBytes(18).toString('base64url');
  const isAccount = checkBasic(username, password);
  const server = createServer(
    { key: identity.key, cert: identity.chain, minVersion: 'TLSv1.2' },
    (request, response) => {
      request.resume();
      const reply = isAccount(request.headers.authorization)
        ? answer(shelf, questionOf(request))
        : replyError(401, 'UNAUTHORIZED', 'authentication required', {
            'www-authenticate': challenge,
          });
      send(response, reply, request.method === 'HEAD');
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    username,
    password,
    caPem: identity.caPem,
    caSha256: identity.caSha256,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function questionOf(request: IncomingMessage) {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  return {
    method: request.method ?? '',
    path,
    query: new URLSearchParams(query),
    range: request.headers.range,
    ifNoneMatch: request.headers['if-none-match'],
  };
}

function send(response: ServerResponse, reply: Reply, headOnly: boolean): void {
  response.writeHead(reply.status, {
    'docker-distribution-api-version': 'registry/2.0',
    'x-content-type-options': 'nosniff',
    ...reply.headers,
    ...(reply.status === 304 ? {} : { 'content-length': String(reply.body.length) }),
  });
  response.end(headOnly ? undefined : reply.body);
}
