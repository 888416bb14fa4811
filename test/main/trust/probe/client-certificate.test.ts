import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../../../main/trust/verify/pool.ts';
import { type Made, make, makeCa } from '../make-certificate.ts';
import { startTls } from '../test-server.ts';
import { lookAt, visitTls } from './look-at.ts';

describe('a look at a registry that wants a client certificate', () => {
  let ca: Made;
  let leaf: Made;

  beforeAll(() => {
    ca = makeCa();
    leaf = make({ by: ca });
  });

  const codes = (report: { readonly problems: readonly { readonly code: string }[] }) =>
    report.problems.map(({ code }) => code);

  it.each([
    ['TLSv1.2', 'remote error: tls: handshake failure'],
    ['TLSv1.3', 'remote error: tls: certificate required'],
  ] as const)('says so with %s, and still shows the chain', (maxVersion, dockerSays) =>
    visitTls(
      [leaf, ca],
      async (port) => {
        const untrusted = await lookAt(`reg.test:${port}`);
        expect(codes(untrusted.report)).toEqual(['CERT_UNTRUSTED', 'CLIENT_CERT_REQUIRED']);
        expect(untrusted.report.dockerSays).toBe('x509: certificate signed by unknown authority');
        expect(untrusted.report.candidates).toHaveLength(2);
        const trusted = await lookAt(`reg.test:${port}`, { roots: createPool([ca.der]) });
        expect(codes(trusted.report)).toEqual(['CLIENT_CERT_REQUIRED']);
        expect(trusted.report).toMatchObject({ verdict: 'trusted', dockerSays });
        expect(trusted.report.certificates).toHaveLength(2);
      },
      { requestCert: true, rejectUnauthorized: true, ca: ca.pem, maxVersion },
    ),
  );

  it('says so when the server just hangs up after the handshake', async () => {
    const { pem: cert, keyPem: key } = leaf;
    const options = { cert, key, requestCert: true, rejectUnauthorized: false, ca: ca.pem };
    const server = createTlsServer(options, (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { report } = await lookAt(`reg.test:${(server.address() as AddressInfo).port}`);
    server.close();
    expect(codes(report)).toEqual(['CERT_UNTRUSTED', 'CLIENT_CERT_REQUIRED']);
  });

  it.each([
    ['400 once it has asked for one', 400, 'no', true, 'CLIENT_CERT_REQUIRED'],
    ['403 once it has asked for one', 403, 'no', true, 'CLIENT_CERT_REQUIRED'],
    ['400 without having asked', 400, 'no', false, 'NOT_A_REGISTRY'],
    ['404 although it has asked', 404, 'no', true, 'NOT_A_REGISTRY'],
  ])('reads what the server answers: %s', async (_, status, body, requestCert, code) => {
    const options = { requestCert, rejectUnauthorized: false, ca: ca.pem };
    const server = await startTls(
      [leaf],
      (__, response) => response.writeHead(status).end(body),
      options,
    );
    const { report } = await lookAt(`reg.test:${server.port}`, { roots: createPool([ca.der]) });
    await server.stop();
    expect(codes(report)).toEqual([code]);
    expect(report.verdict).toBe(code === 'NOT_A_REGISTRY' ? 'not-a-registry' : 'trusted');
  });

  it('is content with a registry that asks for one but goes on without', () =>
    visitTls(
      [leaf],
      async (port) => {
        const { report } = await lookAt(`reg.test:${port}`, { roots: createPool([ca.der]) });
        expect(report).toMatchObject({ problems: [], api: 'v2' });
      },
      { requestCert: true, rejectUnauthorized: false, ca: ca.pem },
    ));
});
