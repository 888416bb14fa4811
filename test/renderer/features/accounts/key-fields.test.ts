import { describe, expect, it } from 'vitest';
import { noKey, readChoice } from '../../../../renderer/features/accounts/key-fields.tsx';

describe('the choice of what opens encrypted files', () => {
  it('is no choice before a passphrase was given twice, long enough', () => {
    expect(readChoice('passphrase', noKey)).toBeNull();
    expect(readChoice('passphrase', { ...noKey, passphrase: 'short', again: 'short' })).toBeNull();
    const differs = { ...noKey, passphrase: 'long enough', again: 'long enouhg' };
    expect(readChoice('passphrase', differs)).toBeNull();
    expect(readChoice('passphrase', { ...differs, again: 'long enough' })).toEqual({
      kind: 'passphrase',
      passphrase: 'long enough',
    });
  });

  it('keeps a passphrase as it was typed, also at its ends', () => {
    const spaced = '  long enough ';
    expect(readChoice('passphrase', { ...noKey, passphrase: spaced, again: spaced })).toMatchObject(
      { passphrase: spaced },
    );
  });

  it('names the key file and nothing of the other field', () => {
    const typed = { path: ' /etc/regent/key.txt ', passphrase: 'x', again: '' };
    expect(readChoice('key-file', typed)).toEqual({
      kind: 'key-file',
      path: '/etc/regent/key.txt',
    });
    expect(readChoice('key-file', { ...typed, path: ' ' })).toBeNull();
  });
});
