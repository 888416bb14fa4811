import type { SecureVersion } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../../../main/trust/verify/pool.ts';
import { type KeyKind, type Made, make, makeCa } from '../make-certificate.ts';
import { startTcp } from '../test-server.ts';
import { HERE, lookAt, visitTls } from './look-at.ts';

describe('a look at TLS servers of all kinds', () => {
  let ca: Made;
  let leaf: Made;

  beforeAll(() => {
    ca = makeCa();
    leaf = make({ by: ca, names: ['reg.test', '127.0.0.1', HERE, '::1'] });
  });

  it.each(['rsa', 'ec', 'p384', 'ed25519'] as const)(
    'reads a server with a key of kind %s',
    (key) => {
      const served = make({ by: ca, key: key satisfies KeyKind });
      return visitTls([served, ca], async (port) => {
        const { report } = await lookAt(`reg.test:${port}`, { roots: createPool([ca.der]) });
        expect(report).toMatchObject({ verdict: 'trusted', api: 'v2', problems: [], advice: null });
        expect(report.certificates.map(({ sha256 }) => sha256)).toEqual([
          served.cert.sha256,
          ca.cert.sha256,
        ]);
      });
    },
  );

  it.each([
    ['TLSv1.2', 'TLS 1.2'],
    ['TLSv1.3', 'TLS 1.3'],
  ] as const)('speaks with a server that knows %s only', (version, tlsVersion) =>
    visitTls(
      [leaf, ca],
      async (port) => {
        const { report } = await lookAt(`reg.test:${port}`);
        expect(report).toMatchObject({ tlsVersion, verdict: 'untrusted', api: 'v2' });
        expect(report.certificates).toHaveLength(2);
      },
      { minVersion: version, maxVersion: version },
    ),
  );

  it.each<SecureVersion>(['TLSv1', 'TLSv1.1'])(
    'explains a server that knows %s at most',
    (maxVersion) =>
      visitTls(
        [leaf, ca],
        async (port) => {
          const { report, ends } = await lookAt(`reg.test:${port}`);
          expect(report.problems).toEqual([
            { code: 'TLS_TOO_OLD', data: { address: report.address, version: 'none' } },
          ]);
          expect(report).toMatchObject({
            verdict: 'unreachable',
            dockerSays: 'remote error: tls: protocol version not supported',
          });
          expect(ends[2]).toBe('tls failed');
        },
        { minVersion: 'TLSv1', maxVersion, ciphers: 'DEFAULT:@SECLEVEL=0' },
      ),
  );

  it('explains a server that takes no notice of what it is offered', async () => {
    // A ServerHello of TLS 1.0, as servers from before 2018 answer: version, random, no session, one cipher.
    const hello = Buffer.concat([
      Buffer.from('0301', 'hex'),
      Buffer.alloc(33),
      Buffer.from('002f00', 'hex'),
    ]);
    const message = Buffer.concat([Buffer.from([2, 0, 0, hello.length]), hello]);
    const record = Buffer.concat([Buffer.from([0x16, 3, 1, 0, message.length]), message]);
    const server = await startTcp((socket) => socket.once('data', () => socket.write(record)));
    const { report } = await lookAt(`reg.test:${server.port}`);
    await server.stop();
    expect(report.problems[0]).toMatchObject({ code: 'TLS_TOO_OLD', data: { version: 'TLS 1.0' } });
    expect(report.dockerSays).toBe('tls: server selected unsupported protocol version 301');
  });

  it.each([
    ['reg.test', '127.0.0.1', 'reg.test'],
    ['127.0.0.1', '127.0.0.1', false],
    ['[::1]', '::1', false],
  ])('tells a server its name, but no IP address: %s', (host, listens, expected) => {
    const names: unknown[] = [];
    const options = {
      SNICallback: (name: string, done: (error: null) => void) => {
        names.push(name);
        done(null);
      },
    };
    return visitTls(
      [leaf, ca],
      async (port) => {
        const { report, ends } = await lookAt(`${host}:${port}`, { roots: createPool([ca.der]) });
        expect(report).toMatchObject({ verdict: 'trusted', api: 'v2' });
        expect(ends[0]).toBe(expected ? 'resolve ok' : 'resolve skipped');
        expect(names).toEqual(expected ? [expected] : []);
      },
      options,
      listens,
    );
  });

  it('quotes nothing that Docker would say of this very machine: there it accepts anything', () =>
    visitTls([leaf, ca], async (port) => {
      const { report } = await lookAt(`127.0.0.1:${port}`);
      expect(report).toMatchObject({ verdict: 'untrusted', loopback: true, dockerSays: null });
      const byName = await lookAt(`reg.test:${port}`, { resolver: async () => ['127.0.0.1'] });
      expect(byName.report).toMatchObject({ loopback: true, dockerSays: null });
      const elsewhere = await lookAt(`reg.test:${port}`);
      expect(elsewhere.report).toMatchObject({ loopback: false });
      expect(elsewhere.report.dockerSays).not.toBeNull();
    }));
});
