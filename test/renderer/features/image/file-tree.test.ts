import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  matchingRows,
  treeOf,
  treeRows,
} from '../../../../renderer/features/image/files/file-tree.ts';
import type { LayerFile } from '../../../../shared/model/layer-file.ts';

const file = (path: string, kind: LayerFile['kind'] = 'file'): LayerFile => ({
  ...{ path, kind, size: 1, mode: 0o644, uid: 0, gid: 0 },
  ...{ modified: null, target: null, layer: 'sha256:a' },
});

describe('the tree of an image’s files', () => {
  it('shows folders first, then files, each by name, and nothing of a closed folder', () => {
    const tree = treeOf([file('b'), file('a/y'), file('a', 'folder'), file('a/x')]);
    expect(treeRows(tree, new Set()).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(treeRows(tree, new Set(['a'])).map(({ name, depth }) => [name, depth])).toEqual([
      ['a', 0],
      ['x', 1],
      ['y', 1],
      ['b', 0],
    ]);
  });

  it('makes up folders that no layer states', () => {
    const tree = treeOf([file('usr/lib/os-release')]);
    const rows = treeRows(tree, new Set(['usr', 'usr/lib']));
    expect(rows.map(({ file: { path, kind } }) => [path, kind])).toEqual([
      ['usr', 'folder'],
      ['usr/lib', 'folder'],
      ['usr/lib/os-release', 'file'],
    ]);
  });

  it('finds files by any part of their path, whatever the case', () => {
    const files = [file('etc/Passwd'), file('bin/sh')];
    expect(matchingRows(files, 'PASS').map(({ name }) => name)).toEqual(['etc/Passwd']);
  });

  it('holds each path once, whatever the paths are', () => {
    const part = fc.constantFrom('a', 'b', '__proto__', 'constructor', '..');
    const paths = fc.array(fc.array(part, { minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(paths, (all) => {
        const files = all.map((parts) => file(parts.join('/')));
        const tree = treeOf(files);
        const held = [...tree.values()].flat().map(({ path }) => path);
        expect(new Set(held).size).toBe(held.length);
        for (const { path } of files) expect(held).toContain(path);
      }),
    );
  });
});
