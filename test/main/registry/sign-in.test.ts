import { describe, expect, it } from 'vitest';
import type { Answer, Reply, SeenRequest } from '../../fakes/registry.ts';
import { ada, adaHeader, calm, collect, openClient, openFake } from './open-fake.ts';

const asAda = { credentials: async () => ada };
const challenge = (...lines: string[]): Reply => ({
  status: 401,
  headers: { 'www-authenticate': lines },
  body: { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] },
});
const basic = challenge('Basic realm="Lab"');
const good = (path: string): Reply =>
  path.endsWith('/tags/list') ? { body: { tags: ['1'] } } : { body: {} };
const behindBasic: Answer = ({ path, headers }) =>
  headers.authorization === adaHeader ? good(path) : basic;

/** A registry that wants tokens from `/token` on its own port. */
const behindTokens =
  (token: (request: SeenRequest) => Reply, lines = ['Bearer realm="/token",service="s"']): Answer =>
  (request) => {
    if (request.path === '/token') return token(request);
    const { authorization = '' } = request.headers;
    return authorization.startsWith('Bearer good') ? good(request.path) : challenge(...lines);
  };

describe('signing in with Basic', () => {
  it('shows the login when it is asked for, then always at once', async () => {
    const fake = await openFake(behindBasic);
    const client = openClient(fake, asAda);
    await expect(client.ping(calm)).resolves.toEqual({ username: 'ada', api: 'v2' });
    await client.ping(calm);
    expect(fake.seen.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      adaHeader,
      adaHeader,
    ]);
  });

  it('asks for an account when there is none', async () => {
    const client = openClient(await openFake(behindBasic));
    await expect(client.ping(calm)).rejects.toHaveProperty('code', 'SIGN_IN_REQUIRED');
  });

  it('says that a login is wrong, by the registry’s answer, and asks once only', async () => {
    const fake = await openFake(() => basic);
    const client = openClient(fake, asAda);
    await expect(client.ping(calm)).rejects.toMatchObject({
      code: 'CREDENTIALS_REJECTED',
      data: { username: 'ada' },
    });
    expect(fake.seen).toHaveLength(2);
  });

  it('takes up a login that was changed since', async () => {
    let current = { ...ada, password: 'old' };
    const client = openClient(await openFake(behindBasic), { credentials: async () => current });
    await expect(client.ping(calm)).rejects.toHaveProperty('code', 'CREDENTIALS_REJECTED');
    current = ada;
    await expect(client.ping(calm)).resolves.toEqual({ username: 'ada', api: 'v2' });
  });

  it('passes on why the keychain gave nothing', async () => {
    const failure = new Error('locked');
    const client = openClient(await openFake(behindBasic), {
      credentials: () => Promise.reject(failure),
    });
    await expect(client.ping(calm)).rejects.toBe(failure);
  });

  it('never sends a login that Basic cannot carry', async () => {
    const fake = await openFake(behindBasic);
    const client = openClient(fake);
    const odd = { username: 'a:b', password: 'x' };
    await expect(client.checkLogin(odd, calm)).rejects.toMatchObject({
      code: 'CREDENTIALS_INVALID',
      data: { reason: 'U+003A' },
    });
    expect(fake.seen).toHaveLength(1);
  });
});

describe('signing in with tokens', () => {
  it('fetches one token for all who wait, and keeps it', async () => {
    const fake = await openFake(behindTokens(() => ({ body: { token: 'good', expires_in: 300 } })));
    const client = openClient(fake, asAda);
    await Promise.all(Array.from({ length: 8 }, () => client.listTags('team/api', calm)));
    await client.listTags('team/api', calm);
    const asked = fake.seen.filter(({ path }) => path === '/token');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers.authorization).toBe(adaHeader);
    expect([...(asked[0]?.query ?? [])]).toEqual([
      ['service', 's'],
      ['scope', 'repository:team/api:pull'],
      ['client_id', 'regent'],
      ['account', 'ada'],
    ]);
  });

  it('renews a token before it ends: 60 seconds when nothing is said', async () => {
    const fake = await openFake(behindTokens(() => ({ body: { access_token: 'good' } })));
    const client = openClient(fake, asAda);
    const tokens = () => fake.seen.filter(({ path }) => path === '/token').length;
    await client.listTags('x', calm);
    client.clock.advance(54_000);
    await client.listTags('x', calm);
    expect(tokens()).toBe(1);
    client.clock.advance(2_000);
    await client.listTags('x', calm);
    expect(tokens()).toBe(2);
  });

  it('fetches a new token once when one is refused early', async () => {
    const fake = await openFake(
      behindTokens(({ repetition }) => ({ body: { token: repetition === 0 ? 'bad' : 'good2' } })),
    );
    const client = openClient(fake, asAda);
    await expect(client.listTags('x', calm)).rejects.toHaveProperty('code', 'ACCESS_DENIED');
    await expect(client.listTags('x', calm)).resolves.toEqual(['1']);
  });

  it('takes a question for the password from an account without a right for what it is', async () => {
    // As Harbor and Gitea answer whoever has a good token that does not allow this.
    const heard: string[] = [];
    const fake = await openFake(({ path, headers }) => {
      if (path === '/token') return { body: { token: 'good' } };
      const { authorization = '' } = headers;
      if (authorization === '') return challenge('Bearer realm="/token"');
      return path.startsWith('/v2/secret/') ? basic : good(path);
    });
    const onAnswer = (_: string, answer: string) => heard.push(answer);
    const client = openClient(fake, { ...asAda, onAnswer });
    await client.listTags('x', calm);
    await expect(client.listTags('secret/x', calm)).rejects.toHaveProperty('code', 'ACCESS_DENIED');
    await expect(client.listTags('x', calm)).resolves.toEqual(['1']);
    expect(heard).not.toContain('refused');
    expect(fake.seen.at(-1)?.headers.authorization).toBe('Bearer good');
  });

  it('asks without a login for what is public', async () => {
    const fake = await openFake(behindTokens(() => ({ body: { token: 'good' } })));
    await expect(openClient(fake).ping(calm)).resolves.toEqual({ username: null, api: 'v2' });
    expect(fake.seen[1]?.headers.authorization).toBeUndefined();
  });

  it.each([
    [401, 'CREDENTIALS_REJECTED'],
    [403, 'CREDENTIALS_REJECTED'],
    [429, 'RATE_LIMITED'],
    [500, 'REGISTRY_ERROR'],
  ])('understands a token server that answers %i: %s', async (status, code) => {
    const client = openClient(await openFake(behindTokens(() => ({ status }))), asAda);
    await expect(client.ping(calm)).rejects.toHaveProperty('code', code);
  });

  it.each([
    ['no token', { body: {} }],
    ['no JSON', { body: '<html>' }],
    ['a token with a line break', { body: { token: 'good\r\nx: y' } }],
    ['an endless token', { fault: 'endless' as const }],
  ])('takes no nonsense for a token: %s', async (_, reply) => {
    const client = openClient(await openFake(behindTokens(() => reply)), asAda);
    const code = 'fault' in reply ? 'RESPONSE_TOO_LARGE' : 'REGISTRY_RESPONSE_INVALID';
    await expect(client.ping(calm)).rejects.toHaveProperty('code', code);
  });

  it.each([
    ['two lines, as older Gitea sends them', ['Bearer realm="/token"', 'Basic']],
    ['one line with two challenges', ['Basic realm="a, b", Bearer realm="/token", service=s']],
    ['unknown schemes first', ['Negotiate', 'NTLM TlRMTVNTUAAC==', 'BEARER Realm = "/token"']],
    ['a scope with commas', ['Bearer scope="repository:x:pull,push",realm="/token"']],
    ['the scope of Forgejo', ['Bearer realm="/token",scope="*"']],
  ])('reads %s', async (_, lines) => {
    const fake = await openFake(behindTokens(() => ({ body: { token: 'good' } }), lines));
    await expect(openClient(fake, asAda).listTags('x', calm)).resolves.toEqual(['1']);
    await expect(openClient(fake, asAda).listTags('x', calm)).resolves.toEqual(['1']);
  });

  it('says which kind of sign-in it does not know', async () => {
    const client = openClient(await openFake(() => challenge('Negotiate', 'NTLM')), asAda);
    await expect(client.ping(calm)).rejects.toMatchObject({
      code: 'AUTH_UNSUPPORTED',
      data: { scheme: 'negotiate' },
    });
  });

  it('answers Harbor, which wants Basic for the catalog and tokens for the rest', async () => {
    const tokens = behindTokens(() => ({ body: { token: 'good' } }));
    const fake = await openFake((request) =>
      request.path === '/v2/_catalog'
        ? request.headers.authorization === adaHeader
          ? { body: { repositories: ['team/api'] } }
          : basic
        : tokens(request),
    );
    const client = openClient(fake, asAda);
    await client.ping(calm);
    await expect(collect(client.listRepositories(calm))).resolves.toEqual([['team/api']]);
    await expect(client.listTags('team/api', calm)).resolves.toEqual(['1']);
  });
});

describe('checkLogin', () => {
  it('accepts what the registry accepts, and refuses what it refuses', async () => {
    const client = openClient(await openFake(behindBasic));
    await expect(client.checkLogin(ada, calm)).resolves.toBeUndefined();
    await expect(client.checkLogin({ ...ada, password: 'x' }, calm)).rejects.toMatchObject({
      code: 'CREDENTIALS_REJECTED',
      data: { username: 'ada' },
    });
    await expect(client.ping(calm)).rejects.toHaveProperty('code', 'SIGN_IN_REQUIRED');
  });

  it('says so when everybody is served', async () => {
    const fake = await openFake(() => ({ body: {} }));
    await expect(openClient(fake).checkLogin(ada, calm)).rejects.toHaveProperty(
      'code',
      'SIGN_IN_NOT_NEEDED',
    );
    expect(fake.received()).not.toContain('authorization');
  });

  it('finds a login that only the catalog asks for', async () => {
    const fake = await openFake((request) =>
      request.path === '/v2/' ? { body: {} } : behindBasic(request),
    );
    const client = openClient(fake);
    await expect(client.checkLogin(ada, calm)).resolves.toBeUndefined();
    await expect(client.checkLogin({ ...ada, password: 'x' }, calm)).rejects.toHaveProperty(
      'code',
      'CREDENTIALS_REJECTED',
    );
  });
});
