import { describe, expect, it } from 'vitest';
import { isAttachedTag, subjectOfTag } from '../../../shared/model/attached-tag.ts';

const hex = 'a1'.repeat(32);

describe('tags of what is attached to images', () => {
  it.each(['', '.sig', '.att', '.sbom', '.cosign.bundle'])('are digests, ending in “%s”', (end) => {
    expect(isAttachedTag(`sha256-${hex}${end}`)).toBe(true);
    expect(subjectOfTag(`sha256-${hex}${end}`)).toBe(`sha256:${hex}`);
  });

  it.each(['latest', 'sha256', `sha256-${hex.slice(1)}`, `sha256-${hex}sig`, `sha256-${hex}.`])(
    'are not %s',
    (name) => expect([isAttachedTag(name), subjectOfTag(name)]).toEqual([false, undefined]),
  );
});
