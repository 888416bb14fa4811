import { describe, expect, it } from 'vitest';
import { deleteManifests } from '../../../../main/registry/deletion/delete-manifests.ts';
import type { SeenRequest } from '../../../fakes/registry.ts';
import { collect } from '../open-fake.ts';
import { type FakeRepository, openRepository } from './fake-repository.ts';

const orderOf = (digest: string, tags: readonly string[]) => ({ digest, tags, parts: [] });

/** A repository in which time goes by with each deletion, and something happens with one of them. */
async function openChanging(happen: (repository: FakeRepository) => void, at = 1) {
  let deletions = 0;
  let isUnlisted = false;
  const scene = await openRepository(({ method, path }: SeenRequest, repository) => {
    if (isUnlisted && path.endsWith('/tags/list')) return { status: 404 };
    if (method !== 'DELETE') return undefined;
    deletions += 1;
    if (deletions === at) happen(repository);
    scene.clock.advance(5_000);
    return undefined;
  });
  return { ...scene, unlist: () => (isUnlisted = true) };
}

describe('a deletion of several', () => {
  it('sees a tag that was moved meanwhile onto what is to go', async () => {
    const scene = await openChanging(({ tags }) => tags.set('prod', tags.get('two') ?? ''));
    const [one, two] = [scene.image('one'), scene.image('two')];
    scene.image('prod');
    const orders = [orderOf(one, ['one']), orderOf(two, ['two'])];
    const ends = await collect(deleteManifests(scene.place, orders));
    const reference = `${scene.place.session.address}/team/app:prod`;
    expect(ends).toMatchObject([
      { deleted: true },
      { deleted: false, problem: { code: 'DELETE_OUTDATED', data: { reference } } },
    ]);
    expect(scene.manifests.has(two)).toBe(true);
  });

  it('sees it also where the list of tags is not there for a moment', async () => {
    const scene = await openChanging(({ tags }) => {
      tags.set('prod', tags.get('two') ?? '');
      scene.unlist();
    });
    const [one, two] = [scene.image('one'), scene.image('two')];
    scene.image('prod');
    const orders = [orderOf(one, ['one']), orderOf(two, ['two'])];
    await collect(deleteManifests(scene.place, orders));
    expect(scene.manifests.has(two)).toBe(true);
  });

  it.each([1, 2])('sees an index that was pushed meanwhile with the same parts: %s', async (at) => {
    const scene = await openChanging(({ index }) => index('new', [part]), at);
    const [other, part] = [scene.image('other', ''), scene.image('part', '')];
    const old = scene.index('old', [other, part]);
    const order = { ...orderOf(old, ['old']), parts: [other, part] };
    await expect(collect(deleteManifests(scene.place, [order]))).resolves.toMatchObject([
      { deleted: true, problem: null },
    ]);
    expect([other, part].map((one) => scene.manifests.has(one))).toEqual([false, true]);
  });

  it('lists the tags once a look, not once a manifest', async () => {
    const { asked, image, place } = await openRepository(() => undefined);
    const names = ['a', 'b', 'c', 'd'];
    const orders = names.map((name) => orderOf(image(name), [name]));
    await collect(deleteManifests(place, orders));
    expect([asked('GET', '/tags/list'), asked('DELETE')]).toEqual([1, 4]);
  });

  it('takes a tag that the list leaves out', async () => {
    const { image, place, tags } = await openRepository(({ path }) =>
      path.endsWith('/tags/list') ? { body: { tags: ['other'] } } : undefined,
    );
    image('other');
    const digest = image('hidden');
    await collect(deleteManifests(place, [orderOf(digest, ['hidden'])]));
    expect([...tags.keys()]).toEqual(['other']);
  });

  it('tells of what is gone before it ends for all', async () => {
    const { image, index, manifests, place } = await openRepository(({ method, path }) =>
      method === 'DELETE' && path.endsWith(part) ? { status: 403 } : undefined,
    );
    const part = image('part', '');
    const order = { ...orderOf(index('old', [part]), ['old']), parts: [part] };
    const ends = deleteManifests(place, [order, order]);
    await expect(ends.next()).resolves.toMatchObject({
      value: { tags: ['old'], deleted: true, problem: { code: 'ACCESS_DENIED' } },
    });
    await expect(ends.next()).rejects.toHaveProperty('code', 'ACCESS_DENIED');
    expect(manifests.has(part)).toBe(true);
  });
});
