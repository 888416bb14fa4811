import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPemBlocks, writePem } from '../../../../main/trust/x509/pem.ts';
import { make, makeCa } from '../make-certificate.ts';

describe('PEM', () => {
  it('is written in one form and read in all that Go reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.boolean(), (der, crlf) => {
        const pem = writePem(der);
        const text = crlf ? pem.replaceAll('\n', '\r\n') : pem;
        const [block, ...others] = findPemBlocks(`subject=x\n${text}trailer`);
        expect(others).toEqual([]);
        expect(block && Buffer.compare(block.der, der)).toBe(0);
      }),
    );
  });

  it('knows where its blocks stand', () => {
    const [one, two] = [make().pem, makeCa().pem];
    const text = `${one}\n# between\n${two}`;
    expect(findPemBlocks(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      one.trim(),
      two.trim(),
    ]);
  });

  it('begins at the start of a line', () => {
    expect(findPemBlocks(`x${make().pem}`)).toEqual([]);
    expect(findPemBlocks(`\ufeff${make().pem}`)).toEqual([]);
  });
});
