import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHub, type Hub } from '../../../../main/registry/hub/hub.ts';
import { openSession } from '../../../../main/registry/session.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import type { Answer, FakeServer } from '../../../fakes/registry.ts';
import { ada, authority, calm, collect, openClient, openFake } from '../open-fake.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const mediaType = 'application/vnd.oci.image.index.v1+json';
const TOKEN = 'jwt.of.ada';
const tagsPath = '/v2/namespaces/team/repositories/api/tags';

/** The web API at a fake, with a login. */
function hubAt({ address }: FakeServer, login = ada, clock = createFakeClock()): Hub {
  const session = openSession({
    ...{ address, scheme: 'https', trust: { ca: [authority.certPem] }, clock },
    ...{ systemRoots: async () => [], wait: async () => undefined },
  });
  onTestFinished(() => session.close());
  return createHub(session, async () => login);
}

/** A web API that takes the login, and answers all else so. */
async function open(answer: Answer) {
  const fake = await openFake((request) =>
    request.path === '/v2/auth/token' ? { body: { access_token: TOKEN } } : answer(request),
  );
  const clock = createFakeClock();
  return { fake, clock, hub: hubAt(fake, ada, clock) };
}

/** The registry beside, which says by a HEAD what a tag means. */
async function registryBeside() {
  const fake = await openFake(({ path }) =>
    path.endsWith('/manifests/gone')
      ? { status: 404 }
      : { headers: { 'docker-content-digest': digest, 'content-type': mediaType } },
  );
  return { fake, place: openClient(fake).at('team/api', calm) };
}

const page = (results: readonly unknown[], next: string | null = null) => ({
  body: { count: results.length, next, results },
});
const askedFor = ({ seen }: FakeServer, path: string) => seen.filter((one) => one.path === path);

describe('the login of Docker Hub', () => {
  it('makes one token, which is used until it is refused or old', async () => {
    let isRefused = false;
    const { fake, clock, hub } = await open(({ repetition }) =>
      isRefused && repetition === 2 ? { status: 401 } : page([]),
    );
    await hub.namespaces(calm);
    await hub.namespaces(calm);
    expect(askedFor(fake, '/v2/auth/token')).toHaveLength(1);
    isRefused = true;
    expect(await hub.namespaces(calm)).toEqual(['ada']);
    expect(askedFor(fake, '/v2/auth/token')).toHaveLength(2);
    clock.advance(300_000);
    await hub.namespaces(calm);
    expect(askedFor(fake, '/v2/auth/token')).toHaveLength(3);
    const bearers = askedFor(fake, '/v2/user/orgs/').map(({ headers }) => headers.authorization);
    expect(new Set(bearers)).toEqual(new Set([`Bearer ${TOKEN}`]));
  });

  it('is told to nobody else: not to where a redirect leads, nor to the search', async () => {
    const thief = await openFake(() => page([{ orgname: 'acme' }]), { host: 'localhost' });
    const { fake, hub } = await open(({ path }) =>
      path === '/v2/user/orgs/'
        ? { status: 307, headers: { location: `${thief.origin}${path}` } }
        : page([]),
    );
    await hub.namespaces(calm).catch(() => undefined);
    await hub.search('api', calm);
    expect(thief.received()).not.toMatch(/jwt|correct/);
    const [search] = askedFor(fake, '/v2/search/repositories/');
    expect(search?.headers.authorization).toBeUndefined();
  });

  it('goes to the one address that makes tokens, and along no redirect', async () => {
    const thief = await openFake(() => ({ body: { access_token: TOKEN } }), { host: 'localhost' });
    const location = `${thief.origin}/v2/auth/token`;
    for (const status of [301, 302, 303, 307, 308]) {
      const fake = await openFake(() => ({ status, headers: { location } }));
      await expect(hubAt(fake).namespaces(calm)).rejects.toHaveProperty(
        'code',
        'REGISTRY_RESPONSE_INVALID',
      );
    }
    expect(thief.seen).toEqual([]);
  });

  it('that is refused says so, and one without a name is nobody’s', async () => {
    const refusing = await openFake(() => ({ status: 401 }));
    const error = { code: 'CREDENTIALS_REJECTED', data: { address: 'docker.io' } };
    await expect(hubAt(refusing).namespaces(calm)).rejects.toMatchObject(error);
    const identity = hubAt(refusing, { username: '<token>', password: 'x' });
    expect(await identity.namespaces(calm)).toEqual([]);
    await expect(collect(identity.listRepositories(calm))).rejects.toHaveProperty(
      'code',
      'NAMESPACE_NEEDED',
    );
  });
});

describe('lists of Docker Hub', () => {
  it('follow the next page on the same server and path only', async () => {
    const path = '/v2/namespaces/team/repositories';
    const { fake, hub } = await open(({ query }) =>
      query.get('page') === '2'
        ? page([{ name: 'web' }, { name: 'api' }])
        : page([{ name: 'api' }], `https://${fake.address}/somewhere?page=2&page_size=100`),
    );
    expect(await collect(hub.ofNamespace('team', calm))).toEqual([['team/api'], ['team/web']]);
    expect(askedFor(fake, path)).toHaveLength(2);
    for (const next of [
      'http://evil.test/v2?page=2',
      '//evil.test/?page=2',
      'ftp://x',
      'http://[',
    ]) {
      const { hub: other } = await open(() => page([{ name: 'api' }], next));
      await expect(collect(other.ofNamespace('team', calm))).rejects.toHaveProperty(
        'code',
        'REGISTRY_RESPONSE_INVALID',
      );
    }
  });

  it('end where the pages go round in a circle', async () => {
    const { fake, hub } = await open(() => page([{ name: 'api' }], '?page=2'));
    expect((await collect(hub.ofNamespace('team', calm))).flat()).toEqual(['team/api']);
    expect(askedFor(fake, '/v2/namespaces/team/repositories')).toHaveLength(2);
  });

  it('ask for no namespace that is none', async () => {
    const { fake, hub } = await open(() => page([]));
    for (const namespace of ['..', 'a/b', 'A', '?x', '%2e%2e', 'a b', '\u0000', '']) {
      await expect(collect(hub.ofNamespace(namespace, calm))).rejects.toHaveProperty(
        'code',
        'REFERENCE_INVALID',
      );
    }
    expect(fake.seen).toEqual([]);
  });

  it('give good names and clean words, or an error of the closed list, whatever comes', async () => {
    let body: unknown;
    const { hub } = await open(() => ({ body }));
    const entry = fc.oneof(
      fc.jsonValue(),
      fc.record({ name: fc.string(), repo_name: fc.string(), short_description: fc.string() }),
    );
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.record({ results: fc.array(entry), next: fc.oneof(fc.string(), fc.constant(null)) }),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (json) => {
        body = json ?? 'null';
        const rejected = (error: unknown) => {
          expect(error).toHaveProperty('code', 'REGISTRY_RESPONSE_INVALID');
          return null;
        };
        const found = await hub.search('x', calm).catch(rejected);
        const listed = await collect(hub.ofNamespace('team', calm)).catch(rejected);
        for (const { name, description } of found?.repositories ?? []) {
          expect(name).toMatch(/^[a-z0-9._-]+(\/[a-z0-9._-]+)+$/);
          expect(description ?? '').not.toMatch(/[\u0000-\u001f\u202e]/);
        }
        for (const name of listed?.flat() ?? []) expect(name).toMatch(/^team\/[a-z0-9._/-]+$/);
      }),
      { numRuns: 60 },
    );
  });
});

describe('tags of Docker Hub', () => {
  const tag = (name: string) => ({
    ...{ name, digest, media_type: mediaType, tag_last_pushed: '2026-11-20T08:00:00.123456Z' },
    images: [
      { os: 'linux', architecture: 'amd64', size: 1000, digest: `sha256:${'b'.repeat(64)}` },
      { os: 'linux', architecture: 'arm64', variant: 'v8', size: 900, digest: null },
      { os: 'unknown', architecture: 'unknown', size: 10 },
    ],
  });

  it('are described from one page, by one question for many', async () => {
    const { fake, hub } = await open(() => page([tag('1'), tag('2')]));
    const { fake: registry, place } = await registryBeside();
    const [first] = await Promise.all(['1', '2', '1'].map((name) => hub.describeTag(place, name)));
    expect(first).toEqual({
      ...{ name: '1', digest, mediaType, size: 1910, created: null },
      ...{ pushed: '2026-11-20T08:00:00.123Z', platforms: ['linux/amd64', 'linux/arm64'] },
    });
    expect(askedFor(fake, tagsPath)).toHaveLength(1);
    expect(registry.seen).toEqual([]);
  });

  it('are read anew after half a minute', async () => {
    const { fake, clock, hub } = await open(() => page([tag('1')]));
    const { place } = await registryBeside();
    await hub.describeTag(place, '1');
    clock.advance(30_000);
    await hub.describeTag(place, '1');
    expect(askedFor(fake, tagsPath)).toHaveLength(2);
  });

  it('far down in a long list are asked for one by one', async () => {
    const { fake, hub } = await open(({ path, query }) => {
      if (path !== tagsPath) return { body: tag('old') };
      const at = Number(query.get('page') ?? 1);
      return page([tag(`new-${at}`)], `?page=${at + 1}`);
    });
    const { place } = await registryBeside();
    expect((await hub.describeTag(place, 'old')).size).toBe(1910);
    expect(askedFor(fake, tagsPath)).toHaveLength(10);
    expect(askedFor(fake, `${tagsPath}/old`)).toHaveLength(1);
  });

  it('are told by a HEAD of the registry where the web API says nothing, or nonsense', async () => {
    const { fake: registry, place } = await registryBeside();
    for (const reply of [
      { status: 500 },
      { status: 429 },
      { body: [] },
      page([{ ...tag('1'), name: '../1' }]),
      { fault: 'truncate' as const, body: page([tag('1')]).body },
    ]) {
      const { fake, hub } = await open(() => reply);
      const told = { name: '1', digest, mediaType, size: null, created: null, platforms: [] };
      expect(await hub.describeTag(place, '1')).toEqual(told);
      const asked = askedFor(fake, tagsPath).length;
      await hub.describeTag(place, '1');
      expect(askedFor(fake, tagsPath)).toHaveLength(asked);
    }
    const { hub } = await open(() => page([{ ...tag('1'), digest: 'sha256:x', images: {} }]));
    expect(await hub.describeTag(place, '1')).toMatchObject({ digest, size: null, platforms: [] });
    expect(new Set(registry.seen.map(({ method }) => method))).toEqual(new Set(['HEAD']));
    await expect(hub.describeTag(place, 'gone')).rejects.toHaveProperty('code', 'TAG_NOT_FOUND');
  });

  it('are not waited for when nobody wants to know any more', async () => {
    const { hub } = await open(() => ({ fault: 'stall' }));
    const { fake } = await registryBeside();
    const controller = new AbortController();
    const place = openClient(fake).at('team/api', controller.signal);
    const waiting = hub.describeTag(place, '1');
    controller.abort();
    await expect(waiting).rejects.toHaveProperty('code', 'CANCELLED');
  });
});
