import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainText } from '../../../shared/model/plain-text.ts';

it('keeps what a person can read', () => {
  expect(plainText('  łódź\n\t레지스트리 1.0  ', 100)).toBe('łódź 레지스트리 1.0');
});

it('is cut where it gets too long, and says so', () => {
  expect(plainText('x'.repeat(50), 10)).toBe('xxxxxxxxx…');
});

it('never moves a cursor, turns the direction of reading, hides or colours anything', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const plain = plainText(text, 40);
      expect(plain).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u);
      expect(plain.length).toBeLessThanOrEqual(40);
    }),
  );
});
