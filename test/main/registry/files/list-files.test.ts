import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullBudget, TooMuch } from '../../../../main/registry/files/budget.ts';
import { fileLimits } from '../../../../main/registry/files/file-limits.ts';
import { listFiles } from '../../../../main/registry/files/list-files.ts';
import { type LayerToRead, readLayer } from '../../../../main/registry/files/read-layer.ts';
import type { LayerFile, LayerFilesEvent } from '../../../../shared/model/layer-file.ts';
import { collect } from '../open-fake.ts';
import {
  file,
  folder,
  type Member,
  type Shelf,
  shelfOf,
  shelfOfMembers,
  tarOf,
} from './archives.ts';

const filesOf = (events: readonly LayerFilesEvent[]): readonly LayerFile[] =>
  events.flatMap((event) => (event.type === 'files' ? event.files : []));

async function list({ layers, open }: Shelf, showsRemoved = false) {
  return filesOf(await collect(listFiles({ layers, open, showsRemoved })));
}

/** Paths, each with the number of its layer. */
async function paths(...layers: readonly (readonly Member[])[]) {
  const shelf = await shelfOfMembers(...layers);
  const numberOf = (digest: string) => shelf.layers.findIndex((layer) => layer.digest === digest);
  return (await list(shelf)).map(({ path, layer }) => `${path} ${numberOf(layer)}`);
}

const hidden = (path: string) => file(path, '');

describe('the files of an image', () => {
  it('are those of all layers, each from the last that has it', async () => {
    expect(
      await paths(
        [folder('etc/'), file('etc/a'), file('etc/b'), folder('usr/'), file('usr/x')],
        [folder('etc/'), file('etc/b', 'new'), file('etc/c')],
      ),
    ).toEqual(['etc 1', 'etc/a 0', 'etc/b 1', 'etc/c 1', 'usr 0', 'usr/x 0']);
  });

  it('lack what a later layer removes', async () => {
    const base = [folder('d/'), file('d/a'), folder('d/e/'), file('d/e/f'), file('g')];
    expect(await paths(base, [hidden('d/.wh.a'), hidden('.wh.g')])).toEqual([
      'd 0',
      'd/e 0',
      'd/e/f 0',
    ]);
    expect(await paths(base, [hidden('.wh.d')], [file('d/z')])).toEqual(['d 2', 'd/z 2', 'g 0']);
    expect(await paths(base, [hidden('.wh.nothing'), hidden('no/where/.wh.x')])).toHaveLength(5);
  });

  it('in an emptied folder are those of its own layer, whichever came first', async () => {
    const base = [folder('d/'), file('d/a'), folder('d/e/'), file('d/e/f')];
    const own = [folder('d/'), file('d/n'), file('d/e/m')];
    for (const order of [
      [...own, hidden('d/.wh..wh..opq')],
      [hidden('d/.wh..wh..opq'), ...own],
    ]) {
      expect(await paths(base, order)).toEqual(['d 1', 'd/e 1', 'd/e/m 1', 'd/n 1']);
    }
    expect(await paths(base, [file('d/a', 'again'), hidden('d/.wh.a')])).toContain('d/a 1');
    expect(await paths(base, [hidden('d/.wh..wh.plnk'), file('d/.wh.')])).toEqual([
      'd 0',
      'd/a 0',
      'd/e 0',
      'd/e/f 0',
    ]);
  });

  it('change from file to folder and back with all that was in it', async () => {
    const link: Member = { name: 'd', type: 'symlink', linkname: '/etc' };
    expect(await paths([folder('d/'), file('d/a')], [link])).toEqual(['d 1']);
    expect(await paths([link], [file('d/a')])).toEqual(['d 1', 'd/a 1']);
    expect(await paths([folder('d/'), file('d/a')], [file('d', 'flat')], [folder('d/')])).toEqual([
      'd 2',
    ]);
  });

  it('keep their facts', async () => {
    const shelf = await shelfOfMembers([
      file('a', 'abc', { mode: 0o4755, uid: 1000, gid: 7, mtime: new Date(86_400_000) }),
      { name: 'h', type: 'link', linkname: './a' },
      { name: 's', type: 'symlink', linkname: '../x\u001b[2J' },
      { name: 'n', type: 'character-device', devmajor: 1, devminor: 3 },
      file('deep/er/x'),
    ]);
    const found = new Map((await list(shelf)).map((one) => [one.path, one]));
    expect(found.get('a')).toEqual({
      ...{ path: 'a', kind: 'file', size: 3, mode: 0o4755, uid: 1000, gid: 7, target: null },
      ...{ modified: '1970-01-02T00:00:00.000Z', layer: shelf.layers[0]?.digest },
    });
    expect(found.get('h')).toMatchObject({ kind: 'hard-link', target: 'a' });
    expect(found.get('s')).toMatchObject({ kind: 'link', target: '../x\\u{1b}[2J' });
    expect(found.get('n')).toMatchObject({ kind: 'device' });
    expect(found.get('deep/er')).toMatchObject({ kind: 'folder', mode: 0o755, modified: null });
  });

  it('have paths that lead nowhere else and are harmless to show', async () => {
    const latin = await tarOf([file('caf_')]);
    latin[3] = 0xe9;
    // The sum of the header, corrected for the one byte.
    const sum = latin
      .subarray(0, 512)
      .reduce((all, byte, at) => all + (at >= 148 && at < 156 ? 32 : byte), 0);
    latin.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    const odd = await tarOf([
      file('/abs'),
      file('../../up'),
      file('a/./b//../c'),
      file('e\u202evil\u0007'),
      file('한국어'),
      folder('./'),
      file('x'.repeat(5000)),
      { name: 'far', type: 'symlink', linkname: 'y'.repeat(4097) },
    ]);
    const found = (await list(shelfOf([odd, latin]))).map(({ path }) => path);
    expect(found).toEqual([
      ...['a', 'a/c', 'abs', 'caf\\xe9', 'e\\u{202e}vil\\u{7}', 'up', '한국어'],
    ]);
  });

  it('of one layer show what it removes', async () => {
    const shelf = await shelfOfMembers([
      hidden('d/.wh.a'),
      file('d/b'),
      hidden('d/.wh.b'),
      hidden('e/.wh..wh..opq'),
    ]);
    const found = (await list(shelf, true)).map(({ path, kind }) => `${kind} ${path}`);
    expect(found).toEqual(['folder d', 'removed d/a', 'file d/b', 'folder e', 'removed e/*']);
  });
});

describe('listing files', () => {
  it('tells how far it is, up to the end', async () => {
    const shelf = await shelfOfMembers([file('a')], [file('b')]);
    const events = await collect(listFiles({ ...shelf, showsRemoved: false }));
    const total = shelf.layers.reduce((sum, { size }) => sum + (size ?? 0), 0);
    expect(events.filter(({ type }) => type === 'progress')).toEqual([
      { type: 'progress', done: 0, total },
      { type: 'progress', done: total, total },
    ]);
  });

  it('comes in batches', async () => {
    const many = Array.from({ length: 2_500 }, (_, at) => file(`f${at}`, ''));
    const events = await collect(
      listFiles({ ...(await shelfOfMembers(many)), showsRemoved: false }),
    );
    const sizes = events.flatMap((event) => (event.type === 'files' ? [event.files.length] : []));
    expect(sizes).toEqual([1000, 1000, 500]);
  });

  it('says why a layer can’t be read', async () => {
    const good = gzipSync(await tarOf([file('a', 'a'.repeat(5000))]));
    for (const [bytes, reason] of [
      [Buffer.from('{"not":"an archive"}'), 'noArchive'],
      [Buffer.alloc(5000, 7), 'noArchive'],
      [good.subarray(0, 40), 'damaged'],
      [(await tarOf([file('a'), file('b')])).subarray(0, 1200), 'damaged'],
    ] as const) {
      const shelf = shelfOf([good, bytes]);
      await expect(list(shelf)).rejects.toMatchObject({
        code: 'LAYER_UNREADABLE',
        data: { digest: shelf.layers[1]?.digest, reason },
      });
    }
    const { layers, open } = shelfOf([good]);
    const encrypted = layers.map((layer) => ({
      ...layer,
      mediaType: `${layer.mediaType}+encrypted`,
    }));
    await expect(list({ layers: encrypted, open, opened: [] })).rejects.toMatchObject({
      data: { reason: 'encrypted' },
    });
  });

  it('are all there when the lowest layer comes last, and the one above it goes on meanwhile', async () => {
    const many = Array.from({ length: 4500 }, (_, at) => file(`many/${at}`, ''));
    const blobs = [await tarOf([file('x', 'lowest'), file('y')])].concat(
      await tarOf([file('x', 'first'), ...many.slice(0, 3000), file('x', 'last one')]),
      await tarOf([hidden('.wh.y'), ...many.slice(3000)]),
    );
    const { layers } = shelfOf(blobs);
    let isLowestOut = (): void => undefined;
    const lowestOut = new Promise<void>((resolve) => {
      isLowestOut = resolve;
    });
    const open = async function* ({ digest }: LayerToRead) {
      const at = layers.findIndex((layer) => layer.digest === digest);
      const bytes = blobs[at] ?? Buffer.alloc(0);
      // The lowest one waits until the others are well under way, and they wait for it before their last bytes.
      if (at === 0) await delay(50);
      for (let from = 0; from < bytes.length; from += 4096) {
        if (at === 1 && bytes.length - from < 400_000) await lowestOut;
        yield bytes.subarray(from, from + 4096);
      }
      if (at === 0) isLowestOut();
    };
    const files = await list({ layers, open, opened: [] });
    expect(files).toHaveLength(4502);
    expect(files.find(({ path }) => path === 'x')?.size).toBe('last one'.length);
    expect(files.some(({ path }) => path === 'y')).toBe(false);
  });

  it('ends at the limit of what unpacks to nearly nothing', async () => {
    // Zeros without end, in blocks of zstd that take four bytes for 128 KiB each.
    const block = Buffer.from('02001000', 'hex');
    const head = Buffer.from('28b52ffd0058', 'hex');
    const archive = (await tarOf([file('before'), file('big', '')])).subarray(0, 1536);
    const raw = Buffer.alloc(3);
    raw.writeUIntLE(archive.length << 3, 0, 3);
    const open = async function* () {
      yield Buffer.concat([head, raw, archive]);
      const many = Buffer.concat(Array.from({ length: 256 }, () => block));
      for (;;) yield many;
    };
    const layer = { digest: 'sha256:bomb', size: 1000, mediaType: '' };
    const events = await collect(listFiles({ layers: [layer], open, showsRemoved: false }));
    expect(filesOf(events).map(({ path }) => path)).toEqual(['before', 'big']);
    expect(events.at(-1)).toEqual({ type: 'limit', entries: 2 });
    expect(fileLimits.ratioFrom).toBeLessThan(fileLimits.unpacked);
  }, 60_000);

  it('ends where names and the targets of links are too long together', async () => {
    const { layers, open } = await shelfOfMembers([
      file('12345'),
      { name: 'l', type: 'symlink', linkname: '1234' },
      { name: 'm', type: 'symlink', linkname: '1' },
    ]);
    const names: string[] = [];
    const read = (limit: number) =>
      readLayer(layers[0] as LayerToRead, {
        ...{ open, onBytes: () => undefined, budget: { ...fullBudget(), names: limit } },
        onEntry: ({ path }) => void names.push(path.join('/')),
      });
    await read(108);
    expect(names.splice(0)).toEqual(['12345', 'l', 'm']);
    await expect(read(107)).rejects.toBeInstanceOf(TooMuch);
    expect(names).toEqual(['12345', 'l']);
  });

  it('has one layer as tar has it, whatever the names are', async () => {
    const name = fc.stringMatching(/^[a-z.\u00e9-\u00ff\u4e00-\u4eff/]{1,12}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(name, { maxLength: 20 }), async (names) => {
        const shelf = shelfOf([await tarOf(names.map((one) => file(`x${one}`)))]);
        for (const { path } of await list(shelf)) {
          expect(path).not.toMatch(/^\/|\/$|\/\/|(^|\/)\.{1,2}(\/|$)/);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('stops reading when nobody listens any more', async () => {
    const closed: string[] = [];
    const bytes = await tarOf([file('a')]);
    const open = async function* () {
      try {
        yield bytes.subarray(0, 600);
        for (;;) yield Buffer.alloc(300_000);
      } finally {
        closed.push('closed');
      }
    };
    const layer = { digest: 'sha256:x', size: 1_000_000, mediaType: '' };
    const failing = async function* () {
      yield Buffer.alloc(512, 1);
    };
    const second = { ...layer, digest: 'sha256:y' };
    const layers = [layer, second];
    const reading = collect(
      listFiles({
        layers,
        open: (one) => (one === second ? failing() : open()),
        showsRemoved: false,
      }),
    );
    await expect(reading).rejects.toHaveProperty('code', 'LAYER_UNREADABLE');
    await expect.poll(() => closed).toEqual(['closed']);
  });
});
