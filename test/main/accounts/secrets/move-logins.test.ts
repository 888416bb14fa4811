import { describe, expect, it } from 'vitest';
import type { Keychain } from '../../../../main/accounts/secrets/keychain.ts';
import { finishMove, moveLogins } from '../../../../main/accounts/secrets/move-logins.ts';
import { RegentError } from '../../../../shared/errors/regent-error.ts';
import { fakeKeychain } from '../../../fakes/keychain.ts';

const ada = { address: 'a:1', name: 'a:1 ada' };
const bob = { address: 'b:1', name: 'b:1 bob' };

const faults = [
  new RegentError('STORE_LOCKED', { address: 'a:1' }),
  new RegentError('LOGIN_FILE_DAMAGED', { address: 'a:1', path: '/a' }),
  new RegentError('FILE_FAILED', { path: '/a', reason: 'EIO' }),
];

/** Can't read one login. */
function damaged(place: Keychain, fault: Error): Keychain {
  return {
    ...place,
    read: async (item) => {
      if (item.name === ada.name) throw fault;
      return place.read(item);
    },
  };
}

describe('a login that can’t be read in the new place', () => {
  it.each(faults)('stays in the old one when a move is finished later: $code', async (fault) => {
    const [old, next] = [fakeKeychain(), fakeKeychain()];
    old.items.set(ada.name, 'good').set(bob.name, 'good too');
    next.items.set(ada.name, '?').set(bob.name, 'good too');
    const left = await finishMove({
      ...{ from: old.keychain, to: damaged(next.keychain, fault) },
      ...{ items: [ada, bob, ada], known: new Map() },
    });
    expect(left).toEqual([ada.name]);
    expect([...old.items]).toEqual([[ada.name, 'good']]);
  });

  it('stays in the old one when it was saved there during a move', async () => {
    const [old, next] = [fakeKeychain(), fakeKeychain()];
    old.items.set(ada.name, 'early').set(bob.name, 'good too');
    let to = next.keychain;
    const left = await moveLogins({
      from: old.keychain,
      to: { ...next.keychain, read: (item) => to.read(item) },
      listItems: async () => [ada, bob],
      switchOver: async () => {
        old.items.set(ada.name, 'late');
        to = damaged(next.keychain, faults[0] as RegentError);
      },
    });
    expect(left).toEqual([ada.name]);
    expect([...old.items]).toEqual([[ada.name, 'late']]);
    expect(next.items.get(bob.name)).toBe('good too');
  });
});
