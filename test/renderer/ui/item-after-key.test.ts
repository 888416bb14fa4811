import { describe, expect, it } from 'vitest';
import { itemAfterKey } from '../../../renderer/ui/item-after-key.ts';

describe('moving in a menu', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 2, 0],
    ['ArrowUp', 0, 2],
    ['ArrowUp', -1, 2],
    ['Home', 2, 0],
    ['End', 0, 2],
  ])('%s leads from item %d to item %d of three', (key, from, to) => {
    expect(itemAfterKey(key, from, 3)).toBe(to);
  });

  it('leaves other keys alone, and empty menus', () => {
    expect(itemAfterKey('p', 0, 3)).toBeUndefined();
    expect(itemAfterKey('End', 0, 0)).toBeUndefined();
  });
});
