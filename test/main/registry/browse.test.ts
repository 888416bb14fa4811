import { describe, expect, it } from 'vitest';
import type { Reply } from '../../fakes/registry.ts';
import { ada, calm, collect, openClient, openFake } from './open-fake.ts';

const page = (repositories: unknown, link?: string): Reply => ({
  headers: link === undefined ? {} : { link },
  body: { repositories },
});
const next = (target: string) => `<${target}>; rel="next"`;

describe('ping', () => {
  it.each<[what: string, reply: Reply, code: string]>([
    ['not found', { status: 404 }, 'NOT_A_REGISTRY'],
    ['a web page', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 'NOT_A_REGISTRY'],
    ['a redirect without a target', { status: 302 }, 'NOT_A_REGISTRY'],
    ['forbidden', { status: 403 }, 'ACCESS_DENIED'],
    ['too many requests', { status: 429 }, 'RATE_LIMITED'],
    ['an error of its own', { status: 500 }, 'REGISTRY_ERROR'],
  ])('understands %s', async (_, reply, code) => {
    const client = openClient(await openFake(() => reply));
    await expect(client.ping(calm)).rejects.toHaveProperty('code', code);
  });
});

describe('listRepositories', () => {
  it('follows pages, on its own path whatever the link says, and gives each name once', async () => {
    const fake = await openFake(({ query }) => {
      switch (query.get('last')) {
        case null:
          return page(['a', 'b'], next('/v2/_catalog?last=b&n=2'));
        case 'b':
          return page(['b', 'c/d'], next('http://inner.test:8081/repository/x/v2/_catalog?last=c'));
        default:
          return page(['e'], '<?last=e>; title="not the next"; rel="prev"');
      }
    });
    await expect(collect(openClient(fake).listRepositories(calm))).resolves.toEqual([
      ['a', 'b'],
      ['c/d'],
      ['e'],
    ]);
    expect(fake.seen.map(({ path, query }) => `${path}?${query}`)).toEqual([
      '/v2/_catalog?n=1000',
      '/v2/_catalog?last=b&n=2',
      '/v2/_catalog?last=c',
    ]);
  });

  it('asks for smaller pages where large ones are refused', async () => {
    const fake = await openFake(({ query }) =>
      Number(query.get('n')) > 100 ? { status: 400 } : page(['a']),
    );
    await expect(collect(openClient(fake).listRepositories(calm))).resolves.toEqual([['a']]);
  });

  it('ends where pages go in a circle or add nothing', async () => {
    const self = await openFake(({ query }) => page(['a'], next(`/v2/_catalog?${query}`)));
    await expect(collect(openClient(self).listRepositories(calm))).resolves.toEqual([['a']]);
    const endless = await openFake(({ repetition }) =>
      page(['a'], next(`/v2/_catalog?last=${repetition}`)),
    );
    await expect(collect(openClient(endless).listRepositories(calm))).resolves.toEqual([['a']]);
    expect(endless.seen).toHaveLength(2);
  });

  it('drops names that are none', async () => {
    const odd = ['ok', 'UPPER', '../etc', 'a\u001b[2Jb', null, 7, {}, 'a'.repeat(256), '<img>'];
    const fake = await openFake(() => page(odd));
    await expect(collect(openClient(fake).listRepositories(calm))).resolves.toEqual([['ok']]);
  });

  it('is fine with a registry that has nothing', async () => {
    for (const repositories of [[], null, undefined]) {
      const fake = await openFake(() => page(repositories));
      await expect(collect(openClient(fake).listRepositories(calm))).resolves.toEqual([]);
    }
  });

  it.each([401, 403, 404, 405])(
    'says that the list is closed when only the list answers %i',
    async (status) => {
      const fake = await openFake(({ path, headers }) => {
        if (headers.authorization === undefined) {
          return { status: 401, headers: { 'www-authenticate': 'Basic' } };
        }
        return path === '/v2/' ? { body: {} } : { status };
      });
      const client = openClient(fake, { credentials: async () => ada });
      await expect(collect(client.listRepositories(calm))).rejects.toMatchObject({
        code: 'CATALOG_UNAVAILABLE',
        data: { status },
      });
    },
  );

  it('says that the list is closed when the token server gives no token for it', async () => {
    const fake = await openFake(({ path, query, headers }) => {
      if (path === '/token') {
        return query.has('scope') ? { status: 400 } : { body: { token: 'good' } };
      }
      const isIn = headers.authorization === 'Bearer good';
      const scope = path === '/v2/' ? '' : ',scope="registry:catalog:*"';
      const challenge = `Bearer realm="/token"${scope}`;
      return isIn ? { body: {} } : { status: 401, headers: { 'www-authenticate': challenge } };
    });
    const client = openClient(fake, { credentials: async () => ada });
    await expect(collect(client.listRepositories(calm))).rejects.toHaveProperty(
      'code',
      'CATALOG_UNAVAILABLE',
    );
  });

  it('says that there is no registry rather than no list', async () => {
    const client = openClient(await openFake(() => ({ status: 404 })));
    await expect(collect(client.listRepositories(calm))).rejects.toHaveProperty(
      'code',
      'NOT_A_REGISTRY',
    );
  });
});

describe('listTags', () => {
  it('sorts for people and drops what is no tag', async () => {
    const tags = ['1.10', null, 'latest', '1.9', `sha256:${'f'.repeat(64)}`, '1.9', '../x', '-x'];
    const fake = await openFake(() => ({ body: { name: 'x', tags } }));
    await expect(openClient(fake).listTags('x', calm)).resolves.toEqual(['1.9', '1.10', 'latest']);
  });

  it('is fine with an emptied repository', async () => {
    const fake = await openFake(() => ({ body: { name: 'x', tags: null } }));
    await expect(openClient(fake).listTags('x', calm)).resolves.toEqual([]);
  });

  it.each<[what: string, reply: Reply, code: string]>([
    ['no such repository', { status: 404 }, 'REPOSITORY_NOT_FOUND'],
    ['a web page', { body: '<html>' }, 'REGISTRY_RESPONSE_INVALID'],
    ['other JSON', { body: { tags: 'latest' } }, 'REGISTRY_RESPONSE_INVALID'],
    ['an endless page', { fault: 'endless' }, 'RESPONSE_TOO_LARGE'],
    ['JSON of a thousand storeys', { body: '['.repeat(5e5) }, 'REGISTRY_RESPONSE_INVALID'],
    [
      'too many names',
      { body: { tags: new Array(100_001).fill('a') } },
      'REGISTRY_RESPONSE_INVALID',
    ],
  ])('understands %s', async (_, reply, code) => {
    const client = openClient(await openFake(() => reply));
    await expect(client.listTags('x', calm)).rejects.toHaveProperty('code', code);
  });

  it('shows the registry’s own words without what could harm', async () => {
    const message = `bad\u001b[31m \u202egnp.exe\r\n${'x'.repeat(500)}`;
    const fake = await openFake(() => ({
      status: 400,
      body: { errors: [{ code: 'NAME_INVALID', message, detail: {} }] },
    }));
    const failure = await openClient(fake)
      .listTags('x', calm)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'REGISTRY_ERROR', data: { status: 400 } });
    const { detail } = (failure as { data: { detail: string } }).data;
    expect(detail).toMatch(/^NAME_INVALID: bad \[31m gnp\.exe x+…$/);
    expect(detail).toHaveLength(300);
  });

  it('never makes an URL of what is no name', async () => {
    const fake = await openFake(() => ({ body: {} }));
    const client = openClient(fake);
    for (const name of ['../x', 'X', 'a?b', '']) {
      await expect(client.listTags(name, calm)).rejects.toHaveProperty('code', 'REFERENCE_INVALID');
    }
    await expect(client.describeTag('x', '../y', calm)).rejects.toHaveProperty(
      'code',
      'REFERENCE_INVALID',
    );
    expect(fake.seen).toEqual([]);
  });
});

describe('patience', () => {
  const tags: Reply = { body: { tags: ['1'] } };

  it.each<[what: string, reply: Reply, pauses: number[]]>([
    ['a broken connection', { fault: 'reset' }, [250, 1000]],
    ['a broken answer', { fault: 'truncate' }, [250, 1000]],
    ['502', { status: 502 }, [250, 1000]],
    ['503 with Retry-After', { status: 503, headers: { 'retry-after': '3' } }, [3000, 3000]],
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '1' } }, [1000, 1000]],
    [
      '503 with a date to come back at',
      { status: 503, headers: { 'retry-after': 'Fri, 02 Jan 2026 03:04:12 GMT' } },
      // By then it is that time.
      [7000, 0],
    ],
  ])('tries twice more after %s', async (_, reply, pauses) => {
    const fake = await openFake(({ repetition }) => (repetition < 2 ? reply : tags));
    const client = openClient(fake);
    await expect(client.listTags('x', calm)).resolves.toEqual(['1']);
    expect(client.pauses).toEqual(pauses);
  });

  it.each<[what: string, reply: Reply, code: string, tries: number]>([
    ['a connection that always breaks', { fault: 'reset' }, 'CONNECTION_FAILED', 3],
    ['503 for ever', { status: 503 }, 'REGISTRY_ERROR', 3],
    ['500', { status: 500 }, 'REGISTRY_ERROR', 1],
    ['429 without a time', { status: 429 }, 'RATE_LIMITED', 1],
    ['429 for an hour', { status: 429, headers: { 'retry-after': '3600' } }, 'RATE_LIMITED', 1],
  ])('gives up on %s', async (_, reply, code, tries) => {
    const fake = await openFake(() => reply);
    await expect(openClient(fake).listTags('x', calm)).rejects.toHaveProperty('code', code);
    expect(fake.seen).toHaveLength(tries);
  });

  it('says how long the registry wants to be left alone', async () => {
    const fake = await openFake(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
    await expect(openClient(fake).listTags('x', calm)).rejects.toHaveProperty('data.seconds', 3600);
  });

  it('stops when it is told to: before, during the wait for a token, in the middle of a body', async () => {
    const fake = await openFake(({ path }) => {
      if (path === '/token') return { fault: 'stall' };
      if (path === '/v2/slow/tags/list') return { fault: 'stall', body: tags.body };
      return { status: 401, headers: { 'www-authenticate': 'Bearer realm="/token"' } };
    });
    const early = openClient(fake).ping(AbortSignal.abort());
    await expect(early).rejects.toHaveProperty('code', 'CANCELLED');
    expect(fake.seen).toEqual([]);
    const client = openClient(fake);
    for (const [repository, last] of [
      ['slow', '/v2/slow/tags/list'],
      ['x', '/token'],
      // Nobody waits for the first token any more, so it is asked for anew.
      ['x', '/token'],
    ] as const) {
      const stop = new AbortController();
      const before = fake.seen.length;
      const listing = client.listTags(repository, stop.signal).catch((error: unknown) => error);
      const newest = () => fake.seen.slice(before).at(-1)?.path;
      await expect.poll(newest).toBe(last);
      stop.abort();
      await expect(listing).resolves.toHaveProperty('code', 'CANCELLED');
    }
  });

  it('does not stop for others what one asker gives up', async () => {
    const fake = await openFake(({ path, headers }) => {
      if (path === '/token') return { body: { token: 'good' } };
      return headers.authorization === 'Bearer good'
        ? tags
        : { status: 401, headers: { 'www-authenticate': 'Bearer realm="/token"' } };
    });
    const client = openClient(fake);
    const stop = new AbortController();
    const [first, second] = [client.listTags('x', stop.signal), client.listTags('x', calm)];
    const outcome = first.catch((error: unknown) => error);
    await expect.poll(() => fake.seen.length).toBeGreaterThan(0);
    stop.abort();
    await outcome;
    await expect(second).resolves.toEqual(['1']);
  });

  it('ends what is under way when it is closed, and begins nothing more', async () => {
    const fake = await openFake(({ repetition }) => (repetition === 0 ? { fault: 'stall' } : tags));
    const client = openClient(fake);
    const listing = client.listTags('x', calm).catch((error: unknown) => error);
    await expect.poll(() => fake.seen.length).toBe(1);
    await client.close();
    await expect(listing).resolves.toHaveProperty('code', 'CANCELLED');
    await expect(client.listTags('x', calm)).rejects.toHaveProperty('code', 'CANCELLED');
    expect(fake.seen).toHaveLength(1);
  });
});
