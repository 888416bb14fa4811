import { describe, expect, it } from 'vitest';
import { decodeEngineMessage, plainWords } from '../../../shared/errors/decode-engine-message.ts';
import type { ErrorCode } from '../../../shared/errors/index.ts';

const subject = { address: 'reg.test:5443', reference: 'reg.test:5443/team/app:1' };

const resolve = 'failed to resolve reference "reg.test:5443/team/app:1": ';
const head = `${resolve}failed to do request: Head "https://reg.test:5443/v2/team/app/manifests/1": `;

/** Texts as Docker 20.10, 28.5 (both image stores) and Podman 4.3 print them. */
const texts: readonly (readonly [ErrorCode, string])[] = [
  [
    'ENGINE_PLAIN_HTTP',
    'Get "https://reg.test:5443/v2/": http: server gave HTTP response to HTTPS client',
  ],
  ['ENGINE_PLAIN_HTTP', `${head}http: server gave HTTP response to HTTPS client`],
  [
    'ENGINE_UNTRUSTED',
    'Get "https://reg.test:5443/v2/": x509: certificate signed by unknown authority',
  ],
  [
    'ENGINE_UNTRUSTED',
    `${head}tls: failed to verify certificate: x509: certificate signed by unknown authority`,
  ],
  [
    'ENGINE_UNTRUSTED',
    'Get "https://10.0.0.2:5443/v2/": x509: cannot validate certificate for 10.0.0.2 because it doesn\'t contain any IP SANs',
  ],
  [
    'ENGINE_UNTRUSTED',
    'Get "https://reg.test:5443/v2/": x509: certificate relies on legacy Common Name field, use SANs instead',
  ],
  [
    'ENGINE_TOKEN_UNTRUSTED',
    `${resolve}failed to authorize: failed to fetch anonymous token: Get "https://auth.test/token": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
  ],
  [
    'ENGINE_UNTRUSTED',
    'ERROR: failed to build: failed to solve: reg.test:5443/a:1: failed to resolve source metadata for reg.test:5443/a:1: failed to do request: Head "https://reg.test:5443/v2/a/manifests/1": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
  [
    'ENGINE_UNTRUSTED',
    'Error: authenticating creds for "reg.test:5443": pinging container registry reg.test:5443: Get "https://reg.test:5443/v2/": x509: certificate signed by unknown authority',
  ],
  [
    'ENGINE_TOKEN_UNTRUSTED',
    'Get "https://reg.test:5443/v2/": Get "https://auth.test/token?account=a&client_id=docker&offline_token=true&service=lab": x509: certificate signed by unknown authority',
  ],
  [
    'ENGINE_TOKEN_UNTRUSTED',
    'Error: initializing source docker://reg.test:5443/a:1: Get "https://auth.test/token?scope=repository%3Aa%3Apull&service=lab": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
  ['ENGINE_UNTRUSTED', `ctr: ${head}x509: certificate signed by unknown authority`],
  [
    'ENGINE_PLAIN_HTTP',
    'Error: creating build container: initializing source docker://reg.test:5443/a:1: pinging container registry reg.test:5443: Get "https://reg.test:5443/v2/": http: server gave HTTP response to HTTPS client',
  ],
  ['ENGINE_SIGNED_OUT', 'Error: logging into "reg.test:5443": invalid username/password'],
  [
    'ENGINE_SIGNED_OUT',
    'ctr: failed to resolve reference "reg.test:5443/a:1": pulling from host reg.test:5443 failed with status code [manifests 1]: 401 Unauthorized',
  ],
  [
    'ENGINE_SIGNED_OUT',
    'ERROR: failed to solve: reg.test:5443/a:1: failed to resolve source metadata for reg.test:5443/a:1: unexpected status from HEAD request to https://reg.test:5443/v2/a/manifests/1: 401 Unauthorized',
  ],
  [
    'ENGINE_SIGNED_OUT',
    'Error parsing image name "docker://reg.test:5443/a:1": reading manifest 1 in reg.test:5443/a: unauthorized: authentication required',
  ],
  [
    'ENGINE_NOT_FOUND',
    'ERROR: failed to solve: reg.test:5443/a:1: failed to resolve source metadata for reg.test:5443/a:1: reg.test:5443/a:1: not found',
  ],
  [
    'ENGINE_NOT_FOUND',
    'Error parsing image name "docker://reg.test:5443/a:1": reading manifest 1 in reg.test:5443/a: manifest unknown: manifest unknown',
  ],
  [
    'ENGINE_NETWORK',
    'Error: initializing source docker://reg.test:5443/a:1: pinging container registry reg.test:5443: Get "https://reg.test:5443/v2/": dial tcp 10.0.0.2:5443: connect: connection refused',
  ],
  [
    'ENGINE_UNTRUSTED',
    'login attempt to reg.test:5443 failed with status: pinging container registry reg.test:5443: Get "https://reg.test:5443/v2/": x509: certificate signed by unknown authority',
  ],
  [
    'CLIENT_CERT_REQUIRED',
    'Get "https://reg.test:5443/v2/": remote error: tls: certificate required',
  ],
  [
    'RATE_LIMITED',
    'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating',
  ],
  [
    'RATE_LIMITED',
    `${resolve}unexpected status from HEAD request to https://reg.test:5443/v2/team/app/manifests/1: 429 Too Many Requests`,
  ],
  [
    'ENGINE_NETWORK',
    'Get "https://reg.test:5443/v2/": dial tcp 10.0.0.2:5443: connect: connection refused',
  ],
  ['ENGINE_NETWORK', `${head}dial tcp 10.0.0.2:5443: connect: no route to host`],
  [
    'ENGINE_NETWORK',
    'Get "https://reg.test:5443/v2/": dial tcp: lookup reg.test on 127.0.0.1:53: no such host',
  ],
  ['ENGINE_NETWORK', `${head}dial tcp 10.0.0.2:5443: i/o timeout`],
  [
    'ENGINE_NETWORK',
    'Get "https://reg.test:5443/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
  ],
  ['ENGINE_NETWORK', 'Get "https://reg.test:5443/v2/": net/http: TLS handshake timeout'],
  ['ENGINE_NETWORK', `${head}EOF`],
  [
    'ENGINE_NETWORK',
    'Get "https://reg.test:5443/v2/": proxyconnect tcp: dial tcp 10.0.0.9:3128: connect: connection refused',
  ],
  ['ENGINE_NETWORK', 'Get "https://reg.test:5443/v2/": Proxy Authentication Required'],
  ['ENGINE_NETWORK', 'Get "https://reg.test:5443/v2/": Forbidden'],
  [
    'ENGINE_SIGNED_OUT',
    'Head "https://reg.test:5443/v2/team/app/manifests/1": no basic auth credentials',
  ],
  [
    'ENGINE_SIGNED_OUT',
    `${resolve}pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`,
  ],
  [
    'ENGINE_SIGNED_OUT',
    `${resolve}unexpected status from HEAD request to https://reg.test:5443/v2/team/app/manifests/1: 401 Unauthorized`,
  ],
  ['ENGINE_SIGNED_OUT', 'unauthorized: authentication required'],
  [
    'ENGINE_SIGNED_OUT',
    'login attempt to https://reg.test:5443/v2/ failed with status: 401 Unauthorized',
  ],
  ['ENGINE_SIGNED_OUT', 'denied: requested access to the resource is denied'],
  ['ENGINE_SIGNED_OUT', 'denied'],
  [
    'ENGINE_SIGNED_OUT',
    "pull access denied for reg.test:5443/team/app, repository does not exist or may require 'docker login'",
  ],
  [
    'ENGINE_SIGNED_OUT',
    'initializing source docker://reg.test:5443/team/app:1: reading manifest 1 in reg.test:5443/team/app: unauthorized: authentication required',
  ],
  [
    'ENGINE_NOT_FOUND',
    'manifest for reg.test:5443/team/app:1 not found: manifest unknown: manifest unknown',
  ],
  ['ENGINE_NOT_FOUND', `${resolve}reg.test:5443/team/app:1: not found`],
  ['ENGINE_NOT_FOUND', 'name unknown: repository name not known to registry'],
  [
    'ENGINE_NOT_FOUND',
    'initializing source docker://reg.test:5443/team/app:1: reading manifest 1 in reg.test:5443/team/app: manifest unknown: manifest unknown',
  ],
  ['ENGINE_NOT_FOUND', 'no matching manifest for linux/s390x in the manifest list entries'],
  [
    'ENGINE_NOT_FOUND',
    'no matching manifest for linux/s390x in the manifest list entries: no match for platform in manifest: not found',
  ],
  ['ENGINE_NOT_FOUND', 'No such image: reg.test:5443/team/app:1'],
  ['ENGINE_NOT_FOUND', 'tag does not exist: reg.test:5443/team/app:1'],
  [
    'ENGINE_DIGEST_MISMATCH',
    'manifest verification failed for digest sha256:482c11e2cbd746dbceaf47932533bba95add2720c54ee7bfd7a7a41284214c8c',
  ],
  [
    'ENGINE_DIGEST_MISMATCH',
    'failed commit on ref "manifest-sha256:6c43": commit failed: unexpected commit digest sha256:2920, expected sha256:6c43: failed precondition',
  ],
  [
    'ENGINE_DIGEST_MISMATCH',
    'Error: determining manifest MIME type for docker://reg.test:5443/a@sha256:c696: Manifest does not match provided manifest digest sha256:c696',
  ],
  ['ENGINE_ERROR', 'open /etc/docker/certs.d/reg.test:5443/ca.crt: permission denied'],
  ['ENGINE_ERROR', 'missing key ca.key for client certificate ca.cert'],
  ['ENGINE_ERROR', "error parsing HTTP 404 response body: invalid character '<' looking for value"],
  [
    'ENGINE_ERROR',
    'error pulling image configuration: download failed after attempts=6: received unexpected HTTP status: 500 Internal Server Error',
  ],
  ['ENGINE_ERROR', 'login attempt to https://reg.test:5443/v2/ failed with status: 404 Not Found'],
  ['ENGINE_ERROR', 'write /var/lib/docker/tmp/x: no space left on device'],
];

describe('what an engine says', () => {
  it.each(texts)('%s: %s', (code, message) => {
    expect(decodeEngineMessage(message, subject).code).toBe(code);
  });

  it('keeps the words, and says which registry or image they are about', () => {
    const signedOut = decodeEngineMessage('no basic auth credentials', subject);
    expect(signedOut).toEqual({
      code: 'ENGINE_SIGNED_OUT',
      data: { address: 'reg.test:5443', message: 'no basic auth credentials' },
    });
    const gone = decodeEngineMessage('manifest unknown', subject);
    expect(gone.data).toEqual({ reference: subject.reference, message: 'manifest unknown' });
  });
});

describe('a quotation', () => {
  it('has no terminal codes, line breaks or marks that turn the writing around', () => {
    expect(
      plainWords('a\u001b[31mred\u001b]8;;http://x\u0007\r\nb\u202egpj\u2066\u0085c\u2028d'),
    ).toBe('a [31mred ]8;;http://x b gpj c d');
  });

  it('is never long', () => {
    expect(plainWords('x'.repeat(1_000_000))).toHaveLength(2000);
  });
});
