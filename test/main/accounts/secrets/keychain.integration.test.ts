import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Accounts, createAccounts } from '../../../../main/accounts/accounts.ts';
import { checkKeychain } from '../../../../main/accounts/check-keychain.ts';
import { openKeychain } from '../../../../main/accounts/secrets/keychain.ts';
import { readKeyringState } from '../../../../main/accounts/secrets/keyring-state.ts';
import { systemClock } from '../../../../main/platform/clock.ts';
import {
  describeWithLab,
  type LabKeychain,
  labFolder,
  run,
  startKeychain,
} from '../../../lab/index.ts';

describeWithLab('the accounts on a real keychain', ['keychain'], () => {
  let keychain: LabKeychain;
  let accounts: Accounts;
  const asked = { before: process.env.DBUS_SESSION_BUS_ADDRESS };

  beforeAll(async () => {
    keychain = await startKeychain();
    process.env.DBUS_SESSION_BUS_ADDRESS = keychain.env.DBUS_SESSION_BUS_ADDRESS;
    const data = mkdtempSync(join(labFolder, 'accounts-'));
    accounts = createAccounts({ paths: { data }, clock: systemClock, keychain: openKeychain() });
  });
  afterAll(async () => {
    if (asked.before === undefined) delete process.env.DBUS_SESSION_BUS_ADDRESS;
    else process.env.DBUS_SESSION_BUS_ADDRESS = asked.before;
    await keychain.stop();
  });

  it('stand in the system’s own list under Regent’s name', async () => {
    await accounts.save({ address: 'h:1', username: 'ada', secret: 'pw' });
    const { stdout } = await run([
      'secret-tool',
      'lookup',
      'service',
      'regent',
      'account',
      'h:1 ada',
    ]);
    expect(stdout).toBe('pw');
    expect(await accounts.credentialsFor('h:1')).toEqual({ username: 'ada', password: 'pw' });
  });

  it('know when it is ready, locked, and ready again', async () => {
    expect(await checkKeychain(openKeychain())).toMatchObject({ state: 'ready', problem: null });
    expect(await readKeyringState(process.env)).toBe('unlocked');
    await keychain.lock();
    expect(await readKeyringState(process.env)).toBe('locked');
    const locked = { code: 'KEYCHAIN_LOCKED' };
    expect(await checkKeychain(openKeychain())).toMatchObject({
      state: 'unavailable',
      problem: locked,
    });
    await expect(accounts.credentialsFor('h:1')).rejects.toMatchObject(locked);
    await expect(accounts.remove('h:1')).rejects.toMatchObject(locked);
    await keychain.unlock();
    expect(await accounts.credentialsFor('h:1')).toMatchObject({ password: 'pw' });
    expect(await accounts.remove('h:1')).toBe(true);
    expect(await accounts.credentialsFor('h:1')).toBeNull();
  });

  it('are told that nobody keeps secrets where there is no bus', async () => {
    expect(await readKeyringState({ PATH: process.env.PATH })).toBe('absent');
    expect(await readKeyringState({ PATH: '/nowhere' })).toBe('unknown');
  });

  it('say that the keychain cannot be reached once its bus is gone', async () => {
    await accounts.save({ address: 'h:1', username: 'ada', secret: 'pw' });
    await keychain.stop();
    const gone = { code: 'KEYCHAIN_UNAVAILABLE' };
    expect(await checkKeychain(openKeychain())).toMatchObject({
      state: 'unavailable',
      problem: gone,
    });
    await expect(accounts.credentialsFor('h:1')).rejects.toMatchObject(gone);
  });
});
