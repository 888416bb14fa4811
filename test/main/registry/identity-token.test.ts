import { describe, expect, it } from 'vitest';
import type { Answer, FakeServer, Reply, SeenRequest } from '../../fakes/registry.ts';
import { ada, adaHeader, calm, certificate, openClient, openFake } from './open-fake.ts';

const identity = { username: '<token>', password: 'refresh+token/1' };
const withToken = { credentials: async () => identity };
const asAda = { credentials: async () => ada };

/** A registry that wants tokens, and what its token server answers. */
const behindTokens =
  (token: (request: SeenRequest) => Reply, realm = '/token'): Answer =>
  (request) => {
    if (request.path.startsWith('/token')) return token(request);
    if (request.headers.authorization === 'Bearer good') return { body: { tags: ['1'] } };
    return {
      status: 401,
      headers: { 'www-authenticate': `Bearer realm="${realm}",service="s"` },
    };
  };
const good: Reply = { body: { access_token: 'good', expires_in: 300 } };
const posted = (fake: FakeServer) => fake.seen.filter(({ method }) => method === 'POST');
const asked = (fake: FakeServer) => fake.seen.filter(({ path }) => path === '/token');

describe('an identity token', () => {
  it('goes by POST, in the form and nowhere else', async () => {
    const fake = await openFake(behindTokens(() => good));
    const client = openClient(fake, withToken);
    await expect(client.listTags('team/api', calm)).resolves.toEqual(['1']);
    const [request] = asked(fake);
    expect(request).toMatchObject({ method: 'POST', path: '/token' });
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(request?.headers.authorization).toBeUndefined();
    expect([...(request?.query ?? [])]).toEqual([]);
    expect(Object.fromEntries(request?.form ?? [])).toEqual({
      ...{ grant_type: 'refresh_token', refresh_token: identity.password },
      ...{ service: 's', client_id: 'regent', scope: 'repository:team/api:pull' },
    });
    expect(fake.seen.filter(({ path }) => path !== '/token').map((one) => one.form.size)).toEqual([
      0, 0,
    ]);
  });

  it('gets one token for all who wait, and a new one when that ends', async () => {
    const fake = await openFake(behindTokens(() => good));
    const client = openClient(fake, withToken);
    await Promise.all(Array.from({ length: 8 }, () => client.listTags('x', calm)));
    expect(asked(fake)).toHaveLength(1);
    client.clock.advance(296_000);
    await client.listTags('x', calm);
    expect(asked(fake)).toHaveLength(2);
  });

  it('stays the one that is kept, whatever the answer offers', async () => {
    const rotated = { body: { access_token: 'good', refresh_token: 'another', expires_in: 60 } };
    const fake = await openFake(behindTokens(() => rotated));
    const client = openClient(fake, withToken);
    await client.listTags('x', calm);
    await client.listTags('y', calm);
    const sent = posted(fake).map(({ form }) => form.get('refresh_token'));
    expect(sent).toEqual([identity.password, identity.password]);
    expect(posted(fake).some(({ form }) => form.has('access_type'))).toBe(false);
  });

  it.each([
    [401, {}, 'IDENTITY_TOKEN_REJECTED'],
    [400, { error: 'invalid_grant' }, 'IDENTITY_TOKEN_REJECTED'],
    [403, {}, 'IDENTITY_TOKEN_REJECTED'],
    [404, {}, 'IDENTITY_TOKEN_UNSUPPORTED'],
    [405, {}, 'IDENTITY_TOKEN_UNSUPPORTED'],
    [400, { error: 'unsupported_grant_type' }, 'IDENTITY_TOKEN_UNSUPPORTED'],
    [400, { error: ['odd'] }, 'REGISTRY_ERROR'],
    [500, {}, 'REGISTRY_ERROR'],
  ])('and an answer of %i with %j mean %s', async (status, body, code) => {
    const fake = await openFake(behindTokens(() => ({ status, body })));
    const client = openClient(fake);
    await expect(client.checkLogin(identity, calm)).rejects.toHaveProperty('code', code);
    expect(asked(fake)).toHaveLength(1);
  });

  it('that may not do what was asked is not a bad one', async () => {
    const client = openClient(await openFake(behindTokens(() => ({ status: 403 }))), withToken);
    await expect(client.listTags('x', calm)).rejects.toHaveProperty('code', 'ACCESS_DENIED');
  });

  it('never goes to a registry that wants a password', async () => {
    const fake = await openFake(() => ({ status: 401, headers: { 'www-authenticate': 'Basic' } }));
    const client = openClient(fake, withToken);
    const unsupported = { code: 'IDENTITY_TOKEN_UNSUPPORTED' };
    await expect(client.checkLogin(identity, calm)).rejects.toMatchObject(unsupported);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(client.ping(calm)).rejects.toMatchObject(unsupported);
    }
    expect(fake.received()).not.toContain('refresh');
  });
});

describe('what is posted to a token server', () => {
  it.each([301, 302, 303, 307, 308])(
    'is not taken to another server by a redirect with %i',
    async (status) => {
      for (const host of ['localhost', '127.0.0.1'] as const) {
        const thief = await openFake(() => good, { certificate, host });
        const headers = { location: `${thief.origin}/token` };
        const fake = await openFake(behindTokens(() => ({ status, headers })));
        const client = openClient(fake, withToken);
        const refused = { code: 'REGISTRY_RESPONSE_INVALID' };
        await expect(client.listTags('x', calm)).rejects.toMatchObject(refused);
        expect(thief.seen).toEqual([]);
      }
    },
  );

  it('goes on on the same server where the redirect keeps it as it is, and else nowhere', async () => {
    const redirecting = (status: number) =>
      openFake(
        behindTokens(({ path, form }) =>
          path === '/token'
            ? { status, headers: { location: '/token2' } }
            : { body: { token: form.get('refresh_token') === null ? 'bad' : 'good' } },
        ),
      );
    const kept = openClient(await redirecting(308), withToken);
    await expect(kept.listTags('x', calm)).resolves.toEqual(['1']);
    const fake = await redirecting(302);
    const code = 'REGISTRY_RESPONSE_INVALID';
    await expect(openClient(fake, withToken).listTags('x', calm)).rejects.toMatchObject({ code });
    expect(fake.seen.filter(({ path }) => path === '/token2')).toEqual([]);
  });

  it('goes to no realm that is not the registry’s', async () => {
    const thief = await openFake(() => good, { certificate, host: 'localhost' });
    const fake = await openFake(behindTokens(() => good, `${thief.origin}/token`));
    const client = openClient(fake, withToken);
    await expect(client.listTags('x', calm)).rejects.toHaveProperty('code', 'REALM_FOREIGN');
    expect(thief.seen).toEqual([]);
  });

  it('is not sent again after a connection broke: the server may have spent it', async () => {
    const fake = await openFake(behindTokens(() => ({ fault: 'reset' })));
    const client = openClient(fake, withToken);
    await expect(client.listTags('x', calm)).rejects.toHaveProperty('code', 'CONNECTION_FAILED');
    expect(posted(fake)).toHaveLength(1);
    expect(client.pauses).toEqual([]);
  });

  it('is sent again only where the server says when', async () => {
    const busy = (status: number, headers = {}) =>
      openFake(behindTokens(({ repetition }) => (repetition === 0 ? { status, headers } : good)));
    for (const status of [429, 503]) {
      const fake = await busy(status, { 'retry-after': '1' });
      await expect(openClient(fake, withToken).listTags('x', calm)).resolves.toEqual(['1']);
      expect(posted(fake)).toHaveLength(2);
    }
    for (const status of [502, 503, 504]) {
      const fake = await busy(status);
      const client = openClient(fake, withToken);
      await expect(client.listTags('x', calm)).rejects.toHaveProperty('code', 'REGISTRY_ERROR');
      expect(posted(fake)).toHaveLength(1);
    }
  });
});

describe('a password and a token server without GET', () => {
  const onlyPost =
    (status: number, token: (request: SeenRequest) => Reply = () => good): Answer =>
    (request) =>
      behindTokens((asked) => (asked.method === 'POST' ? token(asked) : { status }))(request);

  it.each([404, 405])('goes by POST where GET is answered with %i', async (status) => {
    const fake = await openFake(onlyPost(status));
    await expect(openClient(fake, asAda).listTags('x', calm)).resolves.toEqual(['1']);
    const [first, second] = asked(fake);
    expect(first?.headers.authorization).toBe(adaHeader);
    expect(Object.fromEntries(second?.form ?? [])).toEqual({
      ...{ grant_type: 'password', username: ada.username, password: ada.password },
      ...{ service: 's', client_id: 'regent', scope: 'repository:x:pull' },
    });
  });

  it.each([
    [401, {}],
    [400, { error: 'invalid_grant' }],
  ])('is wrong where that says %i with %j', async (status, body) => {
    const client = openClient(await openFake(onlyPost(404, () => ({ status, body }))), asAda);
    await expect(client.listTags('x', calm)).rejects.toHaveProperty('code', 'CREDENTIALS_REJECTED');
  });

  it.each([401, 403, 400, 500])('is not tried twice after %i', async (status) => {
    const fake = await openFake(onlyPost(status));
    await expect(openClient(fake, asAda).ping(calm)).rejects.toThrow();
    expect(posted(fake)).toEqual([]);
  });

  it('is not made up for nobody', async () => {
    const fake = await openFake(onlyPost(404));
    await expect(openClient(fake).ping(calm)).rejects.toHaveProperty('code', 'REGISTRY_ERROR');
    expect(posted(fake)).toEqual([]);
  });
});
