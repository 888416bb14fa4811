import { describe, expect, it } from 'vitest';
import { checkKeychain } from '../../../main/accounts/check-keychain.ts';
import { fakeKeychain } from '../../fakes/keychain.ts';

describe('the state of the keychain', () => {
  it('is ready when it answers, and leaves no trace', async () => {
    const fake = fakeKeychain();
    const ready = { state: 'ready', name: 'Secret Service', problem: null };
    expect(await checkKeychain(fake.keychain)).toEqual(ready);
    expect(fake.items.size).toBe(0);
  });

  it.each([
    ['locked', 'KEYCHAIN_LOCKED'],
    ['absent', 'KEYCHAIN_UNAVAILABLE'],
  ] as const)('is unavailable when it is %s, with the reason', async (state, code) => {
    const fake = fakeKeychain();
    fake.state = state;
    expect(await checkKeychain(fake.keychain)).toMatchObject({
      state: 'unavailable',
      problem: { code },
    });
  });
});
