import { describe, expect, it } from 'vitest';
import { V1_TOKEN } from '../../../lab/v1-answers.mjs';
import { v1Id } from '../../../lab/v1-images.ts';
import { ada, adaHeader, calm, collect } from '../open-fake.ts';
import { openV1, type V1Wish } from './v1-fake.ts';

const login = `${ada.username}:${ada.password}`;
const signedIn = { credentials: async () => ada };

describe('a registry of the first generation', () => {
  it.each(['0.6', '0.8', '0.9'] as const)('of version %s is recognised', async (version) => {
    const { client } = await openV1({ version });
    await expect(client.ping(calm)).resolves.toEqual({ username: null, api: 'v1' });
    expect(client.isFirstGeneration()).toBe(false);
    await expect(client.listTags('library/app', calm)).resolves.toEqual(['0.9', '1.0', 'latest']);
    expect(client.isFirstGeneration()).toBe(true);
  });

  it('is asked what it is once, and never for what it does not know', async () => {
    const { client, fake } = await openV1();
    await client.listTags('library/app', calm);
    await client.listTags('team/tool', calm);
    await expect(collect(client.listRepositories(calm))).resolves.toEqual([
      ['library/app', 'team/tool'],
    ]);
    expect(fake.seen.map(({ path }) => path)).toEqual([
      '/v2/library/app/tags/list',
      ...['/v2/', '/v1/_ping'],
      '/v1/repositories/library/app/tags',
      '/v1/repositories/team/tool/tags',
      '/v1/search',
    ]);
  });

  it('is searched by itself', async () => {
    const { client } = await openV1();
    await expect(client.search(' tool ', calm)).resolves.toEqual({
      repositories: [{ name: 'team/tool', description: 'old' }],
      isComplete: true,
    });
    await expect(client.search('nothing of the kind', calm)).resolves.toEqual({
      repositories: [],
      isComplete: true,
    });
  });

  it.each<[what: string, wish: V1Wish]>([
    ['without a search index', { search: null }],
    [
      'without a search',
      { instead: ({ path }) => (path === '/v1/search' ? { status: 404 } : undefined) },
    ],
  ])('%s says that it names no repositories', async (_, wish) => {
    const { client } = await openV1(wish);
    await expect(collect(client.listRepositories(calm))).rejects.toHaveProperty(
      'code',
      'SEARCH_UNAVAILABLE',
    );
    await expect(client.search('app', calm)).rejects.toHaveProperty('code', 'SEARCH_UNAVAILABLE');
  });

  it('tells of a tag the image’s id, the bytes of all its layers, and what the image says', async () => {
    const { client, content, fake } = await openV1();
    const id = v1Id('app command');
    const sizes = Object.values(content.images).map(
      ({ layer }) => Buffer.from(layer, 'base64').length,
    );
    const tag = await client.describeTag('library/app', '1.0', calm);
    expect(tag).toEqual({
      name: '1.0',
      digest: id,
      mediaType: 'application/json',
      size: sizes.reduce((sum, size) => sum + size, 0),
      created: '2014-06-05T04:03:02.123Z',
      platforms: ['linux/amd64'],
    });
    const before = fake.seen.length;
    await client.describeTag('library/app', 'latest', calm);
    await client.describeTag('library/app', '1.0', calm, tag);
    // The images are known by now; what the tags name is asked again.
    expect(fake.seen.slice(before).map(({ path }) => path)).toEqual([
      '/v1/repositories/library/app/tags/latest',
      '/v1/repositories/library/app/tags/1.0',
    ]);
  });

  it('is inspected: layers by ancestry, with the instruction of each', async () => {
    const { client, content } = await openV1();
    const details = await client.inspect('library/app', 'latest', calm);
    const id = v1Id('app command');
    expect(details).toMatchObject({
      ...{ digest: id, kind: 'v1-image', platforms: [], subject: null },
      manifest: content.images[id]?.json,
    });
    expect(details.image).toMatchObject({
      platform: 'linux/amd64',
      author: 'Ada <ada@lab.test>',
      configDigest: null,
      config: { command: ['/srv/app'], env: ['PATH=/bin'], ports: ['80/tcp'] },
    });
    expect(details.image?.layers.map(({ digest, createdBy }) => [digest, createdBy])).toEqual([
      [v1Id('base'), '/bin/sh -c #(nop) ADD file:lab in /'],
      [v1Id('app'), '/bin/sh -c echo version one > /srv/app.txt'],
      [id, '/bin/sh -c #(nop) CMD [/srv/app]'],
    ]);
    expect(details.image?.history.map(({ layer }) => layer)).toEqual(
      details.image?.layers.map(({ digest }) => digest),
    );
    await expect(
      client.inspect('library/app', 'latest', calm, 'linux/arm64'),
    ).rejects.toHaveProperty('code', 'PLATFORM_NOT_FOUND');
  });

  it.each([
    ['no such repository', 'library/none', 'REPOSITORY_NOT_FOUND'],
    ['a name that it cannot have', 'a/b/c', 'REPOSITORY_NOT_FOUND'],
  ])('says of %s that it is not there', async (_, repository, code) => {
    const { client } = await openV1();
    await expect(client.listTags(repository, calm)).rejects.toHaveProperty('code', code);
    await expect(client.inspect('library/app', 'none', calm)).rejects.toHaveProperty(
      'code',
      'TAG_NOT_FOUND',
    );
  });
});

describe('the login of a registry of the first generation', () => {
  it('is wanted by a proxy before it', async () => {
    const { client } = await openV1({ login });
    await expect(client.listTags('library/app', calm)).rejects.toHaveProperty(
      'code',
      'SIGN_IN_REQUIRED',
    );
    const known = await openV1({ login }, signedIn);
    await expect(known.client.listTags('library/app', calm)).resolves.toHaveLength(3);
    const other = { credentials: async () => ({ ...ada, password: 'wrong' }) };
    const refused = await openV1({ login }, other);
    await expect(refused.client.listTags('library/app', calm)).rejects.toHaveProperty(
      'code',
      'CREDENTIALS_REJECTED',
    );
  });

  it('is proved by what its ping leaves open', async () => {
    const guarded = await openV1({ login });
    await expect(guarded.client.checkLogin(ada, calm)).resolves.toBeUndefined();
    await expect(
      guarded.client.checkLogin({ ...ada, password: 'wrong' }, calm),
    ).rejects.toHaveProperty('code', 'CREDENTIALS_REJECTED');
    const open = await openV1();
    await expect(open.client.checkLogin(ada, calm)).rejects.toHaveProperty(
      'code',
      'SIGN_IN_NOT_NEEDED',
    );
  });

  it('goes to the index alone where there is one, and its token to the registry', async () => {
    const { client, fake } = await openV1({ standalone: 'False', version: '0.8', login }, signedIn);
    await expect(client.describeTag('library/app', '1.0', calm)).resolves.toMatchObject({
      digest: v1Id('app command'),
    });
    const shown = fake.seen.filter(({ path }) => path.startsWith('/v1/'));
    for (const { path, headers } of shown) {
      if (path.endsWith('/images')) expect(headers['x-docker-token']).toBe('true');
      else if (path !== '/v1/_ping') expect(headers.authorization).toBe(`Token ${V1_TOKEN}`);
    }
    expect(shown.filter(({ headers }) => headers.authorization === adaHeader)).toHaveLength(1);
  });

  it('is of no use where the index sends to another server', async () => {
    const wish = { standalone: 'False', version: '0.8', login } as const;
    const { client, fake } = await openV1({ ...wish, endpoints: ['evil.test:5000'] }, signedIn);
    await expect(client.listTags('library/app', calm)).rejects.toMatchObject({
      code: 'REGISTRY_RESPONSE_INVALID',
    });
    expect(fake.received()).not.toContain(V1_TOKEN);
  });

  it('is asked for a new token where one has ended', async () => {
    let isOver = true;
    const { client } = await openV1(
      {
        ...{ standalone: 'False', version: '0.8', login },
        instead: ({ path }) => {
          if (!isOver || !path.endsWith('/tags')) return undefined;
          isOver = false;
          return { status: 401, headers: { 'www-authenticate': 'Token' } };
        },
      },
      signedIn,
    );
    await expect(client.listTags('library/app', calm)).resolves.toHaveLength(3);
  });
});
