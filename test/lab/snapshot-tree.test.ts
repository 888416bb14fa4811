import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { snapshotTree } from './snapshot-tree.ts';

describe('a snapshot of a folder', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub/file'), 'one', { mode: 0o600 });
    symlinkSync('sub', join(folder, 'link'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is equal as long as nothing changes', () => {
    expect(snapshotTree(folder)).toEqual(snapshotTree(folder));
    expect(snapshotTree(folder)).toHaveLength(4);
  });

  const changes: Readonly<Record<string, () => void>> = {
    contents: () => writeFileSync(join(folder, 'sub/file'), 'two'),
    'a mode': () => chmodSync(join(folder, 'sub/file'), 0o644),
    'a new empty folder': () => mkdirSync(join(folder, 'sub/new')),
    'the target of a link': () => {
      rmSync(join(folder, 'link'));
      symlinkSync('sub/file', join(folder, 'link'));
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`notices ${what}`, () => {
      const before = snapshotTree(folder);
      change();
      expect(snapshotTree(folder)).not.toEqual(before);
    });
  }

  it('says that there is no folder', () => {
    expect(snapshotTree(join(folder, 'none'))).toEqual(['absent']);
  });
});
