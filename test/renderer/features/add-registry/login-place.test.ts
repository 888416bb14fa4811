import { describe, expect, it } from 'vitest';
import { loginPlace } from '../../../../renderer/features/add-registry/login-place.ts';
import { problem } from '../../../../shared/errors/index.ts';
import type { SecretStoreStatus } from '../../../../shared/model/secret-store.ts';

const noBus = problem('KEYCHAIN_UNAVAILABLE', { detail: 'no bus' });
const absent = { state: 'unavailable', name: 'Secret Service', problem: noBus } as const;
const ready = { state: 'ready', name: 'Secret Service', problem: null } as const;
const file: NonNullable<SecretStoreStatus['file']> = {
  ...{ path: '/home/ada/logins', unlockedBy: 'passphrase', keyFile: null },
  ...{ locked: false, until: null, problem: null },
};
const place = (status: SecretStoreStatus) => loginPlace(status, 'nas.local');

describe('where a login would be kept', () => {
  it('is the keychain, or nowhere without it', () => {
    expect(place({ kind: 'keychain', offersFiles: true, keychain: ready, file: null })).toEqual({
      name: 'Secret Service',
      problem: null,
    });
    expect(place({ kind: 'keychain', offersFiles: true, keychain: absent, file: null })).toEqual({
      name: null,
      problem: noBus,
    });
  });

  it('is the encrypted files once they were chosen, whatever the keychain does', () => {
    expect(place({ kind: 'file', offersFiles: true, keychain: absent, file })).toEqual({
      name: '/home/ada/logins',
      problem: null,
    });
    expect(
      place({ kind: 'file', offersFiles: true, keychain: ready, file: { ...file, locked: true } }),
    ).toEqual({
      name: null,
      problem: problem('STORE_LOCKED', { address: 'nas.local' }),
    });
  });
});
