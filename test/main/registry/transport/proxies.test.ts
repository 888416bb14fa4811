import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FakeProxyOptions, startFakeProxy } from '../../../fakes/proxy.ts';
import type { Answer, FakeServer } from '../../../fakes/registry.ts';
import { type FakeSocksOptions, startFakeSocksProxy } from '../../../fakes/socks-proxy.ts';
import { type Issued, issueServer } from '../../../lab/certificates.ts';
import { ada, adaHeader, authority, calm, openClient, openFake } from '../open-fake.ts';

const certificate: Issued = issueServer(authority, { names: ['reg.test', '127.0.0.1'] });
const proxyLogin = { text: 'prox:s3cret/', header: `Basic ${btoa('prox:s3cret/')}` };
const inUrl = 'prox:s3cret%2F@';

const portOf = ({ address }: FakeServer): number => Number(address.split(':')[1]);
const tags: Answer = ({ headers }) =>
  headers.authorization === adaHeader
    ? { body: { tags: ['1'] } }
    : { status: 401, headers: { 'www-authenticate': 'Basic' } };

async function openProxy(options: FakeProxyOptions) {
  const proxy = await startFakeProxy(options);
  onTestFinished(() => proxy.stop());
  return proxy;
}
async function openSocks(options: FakeSocksOptions) {
  const proxy = await startFakeSocksProxy(options);
  onTestFinished(() => proxy.stop());
  return proxy;
}
const clientOf = (origin: string, env: NodeJS.ProcessEnv, options = {}) =>
  openClient(
    { origin, address: origin.replace(/^https?:\/\//, '') },
    { env, credentials: async () => ada, ...options },
  );

describe('a registry behind a proxy that only the system knows', () => {
  it.each(['https', 'http'] as const)('is reached over %s', async (scheme) => {
    const fake = await openFake(
      () => ({ body: { tags: ['1'] } }),
      scheme === 'https' ? { certificate } : {},
    );
    const proxy = await openProxy({ ports: { 'reg.test:5000': portOf(fake) } });
    const client = clientOf(
      `${scheme}://reg.test:5000`,
      {},
      {
        credentials: async () => null,
        askSystemProxy: async () => `PROXY ${proxy.address}; DIRECT`,
      },
    );
    expect(await client.listTags('x', calm)).toEqual(['1']);
    expect(proxy.asked).not.toEqual([]);
  });
});

describe('a registry behind an HTTP proxy', () => {
  it('is reached by a tunnel, under its own name and certificate', async () => {
    const fake = await openFake(tags, { certificate });
    const proxy = await openProxy({
      ports: { 'reg.test:5000': portOf(fake) },
      authorization: proxyLogin.header,
    });
    const env = { HTTPS_PROXY: `http://${inUrl}${proxy.address}` };
    const client = clientOf('https://reg.test:5000', env);
    expect(await client.listTags('x', calm)).toEqual(['1']);
    expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT reg.test:5000']));
    expect(fake.seen[0]?.headers.host).toBe('reg.test:5000');
    expect(fake.received()).not.toContain('proxy-authorization');
    expect(fake.received()).not.toContain(proxyLogin.header.slice(6));
    expect(proxy.received()).not.toContain(adaHeader.slice(6));
  });

  it('is not believed there either when its certificate is another’s', async () => {
    const other = issueServer(authority, { names: ['other.test'] });
    const fake = await openFake(tags, { certificate: other });
    const proxy = await openProxy({ ports: { 'reg.test:443': portOf(fake) } });
    const client = clientOf('https://reg.test', { https_proxy: proxy.address });
    await expect(client.listTags('x', calm)).rejects.toHaveProperty('code', 'CERT_NAME_MISMATCH');
    const stranger = clientOf(
      'https://reg.test',
      { https_proxy: proxy.address },
      { trust: { ca: [] } },
    );
    await expect(stranger.listTags('x', calm)).rejects.toHaveProperty('code', 'CERT_UNTRUSTED');
    expect(fake.seen).toEqual([]);
  });

  it('is reached through a proxy that speaks TLS itself, which the machine must trust', async () => {
    const fake = await openFake(tags, { certificate });
    const proxy = await openProxy({ ports: { 'reg.test:443': portOf(fake) }, certificate });
    const env = { HTTPS_PROXY: `https://${proxy.address}` };
    const systemRoots = async () => [authority.certPem];
    const client = clientOf('https://reg.test', env, { systemRoots });
    expect(await client.listTags('x', calm)).toEqual(['1']);
    // What is trusted for the registry alone is not trusted as a proxy.
    await expect(clientOf('https://reg.test', env).listTags('x', calm)).rejects.toMatchObject({
      code: 'PROXY_FAILED',
      data: { proxy: proxy.address, detail: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' },
    });
  });

  it('in plain HTTP is named as a whole URL, without a tunnel', async () => {
    const fake = await openFake(() => ({ body: { tags: ['1'] } }), {});
    const proxy = await openProxy({
      ports: { 'reg.test:5000': portOf(fake) },
      authorization: proxyLogin.header,
    });
    const env = { http_proxy: `http://${inUrl}${proxy.address}` };
    expect(await clientOf('http://reg.test:5000', env).listTags('x', calm)).toEqual(['1']);
    expect(proxy.asked).toEqual(['GET http://reg.test:5000/v2/x/tags/list?n=1000']);
    expect(fake.seen[0]?.headers.host).toBe('reg.test:5000');
    expect(fake.received()).not.toContain(proxyLogin.header.slice(6));
  });

  it('is asked directly when it is exempt', async () => {
    const fake = await openFake(tags, { certificate });
    const env = { HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: 'x.test' };
    expect(await clientOf(fake.origin, env).listTags('x', calm)).toEqual(['1']);
  });
});

describe('a proxy that fails', () => {
  const listThrough = (env: NodeJS.ProcessEnv, scheme = 'https') =>
    clientOf(`${scheme}://reg.test`, env).listTags('x', calm);

  it('is named, without its login', async () => {
    const failure = await listThrough({ HTTPS_PROXY: `http://${inUrl}127.0.0.1:1` }).catch(
      (it) => it,
    );
    expect(failure).toMatchObject({
      code: 'PROXY_FAILED',
      data: { proxy: '127.0.0.1:1', detail: 'ECONNREFUSED' },
    });
    expect(inspect(failure, { depth: 9 })).not.toContain('s3cret');
  });

  it('wants its own login', async () => {
    const proxy = await openProxy({ ports: {}, authorization: proxyLogin.header });
    for (const env of [
      { HTTPS_PROXY: `http://${proxy.address}` },
      { HTTPS_PROXY: `http://prox:wrong-one@${proxy.address}` },
    ]) {
      const failure = await listThrough(env).catch((it) => it);
      expect(failure).toMatchObject({ code: 'PROXY_SIGN_IN', data: { proxy: proxy.address } });
      expect(inspect(failure, { depth: 9 })).not.toContain('wrong-one');
    }
    await expect(
      listThrough({ HTTP_PROXY: `http://${proxy.address}` }, 'http'),
    ).rejects.toHaveProperty('code', 'PROXY_SIGN_IN');
  });

  it('does not lead there', async () => {
    const proxy = await openProxy({ ports: {}, refuses: 403 });
    await expect(listThrough({ HTTPS_PROXY: proxy.address })).rejects.toMatchObject({
      code: 'PROXY_REFUSED',
      data: { proxy: proxy.address, address: 'reg.test:443', detail: 'HTTP 403' },
    });
  });

  it('is none', async () => {
    await expect(listThrough({ HTTPS_PROXY: 'gopher://x' })).rejects.toHaveProperty(
      'code',
      'PROXY_INVALID',
    );
  });

  it('is a web server', async () => {
    const fake = await openFake(() => ({ status: 200, body: 'hello' }), {});
    await expect(listThrough({ HTTPS_PROXY: fake.address })).rejects.toMatchObject({
      code: expect.stringMatching(/^PROXY_/),
    });
  });
});

describe('a SOCKS proxy', () => {
  it('leads to a registry by name, with TLS and without', async () => {
    const fake = await openFake(tags, { certificate });
    const plain = await openFake(() => ({ body: { tags: ['2'] } }), {});
    const proxy = await openSocks({
      ports: {
        'reg.test:443': portOf(fake),
        'reg.test:80': portOf(plain),
        '10.1.2.3:443': portOf(fake),
      },
      login: proxyLogin.text,
    });
    const env = { ALL_PROXY: `socks5://${inUrl}${proxy.address}` };
    expect(await clientOf('https://reg.test', env).listTags('x', calm)).toEqual(['1']);
    expect(await clientOf('http://reg.test', env).listTags('x', calm)).toEqual(['2']);
    await expect(clientOf('https://10.1.2.3', env).listTags('x', calm)).rejects.toHaveProperty(
      'code',
      'CERT_NAME_MISMATCH',
    );
    expect(new Set(proxy.asked)).toEqual(new Set(['reg.test:443', 'reg.test:80', '10.1.2.3:443']));
    expect(new Set(proxy.logins)).toEqual(new Set([proxyLogin.text]));
  });

  it.each([
    ['wants a login', { login: 'a:b' }, 'PROXY_SIGN_IN'],
    ['can’t reach it', {}, 'PROXY_REFUSED'],
    ['may not reach it', { reply: 2 }, 'PROXY_REFUSED'],
  ])('that %s says so', async (_, options, code) => {
    const proxy = await openSocks({ ports: {}, ...options });
    for (const login of ['', 'a:wrong@']) {
      const env = { ALL_PROXY: `socks5://${login}${proxy.address}` };
      await expect(clientOf('https://reg.test', env).listTags('x', calm)).rejects.toMatchObject({
        code,
        data: { proxy: proxy.address },
      });
    }
  });

  it('that is none says so', async () => {
    const fake = await openFake(() => ({ body: 'hello' }), {});
    const env = { ALL_PROXY: `socks5://${fake.address}` };
    await expect(clientOf('https://reg.test', env).listTags('x', calm)).rejects.toHaveProperty(
      'code',
      'PROXY_FAILED',
    );
  });
});
