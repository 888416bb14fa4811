import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isImageId } from '../../../../main/registry/v1/image-id.ts';
import { readAncestry } from '../../../../main/registry/v1/images.ts';
import { readFound } from '../../../../main/registry/v1/search.ts';
import { readTags } from '../../../../main/registry/v1/tags.ts';
import { isRepository, isTag } from '../../../../shared/model/reference.ts';
import { isFirstGeneration } from '../../../../shared/model/registry-v1.ts';
import type { Reply } from '../../../fakes/registry.ts';
import { v1Id } from '../../../lab/v1-images.ts';
import { calm, collect } from '../open-fake.ts';
import { openV1 } from './v1-fake.ts';

const id = v1Id('app command');
const other = v1Id('app');
const imagePath = (part: string) => `/v1/images/${id}/${part}`;

/** Looks at the image with one answer that is not as it should be. */
async function lookWith(path: string, reply: Reply) {
  const { client } = await openV1({
    instead: (asked) => (asked.path === path ? reply : undefined),
  });
  return client.inspect('library/app', '1.0', calm);
}

describe('a hostile registry of the first generation', () => {
  const tag = '/v1/repositories/library/app/tags/1.0';
  it.each<[what: string, path: string, reply: Reply, code: string]>([
    ['an id that is none', tag, { body: '"../../etc"' }, 'REGISTRY_RESPONSE_INVALID'],
    ['an id in a list', tag, { body: [id] }, 'REGISTRY_RESPONSE_INVALID'],
    ['a web page', tag, { body: '<html>' }, 'REGISTRY_RESPONSE_INVALID'],
    [
      'another image’s ancestry',
      imagePath('ancestry'),
      { body: [other] },
      'REGISTRY_RESPONSE_INVALID',
    ],
    [
      'an ancestry in a circle',
      imagePath('ancestry'),
      { body: [id, other, id] },
      'REGISTRY_RESPONSE_INVALID',
    ],
    [
      'an ancestry without end',
      imagePath('ancestry'),
      { body: [id, ...Array.from({ length: 1000 }, (_, at) => v1Id(String(at)))] },
      'REGISTRY_RESPONSE_INVALID',
    ],
    [
      'an ancestry of paths',
      imagePath('ancestry'),
      { body: [id, '../x'] },
      'REGISTRY_RESPONSE_INVALID',
    ],
    ['no ancestry', imagePath('ancestry'), { body: [] }, 'REGISTRY_RESPONSE_INVALID'],
    ['another image', imagePath('json'), { body: { id: other } }, 'REGISTRY_RESPONSE_INVALID'],
    ['no image', imagePath('json'), { status: 404 }, 'TAG_NOT_FOUND'],
    ['an image that was never finished', imagePath('json'), { status: 400 }, 'REGISTRY_ERROR'],
    ['an endless answer', imagePath('json'), { fault: 'endless' }, 'RESPONSE_TOO_LARGE'],
    [
      'JSON of a thousand storeys',
      imagePath('json'),
      { body: '['.repeat(5e5) },
      'REGISTRY_RESPONSE_INVALID',
    ],
  ])('is not believed: %s', async (_, path, reply, code) => {
    await expect(lookWith(path, reply)).rejects.toHaveProperty('code', code);
  });

  it('fills no memory with what it tells of many layers', async () => {
    const ids = [id, ...Array.from({ length: 30 }, (_, at) => v1Id(String(at)))];
    const { client } = await openV1({
      instead: ({ path }) => {
        if (path === imagePath('ancestry')) return { body: ids };
        const told = /^\/v1\/images\/(\w+)\/json$/.exec(path)?.[1];
        return told === undefined || told === id
          ? undefined
          : { body: { id: told, comment: 'x'.repeat(1024 * 1024) } };
      },
    });
    const looked = client.inspect('library/app', '1.0', calm);
    await expect(looked).rejects.toHaveProperty('code', 'RESPONSE_TOO_LARGE');
  });

  it.each([400, 404])('may have lost a layer (%i); the rest is told', async (status) => {
    const details = await lookWith(`/v1/images/${other}/json`, { status });
    expect(details).toMatchObject({ storedSize: null, image: { size: null } });
    expect(details.image?.layers.map(({ size }) => size === null)).toEqual([false, true, false]);
  });

  it('is cleaned, sizes that are none are left out', async () => {
    const { client } = await openV1({
      instead: ({ path }) =>
        path === imagePath('json')
          ? {
              headers: { 'x-docker-size': '1e9' },
              body: {
                author: 'x\u001b[2J\u202ey',
                config: [],
                container_config: { Cmd: [7, 'ls'] },
              },
            }
          : undefined,
    });
    const { image, storedSize } = await client.inspect('library/app', '1.0', calm);
    expect(storedSize).toBeNull();
    expect(image).toMatchObject({ author: 'x [2J y', created: null, platform: null });
    expect(image?.layers.at(-1)?.createdBy).toBe('ls');
  });

  it('is not asked for what is no name, and its names are checked', async () => {
    const results = ['ok', '../x', 'UPPER', null, { name: 'a/ok', description: 'x\u001b[31m' }, 7];
    const { client, fake } = await openV1({
      instead: ({ path }) =>
        path === '/v1/search'
          ? {
              body: {
                results: results.map((one) => (typeof one === 'string' ? { name: one } : one)),
              },
            }
          : undefined,
    });
    await expect(collect(client.listRepositories(calm))).resolves.toEqual([['ok', 'a/ok']]);
    const before = fake.seen.length;
    for (const name of ['../x', 'X', '']) {
      await expect(client.listTags(name, calm)).rejects.toHaveProperty('code', 'REFERENCE_INVALID');
    }
    await expect(client.inspect('ok', `sha256:${'a'.repeat(64)}`, calm)).rejects.toHaveProperty(
      'code',
      'REFERENCE_INVALID',
    );
    expect(fake.seen.slice(before).map(({ path }) => path)).not.toContain('/v1');
  });

  it('gets no login across a redirect of a layer’s description', async () => {
    const elsewhere = await openV1({ version: '0.8' });
    const { client } = await openV1(
      {
        login: 'ada:correct horse',
        instead: ({ path }) =>
          path === imagePath('json')
            ? { status: 302, headers: { location: `${elsewhere.fake.origin}${path}` } }
            : undefined,
      },
      { credentials: async () => ({ username: 'ada', password: 'correct horse' }) },
    );
    await client.inspect('library/app', '1.0', calm);
    expect(elsewhere.fake.seen).toHaveLength(1);
    expect(elsewhere.fake.received()).not.toMatch(/authorization/i);
  });
});

describe('whatever is answered', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('a', 'a/b', '__proto__', id, 'latest'));

  it('gives names that are names, each once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: text, description: fc.oneof(text, fc.jsonValue()) })),
        (results) => {
          const names = readFound({ results }).map(({ name }) => name);
          expect(names.every(isRepository)).toBe(true);
          expect(new Set(names).size).toBe(names.length);
        },
      ),
    );
    fc.assert(
      fc.property(fc.dictionary(text, fc.jsonValue()), (tags) => {
        expect(readTags(tags).every(isTag)).toBe(true);
      }),
    );
  });

  it('gives ancestries that begin with the image and repeat nothing, or none', () => {
    const ids = fc.array(fc.oneof(fc.constantFrom(id, other), fc.string()), { maxLength: 6 });
    fc.assert(
      fc.property(fc.oneof(ids, fc.jsonValue()), (json) => {
        let found: readonly string[];
        try {
          found = readAncestry(json, id);
        } catch {
          return;
        }
        expect(found[0]).toBe(id);
        expect(found.every(isImageId)).toBe(true);
        expect(new Set(found).size).toBe(found.length);
      }),
    );
  });

  it('is a registry of the first generation only if it says so', () => {
    const ping = (status: number, body: string, rawHeaders: readonly string[] = []) =>
      isFirstGeneration({ status, body, rawHeaders });
    expect(ping(200, 'true')).toBe(true);
    expect(ping(200, '{}')).toBe(true);
    expect(ping(200, '', ['X-Docker-Registry-Standalone', 'mirror'])).toBe(true);
    for (const body of ['', 'false', '"true"', '[]', 'null', '1', '<html>true</html>']) {
      expect(ping(200, body)).toBe(false);
    }
    expect(ping(404, 'true', ['X-Docker-Registry-Version', '0.8.1'])).toBe(false);
  });
});
