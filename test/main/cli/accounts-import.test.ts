import { describe, expect, it } from 'vitest';
import type { FoundLogin, ImportedLogin } from '../../../shared/model/found-login.ts';
import { foundOf, helperOf } from './account-samples.ts';
import { documentOf, type FakeTerminal, regent } from './fake-terminal.ts';
import { ADDRESS } from './samples.ts';

const gone = { code: 'OTHER_HELPER_ABSENT', data: { helper: 'pass' } } as const;
const podman = foundOf({
  ...{ id: 'two', address: 'quay.io', key: 'quay.io/team', username: null },
  origin: { kind: 'podman-auth', path: '/run/user/1000/containers/auth.json' },
  risks: ['plaintext', 'others-can-read'],
});
const helper = foundOf({
  ...{ id: 'three', address: 'docker.io', key: 'https://index.docker.io/v1/', risks: ['hidden'] },
  origin: { kind: 'docker-helper', helper: 'secretservice' },
  isKnown: true,
});
const broken = foundOf({ id: 'four', address: 'lost.test', key: 'lost.test', problem: gone });

function importing(
  found: readonly FoundLogin[],
  terminal: FakeTerminal = {},
  change: (result: ImportedLogin) => ImportedLogin = (result) => result,
) {
  const asked: (readonly string[])[] = [];
  const accounts = {
    found: () => [...found],
    import: ({ ids }: { readonly ids: readonly string[] }) => {
      asked.push(ids);
      return ids.map((id) => {
        const { address = '', username = null } = found.find((one) => one.id === id) ?? {};
        const done = { imported: true, plaintextRemoved: true, problem: null };
        return change({ id, address, username, ...done });
      });
    },
    helperStatus: () => helperOf(),
  };
  return { asked, terminal: { ...terminal, handlers: { accounts } } as FakeTerminal };
}

describe('regent accounts found', () => {
  it('tells whose login it is, where it stands, and what is unsafe about it', async () => {
    const { terminal } = importing([foundOf(), podman, helper, broken]);
    const { status, stdout } = await regent(['accounts', 'found'], terminal);
    expect(status).toBe(0);
    expect(stdout).toContain(
      `! ${ADDRESS}, alice\n    Docker’s settings, /home/a/.docker/config.json\n`,
    );
    expect(stdout).toContain('    readable as plain text');
    expect(stdout).toContain('! quay.io, user not told');
    expect(stdout).toContain('auth.json · there as quay.io/team');
    expect(stdout).toContain('other users of this computer can read the file');
    expect(stdout).toContain('Docker’s helper docker-credential-secretservice');
    expect(stdout).toContain('docker no longer looks at it');
    expect(stdout).toContain('· already here');
    expect(stdout).toContain('    ! ');
    expect(stdout).toContain('To take them over: `regent accounts import`');
  });

  it('is one document for scripts', async () => {
    const { terminal } = importing([foundOf(), broken]);
    const { found } = documentOf(await regent(['accounts', 'found', '--json'], terminal));
    expect(found).toMatchObject([
      { id: 'one', address: ADDRESS, risks: ['plaintext'], problem: null },
      { id: 'four', problem: { code: 'OTHER_HELPER_ABSENT' } },
    ]);
  });

  it('says that there is none', async () => {
    const run = await regent(['accounts', 'found'], importing([]).terminal);
    expect([run.stdout, run.stderr]).toEqual(['', 'No other program here keeps a login.\n']);
  });
});

describe('regent accounts import', () => {
  const all = [foundOf(), podman, helper, broken];

  it('takes over all that can be', async () => {
    const { asked, terminal } = importing(all);
    const run = await regent(['accounts', 'import', '--all'], terminal);
    expect(asked).toEqual([['one', 'two', 'three']]);
    expect(run.status).toBe(0);
    expect(run.stdout).toContain(`✓ ${ADDRESS}, alice: taken over. Its plain text is gone.`);
    expect(run.stdout).toContain(`regent helper install ${ADDRESS}`);
  });

  it.each([
    [[ADDRESS], ['one']],
    [
      [`https://${ADDRESS}/v2/`, 'docker.io'],
      ['one', 'three'],
    ],
    [['quay.io/team'], ['two']],
    [['quay.io', 'quay.io'], ['two']],
    [['lost.test'], ['four']],
  ])('takes over those of named registries: %j', async (addresses, ids) => {
    const { asked, terminal } = importing(all);
    await regent(['accounts', 'import', ...addresses], terminal);
    expect(asked).toEqual([ids]);
  });

  it.each([
    ['1', ['one']],
    ['3, 1 1', ['three', 'one']],
    ['all', ['one', 'two', 'three']],
  ])('lets a person choose: %s', async (answer, ids) => {
    const { asked, terminal } = importing(all, { tty: true, answers: [answer] });
    const run = await regent(['accounts', 'import'], terminal);
    expect(asked).toEqual([ids]);
    expect(run.stderr).toMatch(/^ 2 .*quay\.io/m);
    expect(run.stderr).not.toContain('lost.test');
  });

  it.each(['', 'none', '4', '0', '1-2'])('does nothing at any other answer: %j', async (answer) => {
    const { asked, terminal } = importing(all, { tty: true, answers: [answer] });
    const run = await regent(['accounts', 'import'], terminal);
    expect([asked, run.status]).toEqual([[], answer === '' ? 0 : 2]);
  });

  it.each([
    ['y', [{ addresses: [] }]],
    ['', []],
  ])('offers the helper before docker loses its way to a login: %j', async (answer, installs) => {
    const { asked, terminal } = importing(all, { tty: true, answers: ['1', answer] });
    const installed: unknown[] = [];
    const accounts = {
      ...terminal.handlers?.accounts,
      helperStatus: () => helperOf({ installed: false, path: null }),
      helperInstall: (wish: unknown) => {
        installed.push(wish);
        return helperOf();
      },
    };
    const run = await regent(['accounts', 'import'], { ...terminal, handlers: { accounts } });
    expect(run.questions[1]).toContain('Install it now? [y/N]');
    expect([installed, asked]).toEqual([installs, [['one']]]);
  });

  it('asks nobody where nobody is', async () => {
    const { asked, terminal } = importing(all);
    const run = await regent(['accounts', 'import'], terminal);
    expect([run.status, asked]).toEqual([2, []]);
    expect(run.stderr).toContain('--all');
  });

  it('says that a named registry has none, and takes over nothing', async () => {
    const { asked, terminal } = importing(all);
    const run = await regent(['accounts', 'import', ADDRESS, 'ghcr.io', '--json'], terminal);
    expect([run.status, asked]).toEqual([5, []]);
    expect(documentOf(run)).toMatchObject({ error: { code: 'LOGIN_NOT_FOUND' } });
  });

  it('shows only, when that is wanted', async () => {
    const { asked, terminal } = importing(all);
    const run = await regent(['accounts', 'import', '--all', '--dry-run'], terminal);
    expect([run.status, asked]).toEqual([0, []]);
    expect(run.stdout).toContain('Nothing was changed.');
    const document = documentOf(
      await regent(['accounts', 'import', ADDRESS, '--dry-run', '--json'], terminal),
    );
    expect(document).toMatchObject({ dryRun: true, chosen: [{ id: 'one' }] });
  });

  it('shows also why one of those named can’t be taken over', async () => {
    const { terminal } = importing(all);
    const dryRun = ['accounts', 'import', 'lost.test', '--dry-run'];
    const { stdout } = await regent(dryRun, terminal);
    expect(stdout).toMatch(/lost\.test, alice\n(?:.*\n)+? {4}! .*docker-credential-pass/);
    expect(documentOf(await regent([...dryRun, '--json'], terminal))).toMatchObject({
      chosen: [{ id: 'four', problem: { code: 'OTHER_HELPER_ABSENT' } }],
    });
  });

  it('tells of each what became of it, and fails where one stayed', async () => {
    const problem = { code: 'LOGIN_GONE', data: {} } as const;
    const { terminal } = importing(all, {}, (result) =>
      result.id === 'two'
        ? { ...result, imported: false, plaintextRemoved: false, problem }
        : result,
    );
    const run = await regent(['accounts', 'import', '--all'], terminal);
    expect(run.status).toBe(5);
    expect(run.stdout).toContain('✗ quay.io, user not told: not taken over.');
    expect(run.stdout).toContain('  ! This login is no longer where it was found.');
    const { imported } = documentOf(
      await regent(['accounts', 'import', '--all', '--json'], terminal),
    );
    expect(imported).toMatchObject([{}, { imported: false, problem: { code: 'LOGIN_GONE' } }, {}]);
  });
});
