import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRegistryClients } from '../../../main/api/clients.ts';
import { registriesHandlers } from '../../../main/api/registries.ts';
import { repositoriesHandlers } from '../../../main/api/repositories.ts';
import type { Services } from '../../../main/api/services.ts';
import { settingsHandlers } from '../../../main/api/settings.ts';
import { createContentStore } from '../../../main/registry/cache/content-store.ts';
import { createKeptLists } from '../../../main/registry/cache/kept-lists.ts';
import { createKnownRegistries } from '../../../main/registry/known-registries.ts';
import { openRepositoryMarks } from '../../../main/registry/marks.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { describeBlob, jsonBlob, manifestReply } from '../../fakes/images.ts';
import type { Reply } from '../../fakes/registry.ts';
import { scratch } from '../registry/cache/scratch.ts';
import { authority, calm, collect, openFake } from '../registry/open-fake.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const config = jsonBlob({ os: 'linux', architecture: 'amd64', created: '2026-01-02T03:04:05Z' });
const image = jsonBlob({
  mediaType: MANIFEST,
  config: describeBlob('application/vnd.oci.image.config.v1+json', config),
  layers: [],
});
const usual: Readonly<Record<string, Reply>> = {
  '/v2/_catalog': { body: { repositories: ['team/api', 'team/web'] } },
  '/v2/team/api/tags/list': { body: { tags: ['1', '2'] } },
  '/v2/team/api/manifests/1': manifestReply(MANIFEST, image),
  [`/v2/team/api/blobs/${config.digest}`]: { body: config.bytes },
};
const context = { signal: calm };

/** The handlers over a registry and a machine that the test can change. */
async function openScene() {
  const world = { user: 'ada' as string | null, answers: { ...usual } as Record<string, Reply> };
  const fake = await openFake(
    ({ method, path }) => world.answers[`${method} ${path}`] ?? world.answers[path],
  );
  const { address } = fake;
  const paths = { data: join(scratch(), 'data') };
  const cache = join(scratch(), 'regent');
  const clock = createFakeClock();
  const registries = createKnownRegistries({ paths, clock });
  await registries.add({ address, scheme: 'https', demo: false });
  const open = () => {
    const content = createContentStore({ cache, clock });
    const kept = createKeptLists({ cache, clock });
    const viewerOf = async (at: string) => ({ address: at, user: world.user });
    const clients = createRegistryClients({
      ...{ clock, registries, content, viewerOf },
      materialFor: async () => [authority.certPem],
      introductionFor: async () => null,
      isPlainAllowed: async () => false,
      tokenServersFor: async () => [],
      loginOf: async () => world.user,
      credentialsFor: async () => null,
      noteAnswer: async () => undefined,
    });
    const marks = openRepositoryMarks({ paths, clock });
    const services = {
      ...{ clients, content, kept, marks, viewerOf, registries, clock, cachePath: cache },
      headers: { list: async () => [] } as Partial<Services['headers']>,
      door: { confirmDeletion: async () => true } as Partial<Services['door']>,
    } as Partial<Services> as Services;
    return {
      repositories: repositoriesHandlers(services),
      registries: registriesHandlers(services),
      settings: settingsHandlers(services),
      settled: () => Promise.all([content.settled(), kept.settled()]),
    };
  };
  return { world, fake, address, open, here: open() };
}
type Here = Awaited<ReturnType<typeof openScene>>['here'];
const listAll = async ({ repositories }: Here, address: string) =>
  collect((await repositories.list({ address }, context)) as AsyncIterable<unknown>);

describe('what was browsed', () => {
  it('is remembered: repositories, tags and their details, by other processes too', async () => {
    const { address, open, here } = await openScene();
    const where = { address, repository: 'team/api' };
    expect(await here.repositories.kept({ address }, context)).toBeNull();
    expect(await here.repositories.keptTags(where, context)).toBeNull();
    await listAll(here, address);
    await here.repositories.tags(where, context);
    const details = await here.repositories.tag({ ...where, tag: '1' }, context);
    await here.settled();
    for (const one of [here, open()]) {
      expect(await one.repositories.kept({ address }, context)).toEqual({
        ...{ repositories: ['team/api', 'team/web'], at: '2026-01-02T03:04:05.000Z' },
      });
      expect(await one.repositories.keptTags(where, context)).toEqual({
        ...{ tags: ['1', '2'], details: [details], at: '2026-01-02T03:04:05.000Z' },
      });
    }
  });

  it('is there when the registry is not, but not for another login', async () => {
    const { world, fake, address, here } = await openScene();
    await listAll(here, address);
    await fake.stop();
    await expect(listAll(here, address)).rejects.toHaveProperty('code');
    expect(await here.repositories.kept({ address }, context)).not.toBeNull();
    for (const user of ['eve', null]) {
      world.user = user;
      expect(await here.repositories.kept({ address }, context)).toBeNull();
    }
  });

  it('costs one HEAD a tag the next time', async () => {
    const { fake, address, open, here } = await openScene();
    const where = { address, repository: 'team/api', tag: '1' };
    await here.repositories.tags(where, context);
    const first = await here.repositories.tag(where, context);
    await here.settled();
    const before = fake.seen.length;
    for (const one of [here, open()]) {
      expect(await one.repositories.tag(where, context)).toEqual(first);
    }
    expect(fake.seen.slice(before).map(({ method }) => method)).toEqual(['HEAD', 'HEAD']);
  });

  it('is not replaced by a list that broke off', async () => {
    const { world, address, here } = await openScene();
    await listAll(here, address);
    world.answers['/v2/_catalog'] = {
      headers: { link: '</v2/_catalog?last=x>; rel="next"' },
      body: { repositories: ['only'] },
    };
    const pages = (await here.repositories.list({ address }, context)) as AsyncIterable<unknown>;
    for await (const _ of pages) break;
    const kept = await here.repositories.kept({ address }, context);
    expect(kept?.repositories).toEqual(['team/api', 'team/web']);
  });

  it.each<[what: string, reply: Reply]>([
    ['not there', { status: 404, body: { errors: [{ code: 'NAME_UNKNOWN' }] } }],
    ['not for this login', { status: 403 }],
  ])('is forgotten when the registry says that it is %s', async (_, reply) => {
    const { world, address, here } = await openScene();
    const where = { address, repository: 'team/api' };
    await here.repositories.tags(where, context);
    world.answers['/v2/team/api/tags/list'] = reply;
    await expect(here.repositories.tags(where, context)).rejects.toHaveProperty('code');
    expect(await here.repositories.keptTags(where, context)).toBeNull();
  });

  it('goes with the registry', async () => {
    const { address, here } = await openScene();
    await listAll(here, address);
    await here.repositories.tags({ address, repository: 'team/api' }, context);
    await here.repositories.mark({ address, repository: 'team/api', favourite: true }, context);
    await here.registries.remove({ address }, context);
    expect(await here.repositories.kept({ address }, context)).toBeNull();
    expect(await here.repositories.marks(undefined, context)).toEqual({
      ...{ favourites: [], recents: [] },
    });
  });

  it('goes with the cache, but for the marks', async () => {
    const { address, here } = await openScene();
    const where = { address, repository: 'team/api' };
    await listAll(here, address);
    await here.repositories.tags(where, context);
    await here.repositories.tag({ ...where, tag: '1' }, context);
    await here.settled();
    const before = await here.settings.cache(undefined, context);
    expect(before).toMatchObject({ fault: null, content: { files: 2 } });
    expect(before.lists).toBeGreaterThan(0);
    expect(await here.settings.clearCache(undefined, context)).toMatchObject({
      ...{ fault: null, lists: 0 },
      content: { bytes: 0, files: 0 },
    });
    expect(await here.repositories.kept({ address }, context)).toBeNull();
    expect((await here.repositories.marks(undefined, context)).recents).toHaveLength(1);
  });
});

describe('marks and search', () => {
  it('what was opened is the latest, and what was marked is found first', async () => {
    const { address, here } = await openScene();
    await listAll(here, address);
    await here.repositories.tags({ address, repository: 'team/api' }, context);
    await here.repositories.mark({ address, repository: 'team/web', favourite: true }, context);
    expect(await here.repositories.marks(undefined, context)).toEqual({
      favourites: [{ address, repository: 'team/web' }],
      recents: [{ address, repository: 'team/api', at: '2026-01-02T03:04:05.000Z' }],
    });
    const search = async (text: string) =>
      (await here.repositories.search({ text, limit: 10 }, context)).hits;
    expect(await search('team')).toEqual([
      { address, repository: 'team/web', favourite: true },
      { address, repository: 'team/api', favourite: false },
    ]);
    expect(await search('api')).toEqual([{ address, repository: 'team/api', favourite: false }]);
    expect(await search('nothing')).toEqual([]);
  });
});

describe('what was changed from here', () => {
  const seen = async ({ address, here }: Awaited<ReturnType<typeof openScene>>) => {
    const where = { address, repository: 'team/api' };
    await here.repositories.tags(where, context);
    const tagsKept = async () => (await here.repositories.keptTags(where, context))?.tags;
    return { where, tagsKept };
  };

  it('is not remembered any more once it is deleted', async () => {
    const scene = await openScene();
    const { where, tagsKept } = await seen(scene);
    const { repositories } = scene.here;
    scene.world.answers[`DELETE /v2/team/api/manifests/${image.digest}`] = { status: 202 };
    const orders = [{ digest: image.digest, tags: ['1'], parts: [] }];
    const ends = await repositories.delete({ ...where, orders }, context);
    expect(await collect(ends as AsyncIterable<unknown>)).toMatchObject([{ deleted: true }]);
    expect(await tagsKept()).toEqual(['2']);
  });

  it('is remembered with its new tag', async () => {
    const scene = await openScene();
    const { where, tagsKept } = await seen(scene);
    scene.world.answers['PUT /v2/team/api/manifests/10'] = {
      ...{ status: 201, headers: { 'docker-content-digest': image.digest } },
    };
    await scene.here.repositories.retag({ ...where, reference: '1', tag: '10' }, context);
    expect(await tagsKept()).toEqual(['1', '2', '10']);
  });
});
