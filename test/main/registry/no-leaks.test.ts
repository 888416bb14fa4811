import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAuthorizer } from '../../../main/registry/auth/authorizer.ts';
import { createAccountSource } from '../../../main/registry/auth/credentials.ts';
import { readBlob } from '../../../main/registry/blobs/read-blob.ts';
import { fetchBlob, fetchManifest } from '../../../main/registry/describe/fetch-manifest.ts';
import type { HttpRequest } from '../../../main/registry/transport/exchange.ts';
import { startFake } from '../../fakes/registry.ts';
import { makeBlob } from './blobs/blob-server.ts';
import { ada, adaHeader, calm, certificate, collect, openClient, openFake } from './open-fake.ts';

const asAda = { credentials: async () => ada };
const secrets = [
  ada.password,
  encodeURIComponent(ada.password),
  adaHeader.slice(6),
  'ada',
  'good-token',
];
const expectClean = (received: string) => {
  for (const secret of secrets) expect(received).not.toContain(secret);
  expect(received).not.toContain('authorization');
};
const bearer = (realm: string) => ({
  status: 401,
  headers: { 'www-authenticate': `Bearer realm="${realm}",service="s"` },
});
/** Another host, with a certificate that the client accepts, which would take any login. */
const openThief = (host: 'localhost' | '127.0.0.1' = 'localhost') =>
  openFake(() => ({ body: { token: 'stolen', repositories: ['loot'], tags: ['1'] } }), {
    certificate,
    host,
  });

describe('a login never leaves for another server', () => {
  it.each([
    ['another host', (thief: string) => `${thief}/token`],
    [
      'another host with the registry as user',
      (thief: string) => thief.replace('//', '//127.0.0.1@'),
    ],
    [
      'another host, relative to the scheme',
      (thief: string) => `${thief.replace('https:', '')}/token`,
    ],
    ['plain HTTP', (thief: string) => `${thief.replace('https', 'http')}/token`],
  ])('when the realm is on %s', async (_, realmOf) => {
    const thief = await openThief();
    const fake = await openFake(() => bearer(realmOf(thief.origin)));
    for (const credentials of [async () => ada, async () => null]) {
      const client = openClient(fake, { credentials });
      await expect(client.ping(calm)).rejects.toHaveProperty('code', 'REALM_FOREIGN');
      await expect(client.checkLogin(ada, calm)).rejects.toHaveProperty('code', 'REALM_FOREIGN');
    }
    expect(thief.seen).toEqual([]);
    expectClean(fake.received());
  });

  it('when the realm is on the registry’s own host, but over plain HTTP', async () => {
    const thief = await startFake(() => ({ body: { token: 'x' } }));
    const fake = await openFake(() => bearer(`${thief.origin}/token`));
    await expect(openClient(fake, asAda).ping(calm)).rejects.toHaveProperty(
      'code',
      'REALM_FOREIGN',
    );
    expect(thief.seen).toEqual([]);
    await thief.stop();
  });

  it('unless the user has accepted that host for it', async () => {
    const tokens = await openThief();
    const fake = await openFake(({ headers }) =>
      headers.authorization === 'Bearer stolen' ? { body: {} } : bearer(`${tokens.origin}/token`),
    );
    const client = openClient(fake, { ...asAda, allowedRealms: [tokens.origin] });
    await expect(client.ping(calm)).resolves.toEqual({ username: 'ada', api: 'v2' });
    expect(tokens.seen[0]?.headers.authorization).toBe(adaHeader);
  });

  it('takes another port of the registry’s own host for its own', async () => {
    const tokens = await openThief('127.0.0.1');
    const fake = await openFake(({ headers }) =>
      headers.authorization === 'Bearer stolen' ? { body: {} } : bearer(`${tokens.origin}/token`),
    );
    await expect(openClient(fake, asAda).ping(calm)).resolves.toEqual({
      username: 'ada',
      api: 'v2',
    });
  });

  it('when the registry redirects, to another host or only to another port', async () => {
    for (const host of ['localhost', '127.0.0.1'] as const) {
      const thief = await openThief(host);
      const fake = await openFake(({ headers, path }) =>
        headers.authorization === undefined
          ? { status: 401, headers: { 'www-authenticate': 'Basic' } }
          : { status: 307, headers: { location: `${thief.origin}${path}` } },
      );
      await expect(openClient(fake, asAda).listTags('x', calm)).resolves.toEqual(['1']);
      expect(thief.seen).toHaveLength(1);
      expectClean(thief.received());
    }
  });

  it('when a blob is led on over plain HTTP, as Docker lets it; manifests are not', async () => {
    const { bytes, digest } = makeBlob(5_000);
    const plain = await startFake(() => ({ body: bytes }));
    const fake = await openFake(({ path, headers }) =>
      headers.authorization === undefined
        ? { status: 401, headers: { 'www-authenticate': 'Basic' } }
        : { status: 307, headers: { location: `${plain.origin}${path}?signature=1` } },
    );
    const place = openClient(fake, asAda).at('x', calm);
    const read = await collect(readBlob(place, { digest, size: bytes.length }));
    expect(Buffer.concat(read).equals(bytes)).toBe(true);
    await expect(fetchBlob(place, digest, 10_000)).resolves.toEqual(bytes);
    expectClean(plain.received());
    const asked = plain.seen.length;
    const refused = fetchManifest(place, '1');
    await expect(refused).rejects.toHaveProperty('code', 'REGISTRY_RESPONSE_INVALID');
    expect(plain.seen).toHaveLength(asked);
    const other = await startFake(() => ({ body: randomBytes(bytes.length) }));
    const forged = await openFake(({ path }) => ({
      ...{ status: 307, headers: { location: `${other.origin}${path}` } },
    }));
    const there = openClient(forged).at('x', calm);
    await expect(collect(readBlob(there, { digest, size: bytes.length }))).rejects.toHaveProperty(
      ...(['code', 'DIGEST_MISMATCH'] as const),
    );
    await plain.stop();
    await other.stop();
  });

  it('when the token server redirects', async () => {
    const thief = await openThief();
    const fake = await openFake(({ path }) =>
      path === '/token'
        ? { status: 302, headers: { location: `${thief.origin}/token` } }
        : bearer('/token'),
    );
    await expect(openClient(fake, asAda).ping(calm)).rejects.toHaveProperty(
      'code',
      'ACCESS_DENIED',
    );
    expect(thief.received()).not.toContain('authorization');
    expect(thief.received()).not.toContain(ada.password);
  });

  it('when a redirect comes back after a detour', async () => {
    const detour = await openFake(({ query }) => ({
      status: 302,
      headers: { location: query.get('back') ?? '' },
    }));
    const fake = await openFake(({ path, headers }) => {
      if (path === '/caught') return { body: { tags: ['1'] } };
      const back = encodeURIComponent(`https://${headers.host}/caught`);
      return headers.authorization === undefined
        ? { status: 401, headers: { 'www-authenticate': 'Basic' } }
        : { status: 302, headers: { location: `${detour.origin}/?back=${back}` } };
    });
    await expect(openClient(fake, asAda).listTags('x', calm)).resolves.toEqual(['1']);
    expect(fake.seen.at(-1)?.path).toBe('/caught');
    expect(fake.seen.at(-1)?.headers.authorization).toBeUndefined();
  });

  it('when the server that a redirect leads to asks for a login', async () => {
    const thief = await openFake(() => ({
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="please"' },
    }));
    const fake = await openFake(() => ({ status: 302, headers: { location: `${thief.origin}/` } }));
    await expect(openClient(fake, asAda).listTags('x', calm)).rejects.toHaveProperty(
      'code',
      'SIGN_IN_REQUIRED',
    );
    expectClean(thief.received());
  });

  it('when a page links to another server', async () => {
    const thief = await openThief();
    const fake = await openFake(({ query, headers }) => {
      if (headers.authorization !== adaHeader) {
        return { status: 401, headers: { 'www-authenticate': 'Basic' } };
      }
      return query.has('last')
        ? { body: { repositories: ['b'] } }
        : {
            headers: { link: `<${thief.origin}/v2/_catalog?last=a>; rel="next"` },
            body: { repositories: ['a'] },
          };
    });
    await expect(collect(openClient(fake, asAda).listRepositories(calm))).resolves.toEqual([
      ['a'],
      ['b'],
    ]);
    expect(thief.seen).toEqual([]);
  });

  it('over plain HTTP to another machine', async () => {
    for (const challenge of [
      'Basic',
      'Bearer realm="/token"',
      'Bearer realm="https://nas.test/"',
    ]) {
      const sent: HttpRequest[] = [];
      const authorize = createAuthorizer({
        realmRules: {
          address: 'nas.test:5000',
          registry: new URL('http://nas.test:5000/'),
          allowedOrigins: [],
        },
        exchange: async (request) => {
          sent.push(request);
          const rawHeaders = ['WWW-Authenticate', challenge];
          return { url: request.url, status: 401, rawHeaders, body: Buffer.alloc(0) };
        },
        accounts: createAccountSource(async () => ada),
        tokens: {
          get: () => Promise.reject(new Error('asked for a token')),
          drop: () => undefined,
        },
      });
      const url = new URL('http://nas.test:5000/v2/');
      const request = {
        route: 'ping',
        scope: null,
        url,
        accept: '*/*',
        limit: 9,
        signal: calm,
      } as const;
      for (let attempt = 0; attempt < 2; attempt += 1) {
        await expect(authorize(request)).rejects.toHaveProperty('code', 'SIGN_IN_INSECURE');
      }
      expectClean(JSON.stringify(sent));
    }
  });

  it('to a server whose certificate is not trusted', async () => {
    const fake = await openFake(() => ({ status: 401, headers: { 'www-authenticate': 'Basic' } }));
    const client = openClient(fake, { ...asAda, trust: { ca: [] } });
    await expect(client.checkLogin(ada, calm)).rejects.toHaveProperty('code', 'CERT_UNTRUSTED');
    expect(fake.seen).toEqual([]);
  });
});

describe('redirects', () => {
  it.each([
    ['from HTTPS to HTTP', (origin: string) => origin.replace('https', 'http')],
    ['to a file', () => 'file:///etc/passwd'],
    ['to nowhere', () => 'https://['],
    ['with a login of their own', (origin: string) => origin.replace('//', '//a:b@')],
  ])('are not followed %s', async (_, target) => {
    const fake = await openFake(({ headers }) => ({
      status: 302,
      headers: { location: target(`https://${headers.host}/x`) },
    }));
    await expect(openClient(fake).listTags('x', calm)).rejects.toHaveProperty(
      'code',
      'REGISTRY_RESPONSE_INVALID',
    );
    expect(fake.seen).toHaveLength(1);
  });

  it('end after five', async () => {
    const fake = await openFake(({ path }) => ({ status: 302, headers: { location: `${path}x` } }));
    await expect(openClient(fake).listTags('x', calm)).rejects.toHaveProperty(
      'code',
      'REGISTRY_RESPONSE_INVALID',
    );
    expect(fake.seen).toHaveLength(6);
  });
});
