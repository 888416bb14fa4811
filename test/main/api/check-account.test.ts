import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Accounts, createAccounts } from '../../../main/accounts/accounts.ts';
import { checkAccount, checkAside } from '../../../main/api/check-account.ts';
import type { RegistryClients } from '../../../main/api/clients.ts';
import { RegentError } from '../../../shared/errors/index.ts';
import { fakeKeychain } from '../../fakes/keychain.ts';

const calm = new AbortController().signal;
const address = 'h:1';
const now = '2026-01-02T00:00:00.000Z';
let data: string;
let accounts: Accounts;
let answer: () => Promise<void>;
let asked: string[];

/** The services, over a registry that answers as the test says. */
const services = () => {
  const checkLogin: RegistryClients['checkLogin'] = async (where, { username, password }) => {
    asked.push(`${where} ${username} ${password}`);
    await answer();
  };
  return { accounts, clients: { checkLogin } as Partial<RegistryClients> as RegistryClients };
};
const refuse = () =>
  Promise.reject(new RegentError('CREDENTIALS_REJECTED', { address, username: 'ada' }));

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'regent-check-'));
  const clock = { now: () => Date.parse(now) };
  accounts = createAccounts({ paths: { data }, clock, keychain: fakeKeychain().keychain });
  for (const username of ['ada', 'bob']) {
    await accounts.save({ address, username, secret: `of ${username}` });
  }
  asked = [];
  answer = async () => undefined;
});
afterEach(() => rm(data, { recursive: true }));

describe('checking an account', () => {
  it('asks about that one, in use or not, and remembers that it works', async () => {
    const seen = await checkAccount(services(), address, 'ada', calm);
    expect(seen).toMatchObject({ username: 'ada', inUse: false, workedAt: now, refusedAt: null });
    expect(asked).toEqual(['h:1 ada of ada']);
    expect((await accounts.find(address, 'bob')).workedAt).toBeNull();
  });

  it('takes a refusal for an answer', async () => {
    answer = refuse;
    const refused = { workedAt: null, refusedAt: now };
    expect(await checkAccount(services(), address, 'ada', calm)).toMatchObject(refused);
    answer = () => Promise.reject(new RegentError('IDENTITY_TOKEN_REJECTED', { address }));
    expect(await checkAccount(services(), address, 'bob', calm)).toMatchObject(refused);
  });

  it('says what kept the registry from answering, and remembers nothing of it', async () => {
    answer = () => Promise.reject(new RegentError('CONNECTION_REFUSED', { address }));
    const check = checkAccount(services(), address, 'ada', calm);
    await expect(check).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    const unknown = { workedAt: null, refusedAt: null };
    expect(await accounts.find(address, 'ada')).toMatchObject(unknown);
  });

  it('sends nothing where there is no such account, or no such address', async () => {
    await accounts.save({ address: 'what is this', username: 'ada', secret: 'x' });
    const codes = [
      [address, 'eve', 'ACCOUNT_UNKNOWN'],
      ['what is this', 'ada', 'ADDRESS_INVALID'],
    ] as const;
    for (const [where, who, code] of codes) {
      await expect(checkAccount(services(), where, who, calm)).rejects.toMatchObject({ code });
    }
    expect(asked).toEqual([]);
  });

  it('beside a refusal by an engine finds out whether it was the login, and never fails', async () => {
    answer = refuse;
    await checkAside(services(), address, 'bob', calm);
    expect((await accounts.find(address, 'bob')).refusedAt).toBe(now);
    await expect(checkAside(services(), address, 'eve', calm)).resolves.toBeUndefined();
  });
});
