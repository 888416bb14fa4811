import { describe, expect, it } from 'vitest';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import { accountOf, helperOf } from './account-samples.ts';
import { documentOf, type FakeTerminal, failing, regent } from './fake-terminal.ts';
import { ADDRESS, probeEventsOf, reportOf } from './samples.ts';

const ECR = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';

/** A world in which every login is accepted, and the looks at servers and the logins are counted. */
function signing(terminal: FakeTerminal = {}, report: Partial<ProbeReport> = {}) {
  const logins: unknown[] = [];
  const looks: string[] = [];
  const handlers = {
    accounts: {
      login: (login: { readonly address: string; readonly username: string }) => {
        logins.push(login);
        return accountOf({ address: login.address, username: login.username });
      },
      helperStatus: () => helperOf(),
      ...terminal.handlers?.accounts,
    },
    registries: {
      probe: ({ address }: { readonly address: string }) => {
        looks.push(address);
        return probeEventsOf(reportOf(report));
      },
      ...terminal.handlers?.registries,
    },
  };
  return { logins, looks, terminal: { ...terminal, handlers } as FakeTerminal };
}

describe('regent login', () => {
  const stdin = ['login', ADDRESS, '-u', 'alice', '--password-stdin'];

  it.each([
    ['s3cret', 's3cret'],
    ['s3cret\n', 's3cret'],
    ['s3cret\r\n', 's3cret'],
    [' zażółć 비밀 \n\n', ' zażółć 비밀 \n'],
  ])('takes the password from standard input: %j', async (text, password) => {
    const { logins, looks, terminal } = signing({ stdin: text });
    const run = await regent([...stdin, '--json'], terminal);
    expect(logins).toEqual([{ address: ADDRESS, username: 'alice', password }]);
    expect(documentOf(run)).toEqual(accountOf());
    expect(looks).toEqual([]);
    expect(run.stdout + run.stderr).not.toContain(password.trim());
  });

  it('asks for the password without showing it, and for the user', async () => {
    const { logins, terminal } = signing({ tty: true, answers: ['alice', 's3cret'] });
    const run = await regent(['login', ADDRESS], terminal);
    expect(run.questions).toEqual(['User:', 'hidden Password of alice:']);
    expect(logins).toEqual([{ address: ADDRESS, username: 'alice', password: 's3cret' }]);
    expect(run.stdout).toContain(`Signed in to ${ADDRESS} as alice.`);
    expect(run.stdout).toContain(`regent helper install ${ADDRESS}`);
    expect(run.stdout + run.stderr).not.toContain('s3cret');
  });

  it('says nothing of the helper where docker finds the login', async () => {
    const reach = { address: ADDRESS, program: 'docker', finds: 'regent', helper: null } as const;
    const helperStatus = () => helperOf({ reach: [reach] });
    const { terminal } = signing({ stdin: 'x', handlers: { accounts: { helperStatus } } });
    expect((await regent(stdin, terminal)).stdout).not.toContain('helper');
  });

  it('has signed in also where Docker’s settings can’t be read', async () => {
    const helperStatus = failing('DOCKER_CONFIG_INVALID', { path: '/x' });
    const { terminal } = signing({ stdin: 'x', handlers: { accounts: { helperStatus } } });
    expect((await regent(stdin, terminal)).status).toBe(0);
  });

  it('takes an identity token, which has no user', async () => {
    const { logins, terminal } = signing({ stdin: 't0ken\n' });
    const run = await regent(['login', ADDRESS, '--identity-token-stdin'], terminal);
    expect(logins).toEqual([{ address: ADDRESS, username: '<token>', password: 't0ken' }]);
    expect(run.stdout).toContain('with an identity token');
  });

  it.each([
    [['--identity-token-stdin', '-u', 'alice'], '--username'],
    [['--identity-token-stdin', '--password-stdin'], '--password-stdin'],
  ])('takes one kind of secret at a time: %j', async (options, other) => {
    const { logins, terminal } = signing({ stdin: 'x' });
    const run = await regent(['login', ADDRESS, ...options], terminal);
    expect([run.status, logins]).toEqual([2, []]);
    expect(run.stderr).toContain(other);
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

  it.each([['--password=s3cret'], ['--identity-token=s3cret'], ['--passphrase=s3cret']])(
    'takes no secret as an argument, and does not repeat it: %s',
    async (option) => {
      const run = await regent(['login', ADDRESS, option], signing().terminal);
      expect(run.status).toBe(2);
      expect(run.stderr).toContain('--password-stdin');
      expect(run.stderr).not.toContain('s3cret');
    },
  );

  it('takes no empty password', async () => {
    const { logins, terminal } = signing({ stdin: '\n' });
    const run = await regent([...stdin, '--json'], terminal);
    expect([run.status, logins]).toEqual([2, []]);
  });

  it('ends as the registry answers', async () => {
    const login = failing('CREDENTIALS_REJECTED', { address: ADDRESS, username: 'alice' });
    const { looks, terminal } = signing({ stdin: 'x', handlers: { accounts: { login } } });
    const run = await regent([...stdin, '--json'], terminal);
    expect(run.status).toBe(4);
    expect(documentOf(run)).toMatchObject({ error: { code: 'CREDENTIALS_REJECTED' } });
    expect(looks).toEqual([]);
  });
});

describe('the hint of regent login', () => {
  it('comes before the questions, beside the results', async () => {
    const { looks, terminal } = signing({ tty: true, answers: ['t0ken'] });
    const run = await regent(['login', 'ghcr.io', '-u', 'alice'], terminal);
    expect(run.stderr).toContain('How to sign in to GitHub Container Registry');
    expect(run.stderr).toContain('read:packages');
    expect(run.stderr).toContain('https://github.com/settings/tokens/new');
    expect(run.stdout).not.toContain('read:packages');
    expect(looks).toEqual([]);
  });

  it('fills in a user name that is the same for everybody', async () => {
    const { logins, terminal } = signing({ tty: true, answers: ['t0ken'] });
    const run = await regent(['login', ECR], terminal);
    expect(run.questions).toEqual(['hidden Password of AWS:']);
    expect(run.stderr).toContain('aws ecr get-login-password --region eu-central-1');
    expect(logins).toEqual([{ address: ECR, username: 'AWS', password: 't0ken' }]);
  });

  it('fills it in for scripts too', async () => {
    const { logins, terminal } = signing({ stdin: 't0ken' });
    const run = await regent(['login', ECR, '--password-stdin'], terminal);
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(logins).toEqual([{ address: ECR, username: 'AWS', password: 't0ken' }]);
  });

  it('offers a usual user name, which Enter takes', async () => {
    const { logins, terminal } = signing({ tty: true, answers: ['', 't0ken'] });
    const run = await regent(['login', 'europe-docker.pkg.dev'], terminal);
    expect(run.questions[0]).toBe('User: [oauth2accesstoken]');
    expect(logins).toMatchObject([{ username: 'oauth2accesstoken' }]);
  });

  const harbor: Partial<ProbeReport> = {
    auth: {
      kind: 'bearer',
      realm: `https://${ADDRESS}/service/token`,
      service: 'harbor-registry',
      foreignHost: null,
    },
  };

  it('knows a server of anybody’s by a look at it', async () => {
    const { looks, terminal } = signing({ tty: true, answers: ['x'] }, harbor);
    const run = await regent(['login', ADDRESS, '-u', 'alice'], terminal);
    expect(looks).toEqual([ADDRESS]);
    expect(run.stderr).toContain('How to sign in to Harbor');
    expect(run.stderr).toContain("'robot$app'");
  });

  it('does not stop where the server can’t be looked at', async () => {
    const probe = failing('HOST_UNKNOWN', { host: 'registry.test' });
    const handlers = { registries: { probe } };
    const { logins, terminal } = signing({ tty: true, answers: ['x'], handlers });
    await regent(['login', ADDRESS, '-u', 'alice'], terminal);
    expect(logins).toHaveLength(1);
  });

  it('comes with a refusal where nobody was asked', async () => {
    const login = failing('CREDENTIALS_REJECTED', { address: ADDRESS, username: 'alice' });
    const { looks, terminal } = signing({ stdin: 'x', handlers: { accounts: { login } } }, harbor);
    const argv = ['login', ADDRESS, '-u', 'alice', '--password-stdin'];
    const run = await regent(argv, terminal);
    expect([run.status, run.stdout, looks]).toEqual([4, '', [ADDRESS]]);
    expect(run.stderr).toContain('How to sign in to Harbor');
    expect(run.stderr).toContain('did not accept user alice');
  });

  it('is not repeated with a refusal', async () => {
    const login = failing('CREDENTIALS_REJECTED', { address: 'ghcr.io', username: 'alice' });
    const handlers = { accounts: { login } };
    const { terminal } = signing({ tty: true, answers: ['x'], handlers });
    const { stderr } = await regent(['login', 'ghcr.io', '-u', 'alice'], terminal);
    expect(stderr.split('How to sign in')).toHaveLength(2);
  });
});

describe('a registry that wants the password sent to another server', () => {
  const realm = 'https://tokens.example.com';
  const strange = (terminal: FakeTerminal = {}) => {
    const tries: unknown[] = [];
    const login = (attempt: { readonly tokenServer?: string | undefined }) => {
      tries.push(attempt.tokenServer);
      if (attempt.tokenServer !== realm) failing('REALM_FOREIGN', { address: ADDRESS, realm })();
      return accountOf();
    };
    return {
      tries,
      terminal: signing({ ...terminal, handlers: { accounts: { login } } }).terminal,
    };
  };
  const argv = ['login', ADDRESS, '-u', 'alice'];

  it('gets it only when a person says so', async () => {
    const { tries, terminal } = strange({ tty: true, answers: ['s3cret', 'y'] });
    const run = await regent(argv, terminal);
    expect([run.status, tries]).toEqual([0, [undefined, realm]]);
    expect(run.questions[1]).toContain(`sent to ${realm}`);
  });

  it.each(['', 'n'])('does not get it otherwise: %j', async (answer) => {
    const { tries, terminal } = strange({ tty: true, answers: ['s3cret', answer] });
    expect([(await regent(argv, terminal)).status, tries]).toEqual([4, [undefined]]);
  });

  it('gets it where the command line names it', async () => {
    const { tries, terminal } = strange({ stdin: 's3cret' });
    const run = await regent([...argv, '--password-stdin', '--token-server', realm], terminal);
    expect([run.status, tries]).toEqual([0, [realm]]);
    const other = ['--token-server', 'https://else.example.com'];
    const refused = await regent([...argv, '--password-stdin', ...other], terminal);
    expect(refused.status).toBe(4);
    expect(refused.stderr).toContain(`--token-server ${realm}`);
  });
});
