import { describe, expect, it } from 'vitest';
import { collectContent } from '../../../../main/registry/files/collect-content.ts';
import { findFile } from '../../../../main/registry/files/find-file.ts';
import { readText } from '../../../../main/registry/files/read-text.ts';
import { file, folder, type Member, type Shelf, shelfOfMembers } from './archives.ts';

async function contentOf({ layers, open }: Shelf, path: string, limit = 1000): Promise<string> {
  const { facts } = await findFile({
    ...{ layers, open, path },
    collect: (entry, done) => collectContent(entry, limit, done),
  });
  return facts.content?.bytes?.toString() ?? '';
}

describe('finding a file', () => {
  it('takes the last layer that has it, and reads no others below', async () => {
    const shelf = await shelfOfMembers([file('a', 'old')], [file('a', 'new')], [file('b')]);
    expect(await contentOf(shelf, '/./a')).toBe('new');
    expect(shelf.opened).toEqual([shelf.layers[2]?.digest, shelf.layers[1]?.digest]);
    expect(await contentOf(shelf, 'a', 2)).toBe('ne');
  });

  it('takes the last of several in one layer', async () => {
    expect(await contentOf(await shelfOfMembers([file('a', '1'), file('a', '2')]), 'a')).toBe('2');
  });

  it('follows hard links, also into a lower layer, but not in circles', async () => {
    const link = (name: string, linkname: string): Member => ({ name, type: 'link', linkname });
    const shelf = await shelfOfMembers(
      [file('low', 'from below')],
      [file('a', 'abc'), link('b', './a'), link('c', 'low'), link('x', 'y'), link('y', 'x')],
    );
    expect(await contentOf(shelf, 'b')).toBe('abc');
    expect(await contentOf(shelf, 'c')).toBe('from below');
    await expect(contentOf(shelf, 'x')).rejects.toHaveProperty('code', 'IMAGE_FILE_NOT_FOUND');
  });

  it('follows no other links, and names them', async () => {
    const shelf = await shelfOfMembers(
      [folder('bin/'), file('bin/sh')],
      [
        { name: 'bin', type: 'symlink', linkname: 'usr/bin' },
        { name: 'etc/mtab', type: 'symlink', linkname: '/proc/mounts' },
      ],
    );
    for (const [path, named, target] of [
      ['bin/sh', 'bin', 'usr/bin'],
      ['etc/mtab', 'etc/mtab', '/proc/mounts'],
    ] as const) {
      await expect(contentOf(shelf, path)).rejects.toMatchObject({
        code: 'IMAGE_FILE_OTHER',
        data: { path: named, kind: 'link', target },
      });
    }
    await expect(contentOf(shelf, 'etc')).rejects.toHaveProperty('code', 'IMAGE_FILE_NOT_FOUND');
  });

  it('finds nothing that was removed', async () => {
    const base = [folder('d/'), file('d/a'), file('e')];
    for (const whiteout of ['d/.wh.a', '.wh.d', 'd/.wh..wh..opq']) {
      const shelf = await shelfOfMembers(base, [file(whiteout, '')]);
      await expect(contentOf(shelf, 'd/a')).rejects.toHaveProperty('code', 'IMAGE_FILE_NOT_FOUND');
      expect(await contentOf(shelf, 'e')).toBe('e');
    }
    const again = await shelfOfMembers(base, [file('d/.wh..wh..opq', ''), file('d/a', 'again')]);
    expect(await contentOf(again, 'd/a')).toBe('again');
  });
});

describe('reading text', () => {
  it('knows UTF-8 and UTF-16, and what is no text', () => {
    const utf16 = Buffer.from('\ufeffHello, 세계', 'utf16le');
    expect(readText(Buffer.from('zażółć\n\t\u001b[1m'), false)).toBe('zażółć\n\t\u001b[1m');
    expect(readText(Buffer.from('\ufeffabc'), false)).toBe('abc');
    expect(readText(utf16, false)).toBe('Hello, 세계');
    expect(readText(Buffer.from(utf16).swap16(), false)).toBe('Hello, 세계');
    expect(readText(Buffer.from('\u007fELF\u0002\u0001'), false)).toBeNull();
    expect(readText(Buffer.from('caf\xe9', 'latin1'), false)).toBeNull();
    expect(readText(Buffer.from('a\0b'), false)).toBeNull();
    expect(readText(Buffer.alloc(0), false)).toBe('');
  });

  it('forgives a cut within a character', () => {
    const cut = Buffer.from('세계').subarray(0, 4);
    expect(readText(cut, true)).toBe('세');
    expect(readText(cut, false)).toBeNull();
  });
});
