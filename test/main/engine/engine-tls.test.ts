import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineFailure } from '../../../main/engine/call-engine.ts';
import { socketEndpoint } from '../../../main/engine/endpoint.ts';
import { findEngine } from '../../../main/engine/find-engine.ts';
import { issueAuthority, issueServer } from '../../lab/certificates.ts';

let server: Server;
let url: string;
let folder: string;
let seenClient: string | undefined;

const authority = issueAuthority();
const identity = issueServer(authority, { names: ['127.0.0.1'] });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const tls = { cert: identity.certPem, key: identity.keyPem };
  server = createServer(
    { ...tls, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      seenClient = (request.socket as TLSSocket).getPeerX509Certificate()?.fingerprint256;
      response.writeHead(200, { 'api-version': '1.47' }).end('OK');
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** A folder with the files that docker wants for an engine over TLS. */
function certificates(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [file, pem] of Object.entries(files)) writeFileSync(join(path, file), pem);
  return path;
}
const own = { 'cert.pem': identity.certPem, 'key.pem': identity.keyPem };
const all = { ...own, 'ca.pem': authority.certPem };

describe('an engine over TLS', () => {
  it('is verified, and shown our own certificate, from DOCKER_CERT_PATH', async () => {
    const env = {
      ...{ DOCKER_HOST: url, DOCKER_TLS_VERIFY: '1' },
      DOCKER_CERT_PATH: certificates('env', all),
    };
    const found = await findEngine({ env, dockerConfig: folder, sockets: [] });
    expect(found.apiVersion).toBe('1.47');
    expect(seenClient?.replaceAll(':', '').toLowerCase()).toBe(identity.sha256);
  });

  it('takes a context’s certificates', async () => {
    const id = createHash('sha256').update('nas').digest('hex');
    const meta = join(folder, 'contexts', 'meta', id);
    mkdirSync(meta, { recursive: true });
    // SkipTLSVerify is not obeyed: an engine rules over the machine it runs on.
    const docker = { Host: url, SkipTLSVerify: true };
    writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Endpoints: { docker } }));
    const tls = join('contexts', 'tls', id, 'docker');
    const hints = { env: { DOCKER_CONTEXT: 'nas' }, dockerConfig: folder, sockets: [] };
    certificates(tls, own);
    await expect(findEngine(hints)).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      data: { detail: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    });
    certificates(tls, all);
    expect((await findEngine(hints)).endpoint.url).toBe(url);
  });

  it('is never reached without its certificate being verified', async () => {
    const env = { DOCKER_HOST: url, DOCKER_TLS: '1', DOCKER_CERT_PATH: join(folder, 'none') };
    await expect(findEngine({ env, dockerConfig: folder, sockets: [] })).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
    });
  });
});

describe('a socket that one may not open', () => {
  it.each(['EACCES', 'EPERM'])('is told apart from one where nobody is (%s)', (code) => {
    const error = Object.assign(new Error(`connect ${code}`), { code });
    expect(engineFailure(socketEndpoint('/run/docker.sock'), error)).toMatchObject({
      code: 'ENGINE_PERMISSION',
      data: { endpoint: 'unix:///run/docker.sock' },
    });
  });
});
