import { describe, expect, it } from 'vitest';
import { accountOf } from './account-samples.ts';
import { type FakeTerminal, regent } from './fake-terminal.ts';
import { ADDRESS } from './samples.ts';

function exporting(terminal: FakeTerminal = {}, isBobInUse = true) {
  const asked: unknown[] = [];
  const accounts = {
    list: () => [accountOf({ inUse: false }), accountOf({ username: 'bob', inUse: isBobInUse })],
    export: (wish: { readonly address: string; readonly username?: string | undefined }) => {
      asked.push(wish);
      return { address: wish.address, username: wish.username ?? '' };
    },
  };
  return { asked, terminal: { ...terminal, handlers: { accounts } } as FakeTerminal };
}

describe('regent accounts export', () => {
  const argv = ['accounts', 'export', ADDRESS, '--format', 'dockerconfigjson'];

  it('prints nothing beside the document itself, and warns on the other stream', async () => {
    const { asked, terminal } = exporting();
    const run = await regent(argv, terminal);
    expect([run.status, run.stdout]).toEqual([0, '']);
    expect(run.stderr).toContain('holds the password of bob in readable form');
    expect(asked).toEqual([{ address: ADDRESS, username: 'bob', format: 'dockerconfigjson' }]);
    const { stdout } = await regent([...argv, '--json'], exporting().terminal);
    expect(stdout).toBe('');
  });

  it('takes another account, a name and a namespace', async () => {
    const { asked, terminal } = exporting();
    const names = ['-u', 'alice', '--name', 'pull', '--namespace', 'ci'];
    await regent(['accounts', 'export', ADDRESS, '--format', 'k8s-secret', ...names], terminal);
    expect(asked).toEqual([
      {
        ...{ address: ADDRESS, username: 'alice', format: 'k8s-secret' },
        ...{ name: 'pull', namespace: 'ci' },
      },
    ]);
  });

  it('wants to be told whom, where several are kept and none is in use', async () => {
    const { asked, terminal } = exporting({}, false);
    const run = await regent(argv, terminal);
    expect([run.status, asked]).toEqual([2, []]);
    expect(run.stderr).toContain('-u USER');
  });

  it.each([
    [['--format', 'dockerconfigjson', '--name', 'x'], '--name'],
    [['--format', 'dockerconfigjson', '--namespace', 'x'], '--namespace'],
    [[], '--format'],
    [['--format', 'yaml'], '--format'],
  ])('refuses what makes no sense: %j', async (options, word) => {
    const { asked, terminal } = exporting();
    const run = await regent(['accounts', 'export', ADDRESS, ...options], terminal);
    expect([run.status, asked]).toEqual([2, []]);
    expect(run.stderr).toContain(word);
  });

  it.each([
    ['n', 1, 0],
    ['', 1, 0],
    ['y', 0, 1],
  ])('shows it on a screen only to a yes: %j', async (answer, status, times) => {
    const { asked, terminal } = exporting({ tty: true, answers: [answer] });
    const run = await regent(argv, terminal);
    expect([run.status, asked.length]).toEqual([status, times]);
    expect(run.questions).toEqual(['Print it on this screen? [y/N]']);
  });

  it('asks nothing where --yes says it', async () => {
    const { asked, terminal } = exporting({ tty: true });
    const run = await regent([...argv, '--yes'], terminal);
    expect([run.status, run.questions, asked.length]).toEqual([0, [], 1]);
    expect(run.stderr).toContain('readable form');
  });
});
