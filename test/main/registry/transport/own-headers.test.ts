import { describe, expect, it } from 'vitest';
import type { RegistryClientOptions } from '../../../../main/registry/client.ts';
import type { SeenRequest } from '../../../fakes/registry.ts';
import { ada, calm, certificate, collect, openClient, openFake } from '../open-fake.ts';

const value = 'only for this registry';
const headers = async () => ({ 'x-gate': value });
const gated = (request: SeenRequest): boolean => request.headers['x-gate'] === value;
const login = { credentials: async () => ada } satisfies Partial<RegistryClientOptions>;

/** Somebody else, on another name of this machine, who answers everything. */
const openThief = () =>
  openFake(() => ({ body: { token: 'loot', repositories: ['loot'] } }), {
    certificate,
    host: 'localhost',
  });

describe('a registry behind a gate', () => {
  it('is sent the headers with every request, beside the login', async () => {
    const fake = await openFake((request) => {
      if (!gated(request)) return { status: 403, body: '<h1>Access</h1>' };
      if (request.headers.authorization === undefined) {
        return { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
      }
      return { body: { repositories: ['a'] } };
    });
    await expect(openClient(fake, login).ping(calm)).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
    });
    let reads = 0;
    const client = openClient(fake, {
      ...login,
      headers: () => {
        reads += 1;
        return headers();
      },
    });
    expect(await client.ping(calm)).toMatchObject({ username: 'ada' });
    expect(await collect(client.listRepositories(calm))).toEqual([['a']]);
    expect(reads).toBe(1);
  });

  it('gives its own token server the headers, too', async () => {
    const fake = await openFake((request) => {
      if (!gated(request)) return { status: 403 };
      if (request.path === '/token') return { body: { token: 'good' } };
      if (request.headers.authorization === 'Bearer good') return { body: {} };
      const challenge = `Bearer realm="${fake.origin}/token",service="s"`;
      return { status: 401, headers: { 'www-authenticate': challenge } };
    });
    expect(await openClient(fake, { ...login, headers }).ping(calm)).toMatchObject({
      username: 'ada',
    });
  });

  it('is asked for nothing while the headers can not be read, and again later', async () => {
    const fake = await openFake(() => ({ body: {} }));
    let isLocked = true;
    const client = openClient(fake, {
      headers: () => (isLocked ? Promise.reject(new Error('locked')) : headers()),
    });
    await expect(client.ping(calm)).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });
    expect(fake.seen).toEqual([]);
    isLocked = false;
    await client.ping(calm);
    expect(fake.seen.every(gated)).toBe(true);
  });
});

describe('nobody else gets the headers', () => {
  it('by a redirect to another host or port, at whatever hop', async () => {
    const thief = await openThief();
    const fake = await openFake(({ path }) =>
      path === '/v2/'
        ? { status: 307, headers: { location: '/v2/again' } }
        : { status: 307, headers: { location: `${thief.origin}/v2/` } },
    );
    const client = openClient(fake, { ...login, headers });
    await client.ping(calm);
    expect(fake.seen.map(gated)).toEqual([true, true]);
    expect(thief.seen).toHaveLength(1);
    expect(thief.received()).not.toContain(value);
  });

  it('as a token server, even one that the user has accepted', async () => {
    const thief = await openThief();
    const fake = await openFake(({ headers: sent }) =>
      sent.authorization === 'Bearer loot'
        ? { body: {} }
        : { status: 401, headers: { 'www-authenticate': `Bearer realm="${thief.origin}/t"` } },
    );
    const client = openClient(fake, { ...login, headers, allowedRealms: [thief.origin] });
    await client.ping(calm);
    expect(thief.seen).toHaveLength(1);
    expect(thief.received()).not.toContain(value);
    expect(fake.seen.every(gated)).toBe(true);
  });

  it('on the same host over another port', async () => {
    const other = await openFake(() => ({ body: { repositories: [] } }));
    const fake = await openFake(() => ({
      status: 302,
      headers: { location: `${other.origin}/v2/` },
    }));
    await openClient(fake, { ...login, headers }).ping(calm);
    expect(other.seen).toHaveLength(1);
    expect(other.received()).not.toContain(value);
  });
});

it('sends nothing in the clear but within this machine', async () => {
  const fake = await openFake(() => ({ body: {} }), {});
  await openClient(fake, { headers }).ping(calm);
  expect(fake.seen.every(gated)).toBe(true);
  const far = openClient({ address: 'nas.test:5000', origin: 'http://nas.test:5000' }, { headers });
  await expect(far.ping(calm)).rejects.toMatchObject({ code: 'HEADER_INSECURE' });
});
