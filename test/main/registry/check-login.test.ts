import { describe, expect, it } from 'vitest';
import type { Answer, Reply, SeenRequest } from '../../fakes/registry.ts';
import { ada, adaHeader, calm, openClient, openFake } from './open-fake.ts';

const basic: Reply = { status: 401, headers: { 'www-authenticate': 'Basic realm="Lab"' } };
const wrong = { ...ada, password: 'x' };
const isUpload = ({ path }: SeenRequest) => path.includes('/blobs/uploads/');
/** A registry that guards some requests with Basic, and what those who are in get. */
const guarding =
  (isGuarded: (request: SeenRequest) => boolean, inside: Reply = { body: {} }): Answer =>
  (request) => {
    if (!isGuarded(request)) return isUpload(request) ? { status: 404 } : { body: {} };
    return request.headers.authorization === adaHeader ? inside : basic;
  };

describe('proving a login', () => {
  it('takes it from a robot that may not list the repositories', async () => {
    const isCatalog = ({ path }: SeenRequest) => path === '/v2/_catalog';
    const fake = await openFake(guarding(isCatalog, { status: 403 }));
    await expect(openClient(fake).checkLogin(ada, calm)).resolves.toBeUndefined();
    await expect(openClient(fake).checkLogin(wrong, calm)).rejects.toMatchObject({
      code: 'CREDENTIALS_REJECTED',
      data: { username: 'ada' },
    });
  });

  it.each([429, 500, 503])('takes no answer for it that says nothing: %i', async (status) => {
    const isCatalog = ({ path }: SeenRequest) => path === '/v2/_catalog';
    const fake = await openFake((request) => {
      if (!isCatalog(request)) return { body: {} };
      return request.headers.authorization ? { status } : basic;
    });
    await expect(openClient(fake).checkLogin(wrong, calm)).rejects.toMatchObject({
      code: status === 429 ? 'RATE_LIMITED' : 'REGISTRY_ERROR',
    });
  });

  it.each([
    [200, 'REGISTRY_RESPONSE_INVALID'],
    [401, 'REGISTRY_RESPONSE_INVALID'],
    [404, 'REGISTRY_RESPONSE_INVALID'],
    [503, 'REGISTRY_ERROR'],
  ])('takes no answer for it that another server gave: %i', async (status, code) => {
    const other = await openFake(() => ({ status, body: {} }));
    const fake = await openFake(({ path, headers }) => {
      if (path !== '/v2/_catalog?n=1' && path !== '/v2/_catalog') return { body: {} };
      if (!headers.authorization) return basic;
      return { status: 307, headers: { location: `${other.origin}/maintenance` } };
    });
    await expect(openClient(fake).checkLogin(wrong, calm)).rejects.toMatchObject({ code });
  });

  it('takes it from a token server, even where its token may not list them', async () => {
    const fake = await openFake(({ path, headers }) => {
      if (path === '/v2/') return { body: {} };
      if (path !== '/token') {
        return { status: 401, headers: { 'www-authenticate': 'Bearer realm="/token"' } };
      }
      return headers.authorization === adaHeader ? { body: { token: 'narrow' } } : { status: 401 };
    });
    await expect(openClient(fake).checkLogin(ada, calm)).resolves.toBeUndefined();
    await expect(openClient(fake).checkLogin(wrong, calm)).rejects.toMatchObject({
      code: 'CREDENTIALS_REJECTED',
    });
  });

  it('finds the guard of a registry from which everybody may read, and changes nothing', async () => {
    const fake = await openFake(guarding(({ method }) => method !== 'GET', { status: 404 }));
    await expect(openClient(fake).checkLogin(ada, calm)).resolves.toBeUndefined();
    await expect(openClient(fake).checkLogin(wrong, calm)).rejects.toMatchObject({
      code: 'CREDENTIALS_REJECTED',
    });
    const writing = fake.seen.filter(({ method }) => method !== 'GET');
    expect(writing.every((one) => one.method === 'DELETE' && isUpload(one))).toBe(true);
    expect(writing[0]?.path).toMatch(/^\/v2\/regent\/sign-in\/blobs\/uploads\/[0-9a-f-]{36}$/);
  });

  it.each([200, 403, 404, 405])('shows no login where everybody is served: %i', async (status) => {
    const fake = await openFake((request) => (isUpload(request) ? { status } : { body: {} }));
    await expect(openClient(fake).checkLogin(ada, calm)).rejects.toMatchObject({
      code: 'SIGN_IN_NOT_NEEDED',
    });
    expect(fake.received()).not.toContain('authorization');
  });

  it('asks a registry that guards the door nothing more', async () => {
    const fake = await openFake(guarding(() => true));
    await openClient(fake).checkLogin(ada, calm);
    expect(new Set(fake.seen.map(({ path }) => path))).toEqual(new Set(['/v2/']));
  });
});

describe('what a client hears of its login', () => {
  const listen = (answer: Answer, login: typeof ada | null = ada) => {
    const heard: string[] = [];
    return openFake(answer).then((fake) => ({
      heard,
      client: openClient(fake, {
        credentials: async () => login,
        onAnswer: (username, said) => heard.push(`${username} ${said}`),
      }),
    }));
  };

  it('is that it works, also where it may not do what was asked', async () => {
    for (const status of [200, 403, 404]) {
      const { client, heard } = await listen(guarding(() => true, { status, body: {} }));
      await client.listTags('x', calm).catch(() => undefined);
      // Where there is nothing, it is asked whether it is a registry at all.
      expect(new Set(heard)).toEqual(new Set(['ada worked']));
    }
  });

  it('is that it works where the registry sends it on to a server that asks for another', async () => {
    const store = await openFake(() => ({ status: 401 }));
    const headers = { location: `${store.origin}/blob` };
    const { client, heard } = await listen(guarding(() => true, { status: 307, headers }));
    await client.listTags('x', calm).catch(() => undefined);
    expect(heard).toEqual(['ada worked']);
  });

  it('is that it was refused, by the registry or its token server', async () => {
    const refusals: readonly Answer[] = [
      () => basic,
      ({ path }) =>
        path === '/token'
          ? { status: 401 }
          : { status: 401, headers: { 'www-authenticate': 'Bearer realm="/token"' } },
    ];
    for (const answer of refusals) {
      const { client, heard } = await listen(answer);
      await client.ping(calm).catch(() => undefined);
      expect(heard).toEqual(['ada refused']);
    }
  });

  it('is nothing of a login that nobody asked for, of nobody, and of a broken registry', async () => {
    const quiet: readonly [Answer, typeof ada | null][] = [
      [() => ({ body: {} }), ada],
      [() => basic, null],
      [({ headers }) => (headers.authorization ? { status: 500 } : basic), ada],
      [({ headers }) => (headers.authorization ? { status: 429 } : basic), ada],
    ];
    for (const [answer, login] of quiet) {
      const { client, heard } = await listen(answer, login);
      await client.ping(calm).catch(() => undefined);
      expect(heard).toEqual([]);
    }
  });

  it('is nothing of a login that is only being checked', async () => {
    const { client, heard } = await listen(guarding(() => true));
    await client.checkLogin(ada, calm);
    expect(heard).toEqual([]);
  });
});
