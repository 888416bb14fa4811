import { describe, expect, it } from 'vitest';
import {
  proxyFinder,
  type WebProxy,
} from '../../../../main/registry/transport/proxy/find-proxy.ts';

const find = (env: NodeJS.ProcessEnv, url: string) =>
  (proxyFinder(env)(new URL(url)) as WebProxy | null)?.name ?? null;

describe('the proxy of the environment', () => {
  it.each([
    [{ HTTPS_PROXY: 'http://p:1' }, 'https://r.test/', 'p:1'],
    [{ https_proxy: 'http://p:1' }, 'https://r.test/', 'p:1'],
    [{ HTTPS_PROXY: 'http://p:1', https_proxy: 'http://q:1' }, 'https://r.test/', 'p:1'],
    [{ HTTPS_PROXY: '', https_proxy: 'http://q:1' }, 'https://r.test/', 'q:1'],
    [{ HTTPS_PROXY: 'http://p:1' }, 'http://r.test/', null],
    [{ HTTP_PROXY: 'http://p:1' }, 'http://r.test/', 'p:1'],
    [{ HTTP_PROXY: 'http://p:1' }, 'https://r.test/', null],
    [{ ALL_PROXY: 'socks5://p' }, 'https://r.test/', 'p:1080'],
    [{ all_proxy: 'http://p', HTTPS_PROXY: 'https://q' }, 'https://r.test/', 'q:443'],
    [{ HTTPS_PROXY: 'p.corp:3128' }, 'https://r.test/', 'p.corp:3128'],
    [{ HTTPS_PROXY: ' p.corp ' }, 'https://r.test/', 'p.corp:80'],
    [{ HTTPS_PROXY: 'http://[2001:db8::1]:8080' }, 'https://r.test/', '[2001:db8::1]:8080'],
    [{}, 'https://r.test/', null],
  ])('%o for %s is %s', (env, url, expected) => {
    expect(find(env, url)).toBe(expected);
  });

  it('takes the login out of the URL, percent-decoded, and out of the name', () => {
    const proxy = proxyFinder({ HTTPS_PROXY: 'http://ada:p%40ss@p:1' })(new URL('https://r.test/'));
    expect(proxy).toEqual({
      ...{ kind: 'http', host: 'p', port: 1, name: 'p:1' },
      login: { username: 'ada', password: 'p@ss' },
    });
  });

  it.each(['http://', 'ftp://p:1', 'http://p:99999', 'http://%zz@p', 'http://a:%ff%@p'])(
    'says that %s is none, without its login',
    (value) => {
      expect(() => find({ HTTPS_PROXY: value }, 'https://r.test/')).toThrow(
        expect.objectContaining({ code: 'PROXY_INVALID', data: { variable: 'HTTPS_PROXY' } }),
      );
    },
  );

  it.each([
    'https://localhost/',
    'https://localhost:5000/',
    'https://127.1.2.3/',
    'https://[::1]:5/',
  ])('leads never to this machine itself: %s', (url) => {
    expect(find({ HTTPS_PROXY: 'http://p:1' }, url)).toBeNull();
  });
});

describe('NO_PROXY', () => {
  // The rules and most rows are those of Go's golang.org/x/net/http/httpproxy.
  it.each([
    ['*', 'https://r.test/', true],
    ['a, *', 'https://r.test/', true],
    ['r.test', 'https://r.test/', true],
    ['R.Test', 'https://r.test/', true],
    [' other , r.test ', 'https://r.test/', true],
    ['r.test', 'https://sub.r.test/', true],
    ['r.test', 'https://barr.test/', false],
    ['.r.test', 'https://r.test/', false],
    ['.r.test', 'https://sub.r.test/', true],
    ['*.r.test', 'https://sub.r.test/', true],
    ['*.r.test', 'https://r.test/', false],
    ['test', 'https://r.test/', true],
    ['r.test:443', 'https://r.test/', true],
    ['r.test:443', 'https://r.test:5000/', false],
    ['r.test:5000', 'https://sub.r.test:5000/', true],
    ['10.0.0.1', 'https://10.0.0.1/', true],
    ['10.0.0.1', 'https://10.0.0.10/', false],
    ['10.0.0.1:5000', 'https://10.0.0.1:5000/', true],
    ['10.0.0.1:5000', 'https://10.0.0.1/', false],
    ['10.0.0.0/8', 'https://10.9.8.7:5000/', true],
    ['10.0.0.0/8', 'https://11.9.8.7/', false],
    ['10.0.0.0/8', 'https://ten.test/', false],
    ['0.0.1', 'https://10.0.0.1/', false],
    ['2001:db8::1', 'https://[2001:db8::1]:5000/', true],
    ['[2001:db8::1]:5000', 'https://[2001:db8:0::1]:5000/', true],
    ['[2001:db8::1]:5000', 'https://[2001:db8::1]/', false],
    ['2001:db8::/32', 'https://[2001:db8:7::9]/', true],
    ['2001:db8::/32', 'https://[2001:db9::9]/', false],
    ['bücher.test', 'https://xn--bcher-kva.test/', true],
    ['', 'https://r.test/', false],
    [',:5000,[],10.0.0.0/99,10.0.0.0/x', 'https://r.test/', false],
  ])('%s exempts %s: %s', (NO_PROXY, url, isExempt) => {
    for (const name of ['NO_PROXY', 'no_proxy']) {
      expect(find({ HTTPS_PROXY: 'http://p:1', [name]: NO_PROXY }, url)).toBe(
        isExempt ? null : 'p:1',
      );
    }
  });
});

describe('the proxy of the system', () => {
  const ask = async (list: string, url = 'https://r.test/v2/x?y', env: NodeJS.ProcessEnv = {}) => {
    const asked: string[] = [];
    const finder = proxyFinder(env, async (one) => {
      asked.push(one);
      return list;
    });
    const proxy = await finder(new URL(url));
    return { asked, proxy };
  };

  it.each([
    ['DIRECT', null],
    ['PROXY p.corp:3128', { kind: 'http', name: 'p.corp:3128' }],
    ['PROXY p.corp', { kind: 'http', name: 'p.corp:80' }],
    ['HTTPS p.corp:8443; DIRECT', { kind: 'https', name: 'p.corp:8443' }],
    ['SOCKS5 p.corp:1080', { kind: 'socks', name: 'p.corp:1080' }],
    ['SOCKS old.corp:1080;PROXY p.corp:1', { kind: 'http', name: 'p.corp:1' }],
    ['SOCKS old.corp:1080; DIRECT; PROXY p.corp:1', null],
    ['PROXY [2001:db8::1]:8080', { host: '2001:db8::1', port: 8080 }],
    ['PROXY', null],
    ['', null],
    ['nonsense ; ;; PROXY p:99999', null],
  ])('%j is %o', async (list, expected) => {
    const { proxy } = await ask(list);
    if (expected === null) expect(proxy).toBeNull();
    else expect(proxy).toMatchObject({ ...expected, login: null });
  });

  it('is asked for by no more than the origin, and never for this machine or what NO_PROXY lists', async () => {
    expect((await ask('DIRECT')).asked).toEqual(['https://r.test/']);
    for (const url of ['https://localhost:1/', 'http://127.0.0.1:5000/', 'http://[::1]/']) {
      expect(await ask('PROXY p:1', url)).toEqual({ asked: [], proxy: null });
    }
    expect((await ask('PROXY p:1', 'https://r.test/', { NO_PROXY: '.test' })).proxy).toBeNull();
  });

  it('gives way to the environment', async () => {
    const { asked, proxy } = await ask('PROXY p:1', 'https://r.test/', {
      HTTPS_PROXY: 'http://q:2',
    });
    expect([asked, proxy?.name]).toEqual([[], 'q:2']);
    expect(
      (await ask('PROXY p:1', 'https://r.test/', { HTTP_PROXY: 'http://q:2' })).proxy,
    ).toBeNull();
  });
});
