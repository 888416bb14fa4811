import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainTree } from '../../../main/cli/certificate/chain-tree.ts';
import { renderPaint } from '../../../main/cli/text/paint.ts';
import { widthOf } from '../../../main/cli/text/width.ts';
import { wrap } from '../../../main/cli/text/wrap.ts';
import { createTranslator } from '../../../shared/i18n/index.ts';
import type { Certificate } from '../../../shared/model/certificate.ts';
import { certificateOf } from './samples.ts';

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
