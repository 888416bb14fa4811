// A registry that has everything: every repository, tag and digest is the same small image. It writes down what it was
// asked with which login. Run by greedy-registry.ts in the registries' network namespace: greedy-registry.mjs SETUP
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';

const { ip, port, tls, wantsLogin, manifest, blobs } = JSON.parse(
  readFileSync(process.argv[2] ?? '', 'utf8'),
);

/** @param {string} path @param {string} asked @returns {{ type: string, digest: string, bytes: Buffer } | undefined} */
function find(path, asked) {
  if (path.includes('/manifests/')) {
    // It lies about the digest, too: it names the one that was asked for.
    const digest = asked.startsWith('sha256:') ? asked : manifest.digest;
    return { type: manifest.type, digest, bytes: Buffer.from(manifest.bytes, 'base64') };
  }
  const bytes = blobs[asked];
  if (!path.includes('/blobs/') || bytes === undefined) return undefined;
  return { type: 'application/octet-stream', digest: asked, bytes: Buffer.from(bytes, 'base64') };
}

createServer({ cert: tls.certPem, key: tls.keyPem }, (request, response) => {
  const { method, headers } = request;
  const path = new URL(request.url ?? '/', 'https://registry').pathname;
  const { authorization = null } = headers;
  console.log(JSON.stringify({ method, path, authorization, agent: headers['user-agent'] ?? '' }));
  response.setHeader('docker-distribution-api-version', 'registry/2.0');
  if (wantsLogin && authorization === null) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="everything"' });
    response.end('{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}');
    return;
  }
  if (path === '/v2/') {
    response.end('{}');
    return;
  }
  const found = find(path, path.split('/').at(-1) ?? '');
  if (found === undefined) {
    response.writeHead(404).end('{"errors":[{"code":"NAME_UNKNOWN"}]}');
    return;
  }
  response.writeHead(200, {
    'content-type': found.type,
    'content-length': found.bytes.length,
    'docker-content-digest': found.digest,
  });
  response.end(method === 'HEAD' ? undefined : found.bytes);
}).listen(port, ip);
