import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { errorCodeOf, keychainOf, openTerminal, type Terminal } from '../../e2e/terminal.ts';
import {
  createUser,
  describeWithLab,
  type LabKeychain,
  type LabTokenRegistry,
  type LabUser,
  startTokenRegistry,
} from '../../lab/index.ts';

describeWithLab('a sign-in where tokens are handed out', ['registry', 'keychain'], () => {
  let registry: LabTokenRegistry;
  let user: LabUser;
  let keychain: LabKeychain;
  let terminal: Terminal;
  /** Begins at once, and ends when the token server has answered. */
  const login = (password = registry.password) => {
    const argv = ['login', registry.address, '-u', registry.username, '--password-stdin'];
    return terminal.regent([...argv, '--json'], password);
  };
  /** Every item of Regent’s in the keychain, and every file of its own that knows the user. */
  const kept = async () => {
    const items = await terminal.program(['secret-tool', 'search', '--all', 'service', 'regent']);
    const data = join(terminal.regentHome, 'data');
    const grep = ['grep', '-rlw', registry.username, data];
    return {
      items: (items.stdout + items.stderr).match(/^label = .*$/gm) ?? [],
      files: (await terminal.program(grep)).stdout.split('\n').filter(Boolean),
      index: existsSync(join(data, 'accounts.json')),
      others: readdirSync(data).filter((name) => name.startsWith('accounts.json')),
    };
  };
  const nothing = { items: [], files: [], index: false, others: [] };
  /** Until the token server has been asked, and answers nothing. */
  const untilHeld = async (before: number) => {
    const held = () => registry.asked().slice(before);
    await expect.poll(held, { timeout: 30_000 }).toMatchObject([{ status: 0 }]);
  };

  beforeAll(async () => {
    registry = await startTokenRegistry();
    user = await createUser();
    keychain = await keychainOf(user);
    terminal = await openTerminal(user, keychain);
    const trust = ['trust', registry.address, '--tofu', '--consumer', 'regent'];
    await terminal.regent(trust);
  });
  afterEach(async () => {
    registry.change({ mood: 'usual' });
    await keychain.unlock();
  });
  afterAll(async () => {
    await registry.stop();
    await keychain.stop();
  });

  it('with a wrong password leaves nothing in the keychain, nor in any file', async () => {
    const asked = registry.asked().length;
    const refused = await login('wrong');
    expect(refused.status).toBe(4);
    expect(errorCodeOf(refused)).toBe('CREDENTIALS_REJECTED');
    expect(registry.asked().slice(asked)).toMatchObject([
      { account: registry.username, status: 401 },
    ]);
    expect(await kept()).toEqual(nothing);
  });

  it.each(['broken', 'cut'] as const)(
    'leaves nothing when the token server is %s just then',
    async (mood) => {
      registry.change({ mood: 'held' });
      const asked = registry.asked().length;
      const signingIn = login();
      await untilHeld(asked);
      registry.change({ mood });
      const failed = await signingIn;
      expect(failed.status).not.toBe(0);
      expect(errorCodeOf(failed)).toMatch(/^(REGISTRY|CONNECTION|TOKEN|NETWORK)_/);
      expect(await kept()).toEqual(nothing);
    },
  );

  it('leaves nothing when the keychain is locked by the time the login is proved', async () => {
    registry.change({ mood: 'held' });
    const asked = registry.asked().length;
    const signingIn = login();
    await untilHeld(asked);
    await keychain.lock();
    registry.change({ mood: 'usual' });
    expect(errorCodeOf(await signingIn)).toBe('KEYCHAIN_LOCKED');
    expect(await kept()).toEqual(nothing);
  });

  it('is kept when the token server has taken it, and not before', async () => {
    registry.change({ mood: 'held' });
    const asked = registry.asked().length;
    const signingIn = login();
    await untilHeld(asked);
    expect(await kept()).toEqual(nothing);
    registry.change({ mood: 'usual' });
    expect(await signingIn).toMatchObject({ status: 0 });
    expect(registry.asked().slice(asked).at(-1)).toMatchObject({ account: 'ada', status: 200 });
    const { items, index } = await kept();
    expect(items).toHaveLength(1);
    expect(index).toBe(true);
  });

  it('with a wrong password leaves the login that works as it was', async () => {
    const before = await terminal.regent(['accounts', '--json']);
    expect((await login('wrong')).status).toBe(4);
    expect(await terminal.regent(['accounts', '--json'])).toEqual(before);
    const get = await terminal.program(['secret-tool', 'search', '--all', 'service', 'regent']);
    expect(get.stdout).toContain(registry.password);
  });

  it('leaves nothing when the registry is gone', async () => {
    await terminal.regent(['logout', registry.address]);
    const before = await kept();
    expect(before.items).toEqual([]);
    await registry.stop();
    expect((await login()).status).not.toBe(0);
    expect(await kept()).toEqual(before);
  });
});
