import { describe, expect, it, onTestFinished } from 'vitest';
import { proxyFinder } from '../../../../main/registry/transport/proxy/find-proxy.ts';
import { createProxyWays } from '../../../../main/registry/transport/proxy/proxy-ways.ts';
import { type ProbeOptions, probe } from '../../../../main/trust/probe.ts';
import { createPool } from '../../../../main/trust/verify/pool.ts';
import { type FakeProxyOptions, startFakeProxy } from '../../../fakes/proxy.ts';
import { startFakeSocksProxy } from '../../../fakes/socks-proxy.ts';
import { issueAuthority, issueServer } from '../../../lab/certificates.ts';
import { make, makeCa, NOW } from '../make-certificate.ts';
import { startPlain, startTls, type TestServer, watch } from '../test-server.ts';

const ca = makeCa();
const leaf = make({ by: ca, names: ['reg.test'] });

const started = async (starting: Promise<TestServer>): Promise<number> => {
  const server = await starting;
  onTestFinished(() => server.stop());
  return server.port;
};
async function openProxy(options: FakeProxyOptions) {
  const proxy = await startFakeProxy(options);
  onTestFinished(() => proxy.stop());
  return proxy;
}
const look = (address: string, env: NodeJS.ProcessEnv, options: Partial<ProbeOptions> = {}) =>
  watch(
    probe(address, {
      signal: new AbortController().signal,
      roots: createPool([]),
      clock: { now: () => NOW },
      resolver: () => Promise.reject(new Error('only the proxy knows the name')),
      findProxyWay: createProxyWays(proxyFinder(env), async () => []),
      ...options,
    }),
  );

const direct = { resolver: async () => ['0.0.0.0'] } satisfies Partial<ProbeOptions>;

describe('a look at a server behind a proxy', () => {
  it('finds the same as a direct one, and says which proxy leads there', async () => {
    const port = await started(startTls([leaf, ca]));
    const proxy = await openProxy({
      ports: { 'reg.test:5000': port },
      authorization: `Basic ${btoa('prox:secret')}`,
    });
    const { report, ends } = await look('reg.test:5000', {
      HTTPS_PROXY: `http://prox:secret@${proxy.address}`,
    });
    expect(ends).toEqual(['resolve skipped', 'connect ok', 'tls attention', 'api ok', 'auth ok']);
    expect(report).toMatchObject({
      ...{ verdict: 'untrusted', api: 'v2', ips: [], proxy: proxy.address },
      dockerSays: 'x509: certificate signed by unknown authority',
    });
    expect(report.certificates.map(({ pem }) => pem)).toEqual([leaf.pem, ca.pem]);
    expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT reg.test:5000']));
  });

  it('goes through SOCKS, too', async () => {
    const port = await started(startTls([leaf, ca]));
    const proxy = await startFakeSocksProxy({ ports: { 'reg.test:443': port } });
    onTestFinished(() => proxy.stop());
    const { report } = await look('reg.test', { ALL_PROXY: `socks5h://${proxy.address}` });
    expect(report).toMatchObject({ verdict: 'untrusted', proxy: proxy.address });
  });

  it('goes through a proxy that speaks TLS itself, if the machine trusts that', async () => {
    const port = await started(startTls([leaf, ca]));
    const authority = issueAuthority();
    const certificate = issueServer(authority, { names: ['127.0.0.1'] });
    const proxy = await openProxy({ ports: { 'reg.test:443': port }, certificate });
    const findProxy = proxyFinder({ HTTPS_PROXY: `https://${proxy.address}` });
    const through = (roots: readonly string[]) =>
      look('reg.test', {}, { findProxyWay: createProxyWays(findProxy, async () => roots) });
    expect((await through([authority.certPem])).report.verdict).toBe('untrusted');
    const { report } = await through([]);
    expect(report.problems.map(({ code }) => code)).toEqual(['PROXY_FAILED']);
    expect(report.verdict).toBe('unreachable');
  });

  it('asks for plain HTTP by whole URLs, also where the proxy leads to port 443 alone', async () => {
    const port = await started(
      startPlain((_, response) => {
        response.setHeader('docker-distribution-api-version', 'registry/2.0').end('{}');
      }),
    );
    const proxy = await openProxy({ ports: { 'plain.test:5000': port } });
    const env = { HTTP_PROXY: `http://${proxy.address}`, HTTPS_PROXY: `http://${proxy.address}` };
    const { report } = await look('plain.test:5000', env);
    expect(report).toMatchObject({ verdict: 'plain-http', api: 'v2', proxy: proxy.address });
    expect(proxy.asked).toContain('GET http://plain.test:5000/v2/');
    const closed = await openProxy({ ports: { 'plain.test:5000': port }, refuses: 403 });
    const picky = { ...env, HTTPS_PROXY: `http://${closed.address}` };
    expect((await look('plain.test:5000', picky)).report.verdict).toBe('plain-http');
  });

  it('takes no page of the proxy’s own for a registry that speaks plain HTTP', async () => {
    for (const [status, headers] of [
      [200, {}],
      [401, { 'www-authenticate': 'Basic realm="proxy"' }],
    ] as const) {
      const port = await started(
        startPlain((_, response) => {
          response.writeHead(status, headers).end('{"error":"blocked"}');
        }),
      );
      const closed = await openProxy({ ports: { 'reg.test:5000': port }, refuses: 403 });
      const open = await openProxy({ ports: { 'reg.test:5000': port } });
      const { report } = await look('reg.test:5000', {
        HTTPS_PROXY: `http://${closed.address}`,
        HTTP_PROXY: `http://${open.address}`,
      });
      expect(report.verdict).toBe('unreachable');
      expect(report.problems.map(({ code }) => code)).toEqual(['PROXY_REFUSED']);
    }
  });

  it('passes over the proxy where NO_PROXY says so', async () => {
    const port = await started(startTls([leaf, ca]));
    const { report } = await look(
      `reg.test:${port}`,
      { HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '.test' },
      { resolver: async () => ['0.0.0.0'] },
    );
    expect(report).toMatchObject({ verdict: 'untrusted', ips: ['0.0.0.0'], proxy: null });
  });
});

describe('what the proxy itself is to blame for', () => {
  const problemsOf = async (env: NodeJS.ProcessEnv) => {
    const { report, ends } = await look('reg.test:5000', env);
    expect(ends).toContain('connect failed');
    return report.problems;
  };

  it.each([
    [407, 'PROXY_SIGN_IN'],
    [403, 'PROXY_REFUSED'],
    [503, 'PROXY_REFUSED'],
  ])('HTTP status %i', async (refuses, code) => {
    const { address } = await openProxy({ ports: {}, refuses });
    const problems = await problemsOf({ HTTPS_PROXY: `http://${address}` });
    expect(problems).toMatchObject([{ code, data: { proxy: address } }]);
  });

  it('not being there', async () => {
    const problems = await problemsOf({ HTTPS_PROXY: 'http://127.0.0.1:9' });
    expect(problems).toMatchObject([{ code: 'PROXY_FAILED', data: { proxy: '127.0.0.1:9' } }]);
  });

  it('being no proxy by its name', async () => {
    const problems = await problemsOf({ HTTPS_PROXY: 'ftp://x' });
    expect(problems).toMatchObject([{ code: 'PROXY_INVALID', data: { variable: 'HTTPS_PROXY' } }]);
  });
});

describe('a look at a server with a gate before it', () => {
  const gate = () => startTls([leaf, ca], (_, response) => response.writeHead(403).end('<html>'));

  it('finds no registry, as nothing is sent that would open it', async () => {
    const { report } = await look(`reg.test:${await started(gate())}`, {}, direct);
    expect(report).toMatchObject({ verdict: 'not-a-registry', candidates: [] });
  });

  it('leaves it open what is behind, once the user has told of the gate', async () => {
    const address = `reg.test:${await started(gate())}`;
    const { report, ends } = await look(address, {}, { ...direct, isGated: true });
    expect(ends.slice(3)).toEqual(['api attention', 'auth skipped']);
    expect(report).toMatchObject({ verdict: 'untrusted', api: null, auth: null });
    expect(report.candidates).not.toEqual([]);
  });
});
