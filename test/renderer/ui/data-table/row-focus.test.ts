import { describe, expect, it } from 'vitest';
import { rowAfterKey, sideOfKey } from '../../../../renderer/ui/data-table/row-focus.ts';

describe('moving between rows', () => {
  it.each([
    ['ArrowDown', 5, 6],
    ['j', 5, 6],
    ['ArrowUp', 5, 4],
    ['k', 5, 4],
    ['PageDown', 5, 15],
    ['PageUp', 15, 5],
    ['Home', 50, 0],
    ['End', 5, 99],
  ])('%s leads from row %d to row %d', (key, from, to) => {
    expect(rowAfterKey(key, from, 100, 10)).toBe(to);
  });

  it('stops at both ends', () => {
    expect(rowAfterKey('ArrowUp', 0, 100, 10)).toBe(0);
    expect(rowAfterKey('PageDown', 95, 100, 10)).toBe(99);
  });

  it('leaves other keys alone, and empty tables', () => {
    expect(rowAfterKey('p', 5, 100, 10)).toBeUndefined();
    expect(rowAfterKey('ArrowDown', 0, 0, 10)).toBeUndefined();
  });
});

describe('the side that a key points to', () => {
  it('is that of the arrow', () => {
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'l'].map(sideOfKey)).toEqual([
      'left',
      'right',
      undefined,
      undefined,
    ]);
  });
});
