import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Account } from '../../../shared/model/account.ts';
import { accountOf, helperOf } from './account-samples.ts';
import { documentOf, failing, regent, type SomeHandlers } from './fake-terminal.ts';
import { ADDRESS } from './samples.ts';

const bob = accountOf({ username: 'bob', inUse: false, source: 'file' });
const hub = accountOf({ address: 'docker.io', username: 'alice' });

function keeping(list: readonly Account[], more: SomeHandlers['accounts'] = {}) {
  const accounts = { list: () => [...list], helperStatus: () => helperOf(), ...more };
  return { handlers: { accounts } };
}

describe('regent logout', () => {
  const leaving = (list: readonly Account[]) => {
    const kept = [...list];
    const asked: unknown[] = [];
    const terminal = keeping(list, {
      list: () => [...kept],
      logout: (wish: { readonly address: string; readonly username?: string | undefined }) => {
        asked.push(wish);
        kept.splice(0, kept.length, ...kept.filter(({ username }) => username !== wish.username));
        return { address: wish.address, removed: true };
      },
    });
    return { asked, terminal };
  };

  it('forgets all logins of a registry', async () => {
    const { asked, terminal } = leaving([accountOf()]);
    const run = await regent(['logout', `https://${ADDRESS}/v2/`, '--json'], terminal);
    expect([run.status, documentOf(run)]).toEqual([0, { address: ADDRESS, removed: true }]);
    expect(asked).toEqual([{ address: ADDRESS }]);
  });

  it('forgets one', async () => {
    const { asked, terminal } = leaving([bob, accountOf()]);
    const run = await regent(['logout', ADDRESS, '-u', 'bob'], terminal);
    expect(asked).toEqual([{ address: ADDRESS, username: 'bob' }]);
    expect(run.stdout).toBe(`✓ Signed out of ${ADDRESS}: bob.\n`);
  });

  it('says how to use another one where nobody is in use after it', async () => {
    const { terminal } = leaving([bob, accountOf()]);
    const run = await regent(['logout', ADDRESS, '-u', 'alice'], terminal);
    expect(run.stdout).toContain(`\`regent accounts use ${ADDRESS} bob\``);
  });

  it.each([
    ['index.docker.io', 'docker.io'],
    ['https://index.docker.io/v1/access-token', 'https://index.docker.io/v1/access-token'],
  ])('finds %s as docker means it', async (typed, address) => {
    const { asked, terminal } = leaving([accountOf({ address })]);
    expect((await regent(['logout', typed], terminal)).status).toBe(0);
    expect(asked).toEqual([{ address }]);
  });

  it('says that there was none', async () => {
    const { terminal } = leaving([hub]);
    const run = await regent(['logout', ADDRESS], terminal);
    expect(run.status).toBe(5);
    expect(run.stderr).toContain('There is no account');
    const other = await regent(['logout', 'docker.io', '-u', 'bob', '--json'], terminal);
    expect(documentOf(other)).toMatchObject({ error: { code: 'ACCOUNT_UNKNOWN' } });
  });
});

describe('regent accounts', () => {
  const document = z.strictObject({
    accounts: z.array(
      z.looseObject({ address: z.string(), username: z.string(), source: z.string() }),
    ),
  });

  it('lists logins by registry, and which one is in use', async () => {
    const worked = { workedAt: '2026-11-20T10:00:00.000Z' };
    const refused = { refusedAt: '2026-11-21T10:00:00.000Z' };
    const list = [accountOf(worked), { ...hub }, { ...bob, ...refused }];
    const terminal = keeping(list);
    const run = await regent(['accounts'], terminal);
    expect(run.stdout.split('\n')).toEqual([
      'docker.io',
      '  ✓ alice  keychain        not used yet',
      ADDRESS,
      '  ✓ alice  keychain        worked on Nov 20, 2026',
      '  – bob    encrypted file  refused on Nov 21, 2026',
      expect.stringContaining('regent accounts use ADDRESS USER'),
      `! Sign in again: \`regent login ${ADDRESS} -u bob\``,
      '',
    ]);
    expect(document.parse(documentOf(await regent(['accounts', '--json'], terminal)))).toEqual({
      accounts: [hub, accountOf(worked), { ...bob, ...refused }],
    });
  });

  it('writes a command so that a strange name does nothing in a shell', async () => {
    const strange = { username: "robot$app'; rm", refusedAt: '2026-11-21T10:00:00.000Z' };
    const run = await regent(['accounts'], keeping([accountOf(strange)]));
    expect(run.stdout).toContain(`regent login ${ADDRESS} -u 'robot$app'\\''; rm'`);
  });

  it('names an identity token, and how to give a new one', async () => {
    const token = {
      kind: 'identity-token',
      username: '<token>',
      refusedAt: '2026-11-21T10:00:00Z',
    };
    const run = await regent(['accounts'], keeping([accountOf(token as Partial<Account>)]));
    expect(run.stdout).toContain('✓ Identity token');
    expect(run.stdout).toContain(`regent login ${ADDRESS} --identity-token-stdin`);
  });

  it('says on the other stream that there is none', async () => {
    expect(documentOf(await regent(['accounts', '--json'], keeping([])))).toEqual({ accounts: [] });
    const run = await regent(['accounts'], keeping([]));
    expect([run.stdout, run.stderr]).toEqual(['', 'Regent keeps no login.\n']);
  });
});

describe('regent accounts --check', () => {
  const check = ({ username }: { readonly username: string }) => {
    const now = '2026-11-21T12:00:00.000Z';
    const account = [accountOf(), bob].find((one) => one.username === username) ?? accountOf();
    return username === 'bob' ? { ...account, refusedAt: now } : { ...account, workedAt: now };
  };

  it('tells those that are refused, and ends as not signed in', async () => {
    const run = await regent(['accounts', '--check'], keeping([accountOf(), bob], { check }));
    expect(run.status).toBe(4);
    expect(run.stdout).toContain('refused on Nov 21, 2026');
    expect(run.stdout).toContain(`regent login ${ADDRESS} -u bob`);
  });

  it('asks the others where one registry does not answer', async () => {
    const check = ({ address }: { readonly address: string }) => {
      if (address === 'docker.io') return failing('HOST_UNKNOWN', { host: address })();
      return accountOf({ workedAt: '2026-11-21T12:00:00.000Z' });
    };
    const run = await regent(
      ['accounts', '--check', '--json'],
      keeping([hub, accountOf()], { check }),
    );
    expect(run.status).toBe(6);
    expect(documentOf(run).accounts).toMatchObject([
      { address: 'docker.io', answer: null, problem: { code: 'HOST_UNKNOWN' } },
      { address: ADDRESS, answer: 'worked', problem: null },
    ]);
  });

  it('asks nobody about a key that only docker knows', async () => {
    const key = accountOf({ address: 'https://index.docker.io/v1/access-token' });
    const run = await regent(['accounts', '--check', '--json'], keeping([key], { check }));
    expect(run.status).toBe(0);
    expect(documentOf(run).accounts).toMatchObject([{ answer: null, problem: null }]);
  });

  it('asks a few at a time', async () => {
    let atWork = 0;
    let most = 0;
    const slow = async ({ username }: { readonly username: string }) => {
      most = Math.max(most, ++atWork);
      await Promise.resolve();
      await new Promise((done) => setImmediate(done));
      atWork -= 1;
      return accountOf({ username });
    };
    const many = Array.from({ length: 40 }, (_, index) => accountOf({ username: `u${index}` }));
    await regent(['accounts', '--check'], keeping(many, { check: slow }));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });
});

describe('regent accounts use', () => {
  it('makes an account the one in use', async () => {
    const asked: unknown[] = [];
    const use = (wish: { readonly address: string; readonly username: string }) => {
      asked.push(wish);
      return { ...bob, inUse: true };
    };
    const run = await regent(
      ['accounts', 'use', ADDRESS, 'bob'],
      keeping([accountOf(), bob], { use }),
    );
    expect(asked).toEqual([{ address: ADDRESS, username: 'bob' }]);
    expect(run.stdout).toContain(`bob is in use for ${ADDRESS} from now on.`);
  });

  it('says that there is no such account', async () => {
    const run = await regent(['accounts', 'use', ADDRESS, 'carol', '--json'], keeping([bob]));
    expect(run.status).toBe(5);
    expect(documentOf(run)).toMatchObject({ error: { code: 'ACCOUNT_UNKNOWN' } });
  });
});
