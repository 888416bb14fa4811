import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type ContentStoreOptions,
  createContentStore,
} from '../../../../main/registry/cache/content-store.ts';
import { createFakeClock } from '../../../fakes/clock.ts';

const ada = { address: 'nas:5000', user: 'ada' };
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const digestOf = (bytes: Uint8Array, algorithm = 'sha256') =>
  `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
const some = (text: string) => {
  const bytes = Buffer.from(text);
  return { bytes, digest: digestOf(bytes) };
};

function openStore(options: Partial<ContentStoreOptions> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'content-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const cache = join(home, 'cache', 'regent');
  const folder = join(cache, 'content');
  const blob = (digest: string) => join(folder, 'blobs', ...digest.split(':'));
  const open = (more: Partial<ContentStoreOptions> = {}) =>
    createContentStore({ cache, ...options, ...more });
  return { cache, folder, blob, open, store: open() };
}

describe('content that was kept', () => {
  it('is found again, by another process too, with its media type', async () => {
    const { store, open } = openStore();
    const { bytes, digest } = some('{"a":1}');
    store.at(ada, 'x').put(digest, bytes, MANIFEST);
    store.at(ada, 'x').noteTag('latest', digest);
    await store.settled();
    for (const one of [store, open()]) {
      expect(await one.at(ada, 'x').get(digest, 1000)).toEqual({ mediaType: MANIFEST, bytes });
      expect(await one.at(ada, 'x').lastDigestOf('latest')).toBe(digest);
    }
    expect(await store.at(ada, 'x').lastDigestOf('other')).toBeUndefined();
  });

  it('lies in an OCI image layout that only this user can read', async () => {
    const { store, folder, blob } = openStore();
    const long = Buffer.from('sha512');
    const { bytes, digest } = some('x');
    store.at(ada, 'x').put(digest, bytes);
    store.at(ada, 'x').put(digestOf(long, 'sha512'), long);
    await store.settled();
    const json = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
    expect(json('oci-layout')).toEqual({ imageLayoutVersion: '1.0.0' });
    expect(json('index.json')).toEqual({ schemaVersion: 2, manifests: [] });
    expect(readFileSync(blob(digest))).toEqual(bytes);
    expect(readFileSync(blob(digestOf(long, 'sha512')))).toEqual(long);
    expect(lstatSync(folder).mode & 0o777).toBe(0o700);
    expect(lstatSync(blob(digest)).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'ingest'))).toEqual([]);
  });

  it('is there only for the login, registry and repository that it was seen with', async () => {
    const { store } = openStore();
    const { bytes, digest } = some('secret');
    store.at(ada, 'team/private').put(digest, bytes);
    await store.settled();
    const others = [
      store.at(ada, 'team/public'),
      store.at({ ...ada, user: 'eve' }, 'team/private'),
      store.at({ ...ada, user: null }, 'team/private'),
      store.at({ ...ada, address: 'nas:5001' }, 'team/private'),
    ];
    for (const other of others) {
      expect(await other.get(digest, 1000)).toBeUndefined();
    }
    expect(await store.at(ada, 'team/private').get(digest, 1000)).toBeDefined();
  });

  it('is forgotten with a place, and with a registry', async () => {
    const { store, open } = openStore();
    const { bytes, digest } = some('x');
    for (const repository of ['a', 'b', 'c']) store.at(ada, repository).put(digest, bytes);
    await store.settled();
    await store.at(ada, 'a').forget();
    expect(await store.at(ada, 'a').get(digest, 1000)).toBeUndefined();
    expect(await store.at(ada, 'b').get(digest, 1000)).toBeDefined();
    await store.forget(ada.address);
    for (const one of [store, open()]) {
      expect(await one.at(ada, 'b').get(digest, 1000)).toBeUndefined();
    }
  });

  it('is not given where less is wanted, and not kept when it is large', async () => {
    const { store, blob } = openStore({ largest: 10 });
    const small = some('0123456789');
    const large = some('0123456789x');
    for (const { bytes, digest } of [small, large]) store.at(ada, 'x').put(digest, bytes);
    await store.settled();
    expect(existsSync(blob(large.digest))).toBe(false);
    expect(await store.at(ada, 'x').get(small.digest, 9)).toBeUndefined();
    expect(await store.at(ada, 'x').get(small.digest, 10)).toBeDefined();
  });
});

describe('content that is damaged', () => {
  it.each<[how: string, damage: (path: string) => void]>([
    ['changed', (path) => writeFileSync(path, 'another!')],
    ['cut off', (path) => truncateSync(path, 3)],
    ['emptied', (path) => truncateSync(path, 0)],
  ])('goes, however it was %s', async (_, damage) => {
    const { store, blob } = openStore();
    const { bytes, digest } = some('original');
    const place = store.at(ada, 'x');
    place.put(digest, bytes);
    await store.settled();
    damage(blob(digest));
    expect(await place.get(digest, 1000)).toBeUndefined();
    expect(existsSync(blob(digest))).toBe(false);
    place.put(digest, bytes);
    await store.settled();
    expect((await place.get(digest, 1000))?.bytes).toEqual(bytes);
  });

  it('is never given, whatever stands in the notes', async () => {
    const { bytes, digest } = some('good');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), async (lines) => {
        const { store, folder, open } = openStore();
        store.at(ada, 'x').put(digest, bytes, MANIFEST);
        await store.settled();
        const seen = join(folder, 'seen');
        const [name = ''] = readdirSync(seen, { recursive: true })
          .map((file) => join(seen, String(file)))
          .filter((path) => lstatSync(path).isFile());
        const text = [
          `d ${digest} ../../x\u001b`,
          ...lines,
          readFileSync(name, 'utf8'),
          't ../.. x',
        ];
        writeFileSync(name, text.join('\n'));
        const place = open().at(ada, 'x');
        expect(await place.get(digest, 1000)).toEqual({ mediaType: MANIFEST, bytes });
        rmSync(folder, { recursive: true });
      }),
      { numRuns: 20 },
    );
  });

  it('is not followed when it is a link', async () => {
    const { store, blob, cache } = openStore();
    const { bytes, digest } = some('x');
    store.at(ada, 'x').put(digest, bytes);
    await store.settled();
    writeFileSync(join(cache, 'elsewhere'), bytes);
    rmSync(blob(digest));
    symlinkSync(join(cache, 'elsewhere'), blob(digest));
    expect(await store.at(ada, 'x').get(digest, 1000)).toBeUndefined();
  });
});

describe('the bounds', () => {
  const fill = async (store: ReturnType<typeof openStore>['store'], from: number, to: number) => {
    for (let i = from; i < to; i += 1) {
      const bytes = Buffer.alloc(1000, `${i} `);
      store.at(ada, 'x').put(digestOf(bytes), bytes);
    }
    await store.settled();
  };

  it('are kept: what was used least recently goes first', async () => {
    const clock = createFakeClock();
    const { store, blob, open } = openStore({ bounds: { bytes: 20_000, files: 1000 }, clock });
    await fill(store, 0, 10);
    const first = digestOf(Buffer.alloc(1000, '0 '));
    const long = new Date(clock.now() - 7_200_000);
    for (let i = 0; i < 10; i += 1)
      utimesSync(blob(digestOf(Buffer.alloc(1000, `${i} `))), long, long);
    expect(await store.at(ada, 'x').get(first, 1000)).toBeDefined();
    await fill(open(), 10, 24);
    const { bytes } = await store.usage();
    expect(bytes).toBeLessThanOrEqual(20_000);
    expect(bytes).toBeGreaterThan(10_000);
    expect(existsSync(blob(first))).toBe(true);
    expect(existsSync(blob(digestOf(Buffer.alloc(1000, '1 '))))).toBe(false);
    expect(existsSync(blob(digestOf(Buffer.alloc(1000, '23 '))))).toBe(true);
  });

  it('are kept by many short runs, too, and by number', async () => {
    const { store, open } = openStore({ bounds: { bytes: 1e9, files: 16 } });
    for (let i = 0; i < 40; i += 1) await fill(open(), i, i + 1);
    expect((await store.usage()).files).toBeLessThanOrEqual(18);
  });

  it('take away what a killed process left half written, but only after a while', async () => {
    const { store, folder } = openStore({ bounds: { bytes: 8, files: 8 } });
    await fill(store, 0, 1);
    const left = (name: string) => join(folder, 'ingest', name);
    for (const name of ['old', 'new']) writeFileSync(left(name), 'half');
    utimesSync(left('old'), 0, 0);
    await fill(store, 1, 2);
    expect([existsSync(left('old')), existsSync(left('new'))]).toEqual([false, true]);
  });

  it('clear() takes all, and what comes later is kept again', async () => {
    const { store, open } = openStore();
    const other = open();
    await fill(store, 0, 3);
    await store.clear();
    expect(await store.usage()).toMatchObject({ bytes: 0, files: 0, fault: null });
    await fill(other, 0, 2);
    expect(await store.usage()).toMatchObject({ bytes: 2000, files: 2 });
  });
});

describe('a disk that fails', () => {
  const { bytes, digest } = some('x');
  const keep = async ({ store }: Pick<ReturnType<typeof openStore>, 'store'>) => {
    store.at(ada, 'x').put(digest, bytes);
    store.at(ada, 'x').noteTag('t', digest);
    await store.settled();
    await store.at(ada, 'x').get(digest, 100);
    await store.at(ada, 'x').lastDigestOf('t');
    await store.at(ada, 'x').forget();
    return store.usage();
  };

  it('is told by usage() alone', async () => {
    const scene = openStore();
    mkdirSync(join(scene.cache, '..'), { recursive: true });
    writeFileSync(scene.cache, 'a file where the folder should be');
    expect(await keep(scene)).toMatchObject({ files: 0, fault: expect.stringMatching(/^E/) });
    await expect(scene.store.clear()).rejects.toThrow();
  });

  it('is left alone for a minute', async () => {
    const clock = createFakeClock();
    const scene = openStore({ clock });
    mkdirSync(join(scene.cache, '..'), { recursive: true });
    writeFileSync(scene.cache, '');
    await keep(scene);
    rmSync(scene.cache);
    expect((await keep(scene)).fault).not.toBeNull();
    clock.advance(60_000);
    scene.store.at(ada, 'y').put(digest, bytes);
    await scene.store.settled();
    expect(await scene.store.usage()).toMatchObject({ files: 1, fault: null });
  });

  it('a folder that is a link, or that others may write to, is not used', async () => {
    const linked = openStore();
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    onTestFinished(() => rmSync(elsewhere, { recursive: true }));
    mkdirSync(linked.cache, { recursive: true });
    symlinkSync(elsewhere, linked.folder);
    expect(await keep(linked)).toMatchObject({ fault: 'symbolicLink' });
    expect(readdirSync(elsewhere)).toEqual([]);
    const shared = openStore();
    mkdirSync(shared.cache, { recursive: true });
    chmodSync(shared.cache, 0o777);
    expect(await keep(shared)).toMatchObject({ fault: 'writableByOthers' });
  });

  it('a home that is a link is fine', async () => {
    const { cache } = openStore();
    const home = mkdtempSync(join(tmpdir(), 'home-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    mkdirSync(join(cache, '..'), { recursive: true });
    symlinkSync(join(cache, '..'), join(home, 'link'));
    const store = createContentStore({ cache: join(home, 'link', 'regent') });
    expect(await keep({ store })).toMatchObject({ files: 1, fault: null });
  });

  it('makes a folder private that was not', async () => {
    const scene = openStore();
    mkdirSync(scene.folder, { recursive: true });
    chmodSync(scene.folder, 0o755);
    await keep(scene);
    expect(lstatSync(scene.folder).mode & 0o777).toBe(0o700);
  });
});
