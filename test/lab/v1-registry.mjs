// A registry of the first generation. It writes down what it was asked. Run by v1-registry.ts in the registries' network
// namespace: v1-registry.mjs SETUP
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { answerV1 } from './v1-answers.mjs';

const { ip, port, tls, ...setup } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
function serve(request, response) {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://registry');
  const { method, headers } = request;
  console.log(JSON.stringify({ method, path, authorization: headers.authorization ?? null }));
  const answer = answerV1(setup, { path, query, headers });
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': Buffer.byteLength(answer.body),
  });
  response.end(method === 'HEAD' ? undefined : answer.body);
}

const server =
  tls === null
    ? createServer(serve)
    : createTlsServer({ cert: tls.certPem, key: tls.keyPem }, serve);
server.listen(port, ip);
