// A web server that is no registry: answers every path with a page of HTML. Run by website.ts, in the
// registries' network namespace: website.mjs IP PORT [CERTIFICATE KEY]
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

const [ip, port, certificate, key] = process.argv.slice(2);

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
function answer(request, response) {
  // What it was asked, for tests that look whether credentials were sent.
  console.log(
    JSON.stringify({ method: request.method, url: request.url, headers: request.headers }),
  );
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<!doctype html><title>My NAS</title><h1>Welcome to my NAS</h1>');
}

const server =
  certificate === undefined || key === undefined
    ? createServer(answer)
    : createTlsServer({ cert: readFileSync(certificate), key: readFileSync(key) }, answer);
server.listen(Number(port), ip);
