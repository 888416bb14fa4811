import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainTree } from '../../../main/cli/certificate/chain-tree.ts';
import { diffLines } from '../../../main/cli/text/diff.ts';
import { renderPaint } from '../../../main/cli/text/paint.ts';
import { widthOf } from '../../../main/cli/text/width.ts';
import { wrap } from '../../../main/cli/text/wrap.ts';
import { createTranslator } from '../../../shared/i18n/index.ts';
import type { Certificate } from '../../../shared/model/certificate.ts';
import { certificateOf } from './samples.ts';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', '', '\r', '{'), { maxLength: 20 });
const text = fc.tuple(lines, fc.boolean()).map(([all, end]) => all.join('\n') + (end ? '\n' : ''));

describe('the difference of two texts', () => {
  it('has the lines of both texts in their order, and says whether they differ', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = diffLines(before, after);
        const side = (...kinds: readonly string[]) =>
          diff.filter(({ kind }) => kinds.includes(kind));
        for (const [whole, part] of [
          [before, side('same', 'removed')],
          [after, side('same', 'added')],
        ] as const) {
          let at = -1;
          for (const line of part) {
            at = whole.split('\n').indexOf(line.text, at + 1);
            expect(at).not.toBe(-1);
          }
        }
        expect(side('added', 'removed').length > 0).toBe(before !== after);
      }),
    );
  });

  it('leaves out what is far from any change', () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n');
    const kinds = diffLines(before, before.replace('line 10', 'other')).map(({ kind }) => kind);
    expect(kinds).toEqual(['gap', ...['same', 'same', 'removed', 'added', 'same', 'same'], 'gap']);
  });

  it('is all new where there was no file, and ends in time for huge files', () => {
    expect(diffLines(null, 'a\nb\n').map(({ kind }) => kind)).toEqual(['added', 'added']);
    const huge = (word: string) => Array.from({ length: 5000 }, (_, n) => word + n).join('\n');
    expect(diffLines(huge('a'), huge('b'))).toHaveLength(10_000);
  });
});

describe('wrapping', () => {
  it('loses nothing but blanks, and keeps to the width', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 4, max: 40 }),
        (one, width) => {
          const wrapped = wrap(one, width);
          expect(wrapped.join('').replace(/\s/g, '')).toBe(one.replace(/\s/g, ''));
          for (const line of wrapped) expect(widthOf(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

describe('the tree of a chain', () => {
  const t = createTranslator('en');
  const draw = (certificates: readonly Certificate[]) =>
    chainTree(t, { certificates, fetched: [] }, 0).map((line) => renderPaint(line, false));
  const named = (subject: string, issuer: string, number: number): Certificate => ({
    ...certificateOf(number.toString(16).padStart(64, '0'), true),
    ...{ subject, issuer, selfIssued: subject === issuer },
  });

  it('puts each certificate under its issuer, in whatever order they were sent', () => {
    const drawn = draw([
      named('leaf', 'middle', 1),
      named('root', 'root', 2),
      named('middle', 'root', 3),
    ]);
    expect(drawn.filter((line) => /root|middle|leaf/.test(line))).toEqual([
      'root',
      '└─ middle',
      '   └─ leaf',
    ]);
  });

  it('shows every certificate once, whatever a server sends', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const chain = fc.array(fc.tuple(name, name), { maxLength: 8 });
    fc.assert(
      fc.property(chain, (names) => {
        const certificates = names.map(([subject, issuer], index) => named(subject, issuer, index));
        const fingerprints = draw(certificates).filter((line) => line.includes('SHA-256'));
        expect(new Set(fingerprints.map((line) => line.slice(-95))).size).toBe(names.length);
        expect(fingerprints).toHaveLength(names.length);
      }),
    );
  });
});
