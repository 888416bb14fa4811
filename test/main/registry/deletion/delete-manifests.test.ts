import { describe, expect, it } from 'vitest';
import { deleteManifests } from '../../../../main/registry/deletion/delete-manifests.ts';
import { planDeletion } from '../../../../main/registry/deletion/plan-deletion.ts';
import { describeBlob, jsonBlob, manifestReply } from '../../../fakes/images.ts';
import type { Reply, SeenRequest } from '../../../fakes/registry.ts';
import { blobOf, mediaTypes } from '../../../lab/image-parts.ts';
import { calm, collect, openClient, openFake } from '../open-fake.ts';

const { manifest: IMAGE } = mediaTypes.oci;

const layer = blobOf(Buffer.from('layer'));
const image = jsonBlob({
  schemaVersion: 2,
  mediaType: IMAGE,
  config: describeBlob('application/vnd.oci.empty.v1+json', blobOf(Buffer.from('{}'))),
  layers: [describeBlob('application/octet-stream', layer)],
});

/** A registry of one image with tags, whose answers to DELETE are the test's. */
async function open(
  remove: (request: SeenRequest) => Reply,
  tags: readonly string[] = ['1.0', 'latest'],
) {
  const fake = await openFake((request) => {
    const name = request.path.split('/').at(-1) ?? '';
    if (request.method === 'DELETE') return remove(request);
    if (request.path.endsWith('/tags/list')) return { body: { name: 'team/app', tags } };
    const isThere = tags.includes(name) || name === image.digest;
    return isThere ? manifestReply(IMAGE, image) : { status: 404 };
  }, {});
  return { fake, place: openClient(fake).at('team/app', calm) };
}

const order = { digest: image.digest, tags: ['1.0', 'latest'], parts: [] };

const refusal = (status: number, code: string): Reply => ({
  ...{ status, body: { errors: [{ code, message: 'no' }] } },
});

describe('a deletion', () => {
  it('goes by the digest alone, with every media type accepted', async () => {
    const { fake, place } = await open(() => ({ status: 202 }));
    const plan = await planDeletion(place, { references: ['1.0'] });
    expect(new Set(fake.seen.map(({ method }) => method))).toEqual(new Set(['GET', 'HEAD']));
    expect(plan.entries[0]).toMatchObject({ ...order, alsoLost: ['latest'] });
    const ends = await collect(deleteManifests(place, plan.entries));
    expect(ends).toEqual([
      { digest: image.digest, tags: order.tags, deleted: true, problem: null },
    ]);
    const deleted = fake.seen.filter(({ method }) => method === 'DELETE');
    expect(deleted.map(({ path }) => path)).toEqual([`/v2/team/app/manifests/${image.digest}`]);
    for (const { headers, path } of fake.seen) {
      if (!path.includes('/manifests/')) continue;
      expect(headers.accept).toContain('application/vnd.docker.distribution.manifest.list.v2+json');
      expect(headers.accept).toContain('application/vnd.docker.distribution.manifest.v1+prettyjws');
    }
  });

  it.each([
    [405, 'UNSUPPORTED', 'DELETE_DISABLED'],
    [400, 'UNSUPPORTED', 'DELETE_DISABLED'],
    [405, '', 'DELETE_DISABLED'],
    [403, 'DENIED', 'ACCESS_DENIED'],
  ])('that is refused with %s %s ends all: %s', async (status, code, expected) => {
    const { fake, place } = await open(() => refusal(status, code));
    const asked = collect(deleteManifests(place, [order, order]));
    await expect(asked).rejects.toHaveProperty('code', expected);
    expect(fake.seen.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  it('that only one manifest is refused is told of that one', async () => {
    const { place } = await open(() => refusal(405, 'DENIED'));
    await expect(collect(deleteManifests(place, [order]))).resolves.toMatchObject([
      { deleted: false, problem: { code: 'REGISTRY_ERROR', data: { status: 405 } } },
    ]);
  });

  it('is not sent when the tags are not those of the plan', async () => {
    const { fake, place } = await open(() => ({ status: 202 }), ['1.0', 'latest', 'new']);
    const gone = { ...order, tags: ['1.0', 'latest', 'new', 'gone'] };
    await expect(collect(deleteManifests(place, [order, gone]))).resolves.toMatchObject([
      { deleted: false, problem: { code: 'DELETE_OUTDATED' } },
      { deleted: false },
    ]);
    expect(fake.seen.some(({ method }) => method === 'DELETE')).toBe(false);
  });

  it('asks for everything where a token is refused without a word on its scope', async () => {
    const fake = await openFake(({ headers, method, path, query }) => {
      const challenge = { 'www-authenticate': `Bearer realm="${fake.origin}/token"` };
      const scopes = query.getAll('scope').join('');
      if (path === '/token') return { body: { token: scopes.endsWith('*') ? 'all' : 'some' } };
      if (headers.authorization === undefined) return { status: 401, headers: challenge };
      if (path.endsWith('/tags/list')) return { body: { tags: ['1.0', 'latest'] } };
      if (method !== 'DELETE') return manifestReply(IMAGE, image);
      return { status: headers.authorization === 'Bearer all' ? 202 : 403 };
    }, {});
    const place = openClient(fake).at('team/app', calm);
    await expect(collect(deleteManifests(place, [order]))).resolves.toMatchObject([
      { deleted: true, problem: null },
    ]);
  });
});

describe('a plan', () => {
  it('wants a condition', async () => {
    const { fake, place } = await open(() => ({ status: 202 }));
    await expect(planDeletion(place, {})).rejects.toHaveProperty('code', 'INPUT_INVALID');
    expect(fake.seen).toEqual([]);
  });

  it('by a rule takes nothing that has a tag which does not fit', async () => {
    const { place } = await open(() => ({ status: 202 }));
    await expect(planDeletion(place, { pattern: '1.*' })).resolves.toEqual({
      ...{ entries: [], kept: 2, frees: 0, unread: [] },
      spared: [{ digest: image.digest, tags: ['1.0'], by: ['latest'] }],
    });
  });

  it('takes signatures along when told to, those of signatures too, and else names them', async () => {
    const beside = (subject: string) => `${subject.replace(':', '-')}.sig`;
    const signature = jsonBlob({ schemaVersion: 2, mediaType: IMAGE, layers: [], config: null });
    const named = new Map([
      ['1.0', image],
      [beside(image.digest), signature],
      [beside(signature.digest), layer],
    ]);
    const fake = await openFake(({ method, path }) => {
      if (path.endsWith('/tags/list')) return { body: { tags: [...named.keys()] } };
      const name = path.split('/').at(-1) ?? '';
      const found = named.get(name) ?? [...named.values()].find((one) => one.digest === name);
      return found && method !== 'DELETE' ? manifestReply(IMAGE, found) : { status: 404 };
    }, {});
    const place = openClient(fake).at('team/app', calm);
    const alone = await planDeletion(place, { references: ['1.0'] });
    expect(alone.entries).toMatchObject([{ tags: ['1.0'], attached: [beside(image.digest)] }]);
    for (const wish of [{ references: ['1.0'] }, { pattern: '1.*' }]) {
      const { entries, kept } = await planDeletion(place, { ...wish, withAttached: true });
      expect(entries.map(({ tags }) => tags[0]).toSorted()).toEqual([...named.keys()].toSorted());
      expect(entries.flatMap(({ alsoLost, attached }) => [...alsoLost, ...attached])).toEqual([]);
      expect(kept).toBe(0);
    }
    await expect(planDeletion(place, { withAttached: true })).rejects.toHaveProperty(
      'code',
      'INPUT_INVALID',
    );
  });

  it('does not know what is freed beside a manifest that can’t be read', async () => {
    const fake = await openFake(({ path }) => {
      if (path.endsWith('/tags/list')) return { body: { tags: ['1.0', 'odd'] } };
      const odd = blobOf(Buffer.from('{"layers":7}'));
      return manifestReply(
        IMAGE,
        path.endsWith('1.0') || path.endsWith(image.digest) ? image : odd,
      );
    }, {});
    const place = openClient(fake).at('team/app', calm);
    const plan = await planDeletion(place, { references: ['odd'] });
    expect(plan).toMatchObject({ frees: null, entries: [{ tags: ['odd'], frees: null }] });
  });
});
