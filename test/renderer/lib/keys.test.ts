import { describe, expect, it } from 'vitest';
import { type KeyPress, nameOfPress } from '../../../renderer/lib/keys.ts';

const press = (change: Partial<KeyPress>): KeyPress => ({
  key: 'a',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...change,
});

describe('names of key presses', () => {
  it('name letters in lower case', () => {
    expect(nameOfPress(press({ key: 'F', shiftKey: true }))).toBe('f');
  });

  it('call both Ctrl and ⌘ "mod"', () => {
    expect(nameOfPress(press({ key: 'n', ctrlKey: true }))).toBe('mod+n');
    expect(nameOfPress(press({ key: 'n', metaKey: true }))).toBe('mod+n');
  });

  it('keep the names of other keys', () => {
    expect(nameOfPress(press({ key: 'ArrowLeft', altKey: true }))).toBe('alt+ArrowLeft');
    expect(nameOfPress(press({ key: 'Escape' }))).toBe('Escape');
  });

  it('are none while a syllable is being composed', () => {
    expect(nameOfPress(press({ key: 'p', isComposing: true }))).toBeUndefined();
    expect(nameOfPress(press({ key: 'Process' }))).toBeUndefined();
  });
});
