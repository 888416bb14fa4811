// What `docker login` talks to when it signs in to Docker Hub in the browser: login.docker.com, where somebody has just
// said yes, and hub.docker.com, which makes an access token for that user (docker/cli: internal/oauth) and has a web API
// beside. It writes down what it was asked. Run by docker-hub.ts in the registries' network namespace: docker-hub-sign-in.mjs SETUP
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createHubApi } from './docker-hub-api.mjs';

const setup = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const { ip, tls, username, password, accessToken, refreshToken } = setup;
const api = createHubApi(setup);

/** @type {Record<string, readonly [number, object]>} */
const answers = {
  '/oauth/device/code': [
    200,
    {
      ...{ device_code: 'device', user_code: 'LAB-LAB', expires_in: 300, interval: 1 },
      verification_uri_complete: 'https://login.docker.com/activate?user_code=LAB-LAB',
    },
  ],
  '/oauth/token': [
    200,
    {
      ...{ access_token: accessToken, refresh_token: refreshToken, id_token: accessToken },
      ...{ scope: 'openid offline_access', expires_in: 600, token_type: 'Bearer' },
    },
  ],
  '/oauth/revoke': [200, {}],
  '/v2/access-tokens/desktop-generate': [201, { data: { token: password, username } }],
};

createServer({ cert: tls.certPem, key: tls.keyPem }, async (request, response) => {
  let form = '';
  for await (const chunk of request.setEncoding('utf8')) form += chunk;
  const url = new URL(request.url ?? '/', 'https://hub.docker.com');
  const path = url.pathname;
  const { host = '', authorization = '' } = request.headers;
  const { method = 'GET' } = request;
  const token = new URLSearchParams(form).get('token');
  const isBearer = authorization === `Bearer ${accessToken}`;
  const question = { method, url, body: form, authorization };
  const isSignedIn = api.isSignedIn(question);
  // What was asked, and whether with the right token; no secret.
  const query = url.search;
  const isRefresh = token === refreshToken;
  console.log(JSON.stringify({ host, path, query, isBearer, isRefresh, isSignedIn }));
  const [status, body] = answers[path] ?? [];
  const told = status && body ? { status, body } : api.answer(question);
  response.writeHead(told.status, { 'content-type': 'application/json', ...told.headers });
  response.end(JSON.stringify(told.body));
}).listen(443, ip);
