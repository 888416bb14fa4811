import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImportAccounts, keepLogin } from '../../../../main/accounts/import/keep-login.ts';
import { type ImportWorld, makeImportWorld } from './import-world.ts';

let world: ImportWorld;

beforeEach(async () => {
  world = await makeImportWorld();
});
afterEach(() => world.dispose());

const login = { address: 'docker.io', username: 'ada', secret: 'theirs' };

/** Accounts with which something else happens right after each saving. */
const then = (work: () => Promise<unknown>): ImportAccounts => ({
  ...world.accounts,
  save: async (account) => {
    const saved = await world.accounts.save(account);
    await work();
    return saved;
  },
});

describe('keeping a login', () => {
  it('leaves one of the same user that was saved meanwhile, and docker’s tokens', async () => {
    const token = 'https://index.docker.io/v1/refresh-token';
    const accounts = then(async () => {
      await world.accounts.save({ ...login, secret: 'newer' });
      await world.accounts.save({ ...login, address: token, secret: 'refresh' });
    });
    await expect(keepLogin(accounts, login)).rejects.toMatchObject({ code: 'LOGIN_DIFFERS' });
    const secretOf = async (address: string) =>
      (await world.accounts.credentialsFor(address, 'ada'))?.password;
    expect(await secretOf('docker.io')).toBe('newer');
    expect(await secretOf(token)).toBe('refresh');
  });

  it('says that it was not kept when it was removed meanwhile', async () => {
    const accounts = then(() => world.accounts.remove('docker.io', 'ada'));
    await expect(keepLogin(accounts, login)).rejects.toMatchObject({ code: 'LOGIN_NOT_KEPT' });
  });
});
