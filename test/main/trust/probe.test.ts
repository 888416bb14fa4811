import { connect } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ProbeOptions, probe } from '../../../main/trust/probe.ts';
import { createPool } from '../../../main/trust/verify/pool.ts';
import { createTranslator, type MessageKey } from '../../../shared/i18n/index.ts';
import { type Made, make, makeCa, NOW } from './make-certificate.ts';
import { startPlain, startTcp, startTls, type TestServer, watch } from './test-server.ts';

const t = createTranslator('en');

describe('a look at a server', () => {
  let ca: Made;
  let leaf: Made;
  const running: TestServer[] = [];

  beforeAll(() => {
    ca = makeCa();
    leaf = make({ by: ca, names: ['reg.test', '127.0.0.1'] });
  });
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
  });

  const started = async (server: Promise<TestServer>): Promise<number> => {
    const one = await server;
    running.push(one);
    return one.port;
  };
  const look = (address: string, options: Partial<ProbeOptions> = {}) =>
    probe(address, {
      signal: new AbortController().signal,
      roots: createPool([]),
      clock: { now: () => NOW },
      // Leads to this machine too, but is no loopback address, where Docker would accept anything.
      resolver: async () => ['0.0.0.0'],
      stepMs: 3000,
      ...options,
    });
  const seen = async (server: Promise<TestServer>, options: Partial<ProbeOptions> = {}) =>
    watch(look(`reg.test:${await started(server)}`, options));

  it('finds an untrusted registry with its whole chain and what can be trusted', async () => {
    const { report, ends } = await seen(startTls([leaf, ca]));
    expect(ends).toEqual(['resolve ok', 'connect ok', 'tls attention', 'api ok', 'auth ok']);
    expect(report).toMatchObject({
      scheme: 'https',
      ips: ['0.0.0.0'],
      tlsVersion: 'TLS 1.3',
      verdict: 'untrusted',
      dockerSays: 'x509: certificate signed by unknown authority',
      api: 'v2',
      auth: { kind: 'basic', realm: 'Lab' },
    });
    expect(report.certificates.map(({ pem }) => pem)).toEqual([leaf.pem, ca.pem]);
    expect(report.candidates).toEqual([
      { sha256: leaf.cert.sha256, kind: 'leaf' },
      { sha256: ca.cert.sha256, kind: 'ca' },
    ]);
  });

  it('shows only certificates that were presented', async () => {
    const { report } = await seen(startTls([leaf]), { roots: createPool([ca.der]) });
    expect(report.certificates.map(({ sha256 }) => sha256)).toEqual([leaf.cert.sha256]);
    expect(report.verdict).toBe('trusted');
    expect(report.problems).toEqual([]);
  });

  it('has words for every step and every fact', async () => {
    const plain = startPlain((_, response) => response.end('<html>'));
    const both = [await seen(startTls([leaf])), await seen(plain)];
    for (const { id, state, facts } of both.flatMap(({ steps }) => steps)) {
      const key = state === 'skipped' ? 'skipped' : `${id}.${state}`;
      expect(t(`common.probe.${key}` as MessageKey, facts)).not.toBe('');
    }
  });

  it('checks an IP address against the IP names, and looks nothing up', async () => {
    const port = await started(startTls([leaf]));
    const unused = () => Promise.reject(new Error('must not be asked'));
    const { report, ends } = await watch(look(`127.0.0.1:${port}`, { resolver: unused }));
    expect(ends[0]).toBe('resolve skipped');
    expect(report.verdict).toBe('untrusted');
  });

  it('tells a certificate that was changed from one that is not trusted yet', async () => {
    const old = make();
    const { report } = await seen(startTls([leaf, ca]), { expected: [old.pem] });
    const { address } = report;
    const data = { address, expected: old.cert.sha256, actual: ca.cert.sha256 };
    expect(report.problems).toEqual([{ code: 'CERT_CHANGED', data }]);
    expect(report.previous?.pem).toBe(old.pem);
    expect(report.sameKey).toBe(false);
    const same = await seen(startTls([leaf, ca]), { expected: [ca.pem] });
    expect(same.report.problems[0]?.code).toBe('CERT_UNTRUSTED');
    expect(same.report.previous).toBeNull();
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'names a client certificate that is asked for with %s',
    async (maxVersion) => {
      const mutual = { requestCert: true, ca: ca.pem, maxVersion };
      const { report, ends } = await seen(startTls([leaf], undefined, mutual));
      expect(ends.slice(2)).toEqual(['tls attention', 'api failed', 'auth skipped']);
      expect(report.problems.map(({ code }) => code)).toEqual([
        'CERT_UNTRUSTED',
        'CLIENT_CERT_REQUIRED',
      ]);
      expect(report.certificates[0]?.sha256).toBe(leaf.cert.sha256);
    },
  );

  it('recognises plain HTTP and still says whether it is a registry', async () => {
    const open = startPlain((_, response) => response.end('{}'));
    const { report, ends } = await seen(open);
    expect(ends.slice(2)).toEqual(['tls attention', 'api ok', 'auth ok']);
    expect(report).toMatchObject({ scheme: 'http', verdict: 'plain-http', auth: { kind: 'none' } });
    expect(report.dockerSays).toBe('http: server gave HTTP response to HTTPS client');
    expect(report.problems.map(({ code }) => code)).toEqual(['PLAIN_HTTP']);
  });

  it.each([
    ['a page', 200, '<!doctype html><p>hello'],
    ['a missing page', 404, 'not found'],
    ['a redirect', 301, ''],
    ['an error', 500, '{}'],
  ])('says that a web server is no registry: %s', async (_, status, body) => {
    const asked: string[] = [];
    const site = startTls([leaf], (request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(status, { Location: '/elsewhere' }).end(body);
    });
    const { report } = await seen(site);
    expect(report.verdict).toBe('not-a-registry');
    expect(report.problems[0]).toEqual({
      code: 'NOT_A_REGISTRY',
      data: { address: report.address, status },
    });
    expect(report.candidates).toEqual([]);
    expect(asked).toEqual(status === 404 ? ['/v2/', '/v1/_ping'] : ['/v2/']);
  });

  it('recognises a registry of the first generation', async () => {
    const old = startPlain((request, response) => {
      const isPing = request.url === '/v1/_ping';
      response.writeHead(isPing ? 200 : 404).end(isPing ? 'true' : 'nothing');
    });
    const { report, ends } = await seen(old);
    expect(report.api).toBe('v1');
    expect(ends.slice(3)).toEqual(['api attention', 'auth skipped']);
  });

  it('recognises one behind a proxy that wants a login for all but its ping', async () => {
    const old = startPlain((request, response) => {
      if (request.url === '/v1/_ping') response.setHeader('X-Docker-Registry-Standalone', 'True');
      else response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="old"' });
      response.end('{}');
    });
    const { report, ends } = await seen(old);
    expect(report).toMatchObject({ api: 'v1', auth: { kind: 'basic', realm: 'old' } });
    expect(ends.slice(3)).toEqual(['api attention', 'auth ok']);
  });

  it('reads how to sign in, also when the answer is somewhere else or unknown', async () => {
    const asks = (challenge: string) =>
      seen(
        startTls([leaf], (_, response) => {
          response.writeHead(401, { 'WWW-Authenticate': challenge }).end();
        }),
      );
    const bearer = await asks('Bearer realm="https://auth.test/token",service="reg"');
    expect(bearer.report.auth).toEqual({
      kind: 'bearer',
      realm: 'https://auth.test/token',
      service: 'reg',
      foreignHost: 'auth.test',
    });
    const own = await asks('Bearer realm="/token"');
    expect(own.report.auth).toMatchObject({ kind: 'bearer', foreignHost: null });
    const unknown = await asks('Negotiate');
    expect(unknown.report.auth).toEqual({ kind: 'unsupported', scheme: 'negotiate' });
    expect(unknown.report.problems.at(-1)?.code).toBe('AUTH_UNSUPPORTED');
  });

  it('sends nothing that identifies anyone', async () => {
    const headers = new Set<string>();
    const curious = startTls([leaf], (request, response) => {
      for (const name of Object.keys(request.headers)) headers.add(name);
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
    });
    await seen(curious);
    expect([...headers].sort()).toEqual(['accept', 'connection', 'host', 'user-agent']);
  });

  it.each([
    [
      'speaks another protocol',
      'tls: first record does not look like a TLS handshake',
      'SSH-2.0-x\r\n',
    ],
    ['hangs up', 'EOF', ''],
  ])('says so when a server %s', async (_, words, greeting) => {
    const { report } = await seen(startTcp((socket) => socket.end(greeting)));
    expect(report).toMatchObject({ verdict: 'unreachable', dockerSays: words });
    expect(report.problems[0]?.code).toBe('TLS_FAILED');
  });

  it('gives up on a server that never says anything', async () => {
    const { report, ends } = await seen(
      startTcp(() => undefined),
      { stepMs: 100 },
    );
    expect(ends.slice(1)).toEqual(['connect ok', 'tls failed', 'api skipped', 'auth skipped']);
    expect(report.problems[0]?.code).toBe('CONNECTION_TIMEOUT');
  });

  it('gives up on a registry that never answers, and on one that never ends', async () => {
    const mute = await seen(
      startTls([leaf], () => undefined),
      { stepMs: 200 },
    );
    expect(mute.report.problems.map(({ code }) => code)).toContain('CONNECTION_TIMEOUT');
    const endless = startTls([leaf], (_, response) => {
      const more = () => response.write('<'.repeat(1 << 16), more);
      more();
    });
    expect((await seen(endless)).report.verdict).toBe('not-a-registry');
  });

  it('says which port is closed', async () => {
    const port = await started(startTcp(() => undefined));
    await running.pop()?.stop();
    const { report, ends } = await watch(look(`reg.test:${port}`));
    expect(report.problems).toEqual([
      { code: 'CONNECTION_REFUSED', data: { address: `reg.test:${port}` } },
    ]);
    expect(ends[1]).toBe('connect failed');
  });

  it('says which name is unknown', async () => {
    const resolver = () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }));
    const { report } = await watch(look('nowhere.test', { resolver }));
    expect(report.problems).toEqual([{ code: 'HOST_UNKNOWN', data: { host: 'nowhere.test' } }]);
  });

  it('can be cancelled at any time, and lets go of the connection', async () => {
    let closed: Promise<unknown> | undefined;
    const silent = await started(
      startTcp((socket) => {
        closed = new Promise((resolve) => socket.resume().once('close', resolve));
      }),
    );
    const cancel = new AbortController();
    const events = look(`reg.test:${silent}`, { signal: cancel.signal });
    const result = (async () => {
      for await (const event of events) {
        if (event.type === 'step' && event.step.id === 'tls') setTimeout(() => cancel.abort(), 20);
      }
    })();
    await expect(result).rejects.toMatchObject({ code: 'CANCELLED' });
    await closed;
  });

  it('refuses what is no address', async () => {
    await expect(watch(look('https://x/'))).rejects.toMatchObject({ code: 'ADDRESS_INVALID' });
  });

  it('connects to the address that answers', async () => {
    const port = await started(startTls([leaf]));
    const resolver = async () => ['127.0.0.1', '127.99.0.1'];
    const { report } = await watch(look(`reg.test:${port}`, { resolver }));
    expect(report.api).toBe('v2');
    // The server is still well: nothing hangs on it.
    await new Promise((resolve) => connect(port, '127.0.0.1').once('connect', resolve));
  });
});
