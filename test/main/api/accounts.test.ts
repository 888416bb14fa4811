import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Accounts, createAccounts } from '../../../main/accounts/accounts.ts';
import { accountsHandlers } from '../../../main/api/accounts.ts';
import type { RegistryClients } from '../../../main/api/clients.ts';
import type { Services } from '../../../main/api/services.ts';
import { openTokenServers, type TokenServers } from '../../../main/registry/token-servers.ts';
import { RegentError } from '../../../shared/errors/index.ts';
import { fakeKeychain } from '../../fakes/keychain.ts';

const address = 'registry.test';
const gitlab = 'https://gitlab.test';
const login = { address, username: 'ada', password: 'x' };

let data: string;
let accounts: Accounts;
let tokenServers: TokenServers;
let stop: AbortController;
/** What the registry does with a login; it may have heard of another token server. */
let answer: (tokenServer: string | undefined) => void;

const handlers = () => {
  const checkLogin: RegistryClients['checkLogin'] = async (_, __, ___, server) => answer(server);
  const clients: Partial<RegistryClients> = { checkLogin };
  const services = { accounts, tokenServers, clients } as Partial<Services> as Services;
  return accountsHandlers(services);
};
const signIn = (tokenServer?: string) =>
  handlers().login({ ...login, ...(tokenServer ? { tokenServer } : {}) }, stop);
const signOut = (where: string, username?: string) =>
  handlers().logout({ address: where, ...(username ? { username } : {}) }, stop);

/** As a registry that names a token server of another name. */
const naming = (realm: string) => (server: string | undefined) => {
  if (server !== realm) throw new RegentError('REALM_FOREIGN', { address, realm });
};

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'regent-api-accounts-'));
  const clock = { now: () => 0 };
  accounts = createAccounts({ paths: { data }, clock, keychain: fakeKeychain().keychain });
  tokenServers = openTokenServers({ data });
  stop = new AbortController();
  answer = () => undefined;
});
afterEach(() => rm(data, { recursive: true }));

describe('a token server of another name', () => {
  it('is remembered once a login has worked with it', async () => {
    answer = naming(gitlab);
    await signIn(`${gitlab}/jwt/auth`);
    expect(await tokenServers.acceptedFor(address)).toEqual([gitlab]);
  });

  it('is not remembered where the registry never named it', async () => {
    await signIn(gitlab);
    expect(await tokenServers.acceptedFor(address)).toEqual([]);
    answer = naming('https://other.test');
    await expect(signIn(gitlab)).rejects.toMatchObject({ data: { realm: 'https://other.test' } });
    expect(await tokenServers.acceptedFor(address)).toEqual([]);
  });

  it('is not remembered after a login that was refused', async () => {
    answer = (server) => {
      naming(gitlab)(server);
      throw new RegentError('CREDENTIALS_REJECTED', { address, username: 'ada' });
    };
    await expect(signIn(gitlab)).rejects.toMatchObject({ code: 'CREDENTIALS_REJECTED' });
    expect(await tokenServers.acceptedFor(address)).toEqual([]);
  });

  it('is forgotten when nobody is signed in there any more', async () => {
    answer = naming(gitlab);
    await signIn(gitlab);
    await accounts.save({ address, username: 'bob', secret: 'y' });
    await signOut(address, 'bob');
    expect(await tokenServers.acceptedFor(address)).toEqual([gitlab]);
    await signOut('Registry.test:443');
    expect(await tokenServers.acceptedFor(address)).toEqual([]);
  });

  it('gets no password that others on the network could read', async () => {
    answer = naming('http://auth.test');
    await expect(signIn('http://auth.test/token')).rejects.toMatchObject({
      code: 'SIGN_IN_INSECURE',
      data: { address: 'auth.test' },
    });
    answer = naming('http://localhost:5001');
    await signIn('http://localhost:5001');
    expect(await accounts.list()).toHaveLength(1);
  });
});

it('a login that nobody waits for any more is not kept', async () => {
  await signIn();
  answer = () => stop.abort();
  const other = handlers().login({ ...login, username: 'bob' }, stop);
  await expect(other).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await accounts.list()).toMatchObject([{ username: 'ada', inUse: true }]);
});
