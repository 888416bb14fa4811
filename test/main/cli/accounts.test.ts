import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { HelperStatus } from '../../../shared/model/account.ts';
import { documentOf, failing, regent } from './fake-terminal.ts';
import { ADDRESS } from './samples.ts';

const account = {
  address: ADDRESS,
  username: 'alice',
  source: 'keychain' as const,
  updatedAt: '2026-11-20T10:00:00.000Z',
};
const helper: HelperStatus = {
  installed: true,
  path: '/home/a/bin/docker-credential-regent',
  configPath: '/home/a/.docker/config.json',
  routes: [],
  problems: [],
};

describe('regent login', () => {
  const signing = (terminal: object = {}) => {
    const logins: unknown[] = [];
    const handlers = {
      accounts: {
        login: (login: unknown) => {
          logins.push(login);
          return account;
        },
        helperStatus: () => helper,
      },
    };
    return { logins, terminal: { handlers, ...terminal } };
  };
  const stdin = ['login', ADDRESS, '-u', 'alice', '--password-stdin'];

  it.each([
    ['s3cret', 's3cret'],
    ['s3cret\n', 's3cret'],
    ['s3cret\r\n', 's3cret'],
    [' zażółć 비밀 \n\n', ' zażółć 비밀 \n'],
  ])('takes the password from standard input: %j', async (text, password) => {
    const { logins, terminal } = signing({ stdin: text });
    const run = await regent([...stdin, '--json'], terminal);
    expect(logins).toEqual([{ address: ADDRESS, username: 'alice', password }]);
    expect(documentOf(run)).toEqual(account);
    expect(run.stdout + run.stderr).not.toContain(password.trim());
  });

  it('asks for the password without showing it, and for the user', async () => {
    const { logins, terminal } = signing({ tty: true, answers: ['alice', 's3cret'] });
    const run = await regent(['login', ADDRESS], terminal);
    expect(run.questions).toEqual(['User:', 'hidden Password of alice:']);
    expect(logins).toEqual([{ address: ADDRESS, username: 'alice', password: 's3cret' }]);
    expect(run.stdout).toContain(`Signed in to ${ADDRESS} as alice.`);
    expect(run.stdout).toContain('regent helper install');
    expect(run.stdout + run.stderr).not.toContain('s3cret');
  });

  it.each([
    [['login', ADDRESS], '-u USER'],
    [['login', ADDRESS, '-u', 'alice'], '--password-stdin'],
    [['login', ADDRESS, '--password-stdin'], '-u USER'],
  ])('says what is missing where nobody can be asked: %j', async (argv, missing) => {
    const run = await regent(argv, signing({ stdin: 'x' }).terminal);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain(missing);
  });

  it('takes no empty password', async () => {
    const { logins, terminal } = signing({ stdin: '\n' });
    const run = await regent([...stdin, '--json'], terminal);
    expect([run.status, logins]).toEqual([2, []]);
  });

  it('ends as the registry answers', async () => {
    const login = failing('CREDENTIALS_REJECTED', { address: ADDRESS, username: 'alice' });
    const run = await regent([...stdin, '--json'], {
      handlers: { accounts: { login } },
      stdin: 'x',
    });
    expect(run.status).toBe(4);
    expect(documentOf(run)).toMatchObject({ error: { code: 'CREDENTIALS_REJECTED' } });
  });
});

describe('regent logout', () => {
  const leaving = (removed: boolean) => ({
    handlers: { accounts: { logout: () => ({ address: ADDRESS, removed }) } },
  });

  it('removes the login', async () => {
    const run = await regent(['logout', ADDRESS, '--json'], leaving(true));
    expect([run.status, documentOf(run)]).toEqual([0, { address: ADDRESS, removed: true }]);
  });

  it('says that there was none', async () => {
    const run = await regent(['logout', ADDRESS], leaving(false));
    expect(run.status).toBe(5);
    expect(run.stderr).toContain('There is no account');
  });
});

describe('regent accounts', () => {
  const document = z.strictObject({
    accounts: z.array(
      z.looseObject({ address: z.string(), username: z.string(), source: z.string() }),
    ),
  });

  it('lists logins', async () => {
    const terminal = { handlers: { accounts: { list: () => [account] } } };
    const run = await regent(['accounts', '--json'], terminal);
    expect(document.parse(documentOf(run)).accounts).toEqual([account]);
    expect((await regent(['accounts'], terminal)).stdout).toBe(
      `${ADDRESS}  alice  keychain  Nov 20, 2026\n`,
    );
  });

  it('says on the other stream that there is none', async () => {
    const terminal = { handlers: { accounts: { list: () => [] } } };
    expect(documentOf(await regent(['accounts', '--json'], terminal))).toEqual({ accounts: [] });
    const run = await regent(['accounts'], terminal);
    expect([run.stdout, run.stderr]).toEqual(['', 'Regent keeps no login.\n']);
  });
});

describe('regent helper', () => {
  const document = z.looseObject({
    installed: z.boolean(),
    path: z.string().nullable(),
    routes: z.array(z.string()),
    problems: z.array(z.object({ code: z.string(), message: z.string(), fix: z.string() })),
  });
  const problem = { code: 'HELPER_NOT_ON_PATH', data: { directory: '/home/a/bin' } } as const;
  const call = (word: string, status: HelperStatus, ...more: readonly string[]) => {
    const answer = () => ({
      ...status,
      routes: [...status.routes],
      problems: [...status.problems],
    });
    const accounts = { helperStatus: answer, helperInstall: answer, helperUninstall: answer };
    return regent(['helper', word, ...more], { handlers: { accounts } });
  };

  it.each(['install', 'uninstall', 'status'])('%s prints how it stands now', async (word) => {
    const run = await call(word, { ...helper, routes: [ADDRESS] }, '--json');
    expect(run.status).toBe(0);
    expect(document.parse(documentOf(run))).toMatchObject({ installed: true, routes: [ADDRESS] });
  });

  it('says what was done, or how it is where only that was asked', async () => {
    const gone = { ...helper, installed: false, path: null };
    expect((await call('install', helper)).stdout).toContain(
      '✓ The credential helper was installed',
    );
    expect((await call('uninstall', gone)).stdout).toContain('✓ The credential helper was removed');
    expect((await call('uninstall', helper)).stdout).toContain('! Not all');
    expect((await call('status', gone)).stdout).toContain('is not installed');
  });

  it('fails where the change does not help yet, and only tells where it was asked', async () => {
    const troubled = { ...helper, problems: [problem] };
    const install = await call('install', troubled);
    expect(install.status).toBe(1);
    expect(install.stdout).toContain('\n  export PATH="/home/a/bin:$PATH"\n');
    expect((await call('status', troubled)).status).toBe(0);
    expect(document.parse(documentOf(await call('status', troubled, '--json'))).problems).toEqual([
      expect.objectContaining({ code: 'HELPER_NOT_ON_PATH' }),
    ]);
  });
});
