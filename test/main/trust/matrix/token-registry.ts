import { createServer, type Server } from 'node:https';
import { type Issued, issueAuthority, issueServer, machineHost } from '../../../lab/index.ts';

/** A registry that hands out tokens itself, as Harbor and GitLab do; it has no image at all. */
export interface TokenRegistry {
  readonly address: string;
  readonly caPem: string;
  readonly caSha256: string;
  stop(): Promise<void>;
}

const port = 5880;
const foreignPort = 5881;

/**
 * Starts one on the sandbox's own address, which no engine takes for loopback.
 * @param options.foreign whether another server hands out the tokens, with a certificate of another authority
 */
export async function startTokenRegistry({ foreign = false } = {}): Promise<TokenRegistry> {
  const authority = issueAuthority();
  const address = `${machineHost.name}:${port}`;
  const realm = `https://${machineHost.name}:${foreign ? foreignPort : port}/token`;
  const servers = await Promise.all([
    serve(authority, port, realm),
    ...(foreign ? [serve(issueAuthority(), foreignPort, realm)] : []),
  ]);
  return {
    ...{ address, caPem: authority.certPem, caSha256: authority.sha256 },
    stop: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

async function serve(authority: Issued, at: number, realm: string): Promise<Server> {
  const { certPem, keyPem } = issueServer(authority, { names: [machineHost.name] });
  const server = createServer({ cert: certPem, key: keyPem }, (request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/token')) {
      response.end(JSON.stringify({ token: 'lab-token', access_token: 'lab-token' }));
    } else if (request.headers.authorization !== 'Bearer lab-token') {
      const challenge = `Bearer realm="${realm}",service="lab"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    } else if (path === '/v2/') response.end('{}');
    else {
      const errors = [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }];
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ errors }));
    }
  });
  await new Promise<void>((resolve) => server.listen(at, machineHost.ip, resolve));
  return server;
}
