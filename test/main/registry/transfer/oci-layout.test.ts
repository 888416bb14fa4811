import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../../main/registry/describe/fetch-manifest.ts';
import {
  addToIndex,
  digestInIndex,
  layoutIndex,
} from '../../../../main/registry/transfer/oci-layout.ts';
import { trackTransfer } from '../../../../main/registry/transfer/transfer-progress.ts';

const manifest = (digit: string): Manifest => ({
  ...{ kind: 'image', mediaType: 'application/vnd.oci.image.manifest.v1+json' },
  ...{ digest: `sha256:${digit.repeat(64)}`, bytes: Buffer.from('{}'), json: {}, warnings: [] },
});
const name = (tag: string) => ({ tag, full: `reg.test/app:${tag}` });
const digestsIn = (index: Buffer): readonly string[] =>
  JSON.parse(index.toString()).manifests.map((one: { digest: string }) => one.digest.slice(7, 8));

describe('the index of an OCI layout', () => {
  it('takes images one by one; one of the same name gives way', () => {
    const first = layoutIndex(manifest('a'), name('1')).toString();
    const second = addToIndex(first, manifest('b'), name('2')).toString();
    expect(digestsIn(Buffer.from(second))).toEqual(['a', 'b']);
    expect(digestInIndex(second, '2')).toBe(manifest('b').digest);
    expect(digestInIndex(second, '3')).toBeUndefined();
    expect(digestsIn(addToIndex(second, manifest('c'), name('1')))).toEqual(['b', 'c']);
  });

  it('has an image without a name once', () => {
    const first = layoutIndex(manifest('a'), null).toString();
    expect(digestsIn(addToIndex(first, manifest('a'), null))).toEqual(['a']);
    expect(digestsIn(addToIndex(first, manifest('b'), null))).toEqual(['a', 'b']);
    expect(digestsIn(addToIndex(first, manifest('a'), name('1')))).toEqual(['a']);
  });

  it('is nothing else', () => {
    for (const text of ['', '[]', '{"manifests":1}']) {
      expect(() => addToIndex(text, manifest('a'), null)).toThrow();
    }
  });
});

describe('the account of a transfer', () => {
  it('counts what has to be moved, and tells each change of state', () => {
    const reports: unknown[] = [];
    const blobs = ['a', 'b'].map((digit) => ({ digest: manifest(digit).digest, size: 100 }));
    const progress = trackTransfer(blobs, ({ done, total, fraction }) =>
      reports.push([done, total, fraction]),
    );
    progress.note(manifest('a').digest, 'present', 100);
    expect(progress.hasMoved()).toBe(true);
    progress.note(manifest('b').digest, 'downloading', 50);
    progress.note(manifest('b').digest, 'done');
    progress.note('sha256:unknown', 'done');
    expect(reports).toEqual([
      [0, 100, 0],
      [50, 100, 0.5],
      [100, 100, 1],
    ]);
  });
});
