import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { IP, IPV6, NAME, type Row } from './row.ts';

/** A registry that asks for no login and holds nothing: what gets past its TLS is told so at once. */
const empty: RequestListener = (request, response) => {
  const isThere = request.url === '/v2/';
  const errors = [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown', detail: {} }];
  response.writeHead(isThere ? 200 : 404, {
    'Docker-Distribution-Api-Version': 'registry/2.0',
    'Content-Type': 'application/json',
  });
  response.end(JSON.stringify(isThere ? {} : { errors }));
};

/** Starts a row's server on a port of its own. */
export async function serveRow({ chain, tls, host = NAME }: Row) {
  const [leaf] = chain;
  const server: Server = leaf
    ? createTlsServer(
        {
          // Weak certificates are what is shown here, so OpenSSL must not mind.
          ciphers: 'DEFAULT:@SECLEVEL=0',
          cert: chain.map(({ pem }) => pem).join(''),
          key: leaf.keyPem,
          ...tls,
        },
        empty,
      )
    : createPlainServer(empty);
  const bind = host.includes(':') ? IPV6 : IP;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, bind, resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  return {
    address: `${host.includes(':') ? `[${host}]` : host}:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
