import { describe, expect, it } from 'vitest';
import { fileStoreOf, keychainStore } from './account-samples.ts';
import { documentOf, type FakeTerminal, failing, regent } from './fake-terminal.ts';

const PASSPHRASE = 'correct horse';

function keeping(status = keychainStore, terminal: FakeTerminal = {}) {
  const asked: unknown[] = [];
  const note = (answer: typeof status) => (wish: unknown) => {
    asked.push(wish);
    return answer;
  };
  const accounts = {
    store: () => status,
    chooseStore: note(fileStoreOf({ locked: false })),
    unlockStore: note(fileStoreOf({ locked: false, until: '2026-11-21T20:00:00.000Z' })),
    lockStore: () => fileStoreOf(),
    ...terminal.handlers?.accounts,
  };
  return { asked, terminal: { ...terminal, handlers: { accounts } } as FakeTerminal };
}

describe('regent accounts store', () => {
  it('says where logins are kept', async () => {
    const run = await regent(['accounts', 'store'], keeping().terminal);
    expect(run.stdout).toBe('✓ Logins are kept in the system’s keychain: Secret Service\n');
    const files = await regent(['accounts', 'store'], keeping(fileStoreOf()).terminal);
    expect(files.stdout).toContain('encrypted files');
    expect(files.stdout).toContain('/home/a/regent/logins');
    expect(files.stdout).toContain('`regent accounts unlock` opens them');
  });

  it('says what is wrong with the place', async () => {
    const problem = { code: 'KEYCHAIN_UNAVAILABLE', data: { detail: 'no bus' } } as const;
    const keychain = { state: 'unavailable', name: 'Secret Service', problem } as const;
    const { terminal } = keeping({ ...keychainStore, keychain });
    expect((await regent(['accounts', 'store'], terminal)).stdout).toContain('no bus');
    expect(documentOf(await regent(['accounts', 'store', '--json'], terminal))).toMatchObject({
      kind: 'keychain',
      keychain: { problem: { code: 'KEYCHAIN_UNAVAILABLE' } },
    });
  });

  it('asks for a new passphrase twice, unseen', async () => {
    const { asked, terminal } = keeping(keychainStore, {
      tty: true,
      answers: [PASSPHRASE, PASSPHRASE],
    });
    const run = await regent(['accounts', 'store', 'file'], terminal);
    expect(run.questions).toEqual(['hidden New passphrase:', 'hidden The same again:']);
    expect(asked).toEqual([{ kind: 'passphrase', passphrase: PASSPHRASE }]);
    expect(run.stdout).toContain('Nobody can restore a forgotten passphrase');
    expect(run.stdout + run.stderr).not.toContain(PASSPHRASE);
  });

  it('asks again after a slip, and gives up in the end', async () => {
    const slips = ['short', PASSPHRASE, 'correct hrose', PASSPHRASE, PASSPHRASE];
    const mended = keeping(keychainStore, { tty: true, answers: slips });
    const run = await regent(['accounts', 'store', 'file'], mended.terminal);
    expect(run.stderr).toContain('At least 8 characters');
    expect(run.stderr).toContain('The two are different.');
    expect(mended.asked).toHaveLength(1);
    const hopeless = keeping(keychainStore, { tty: true, answers: ['a', 'b', 'c'] });
    expect((await regent(['accounts', 'store', 'file'], hopeless.terminal)).status).toBe(2);
    expect(hopeless.asked).toEqual([]);
  });

  it('takes the passphrase from standard input, or a key file', async () => {
    const piped = keeping(keychainStore, { stdin: `${PASSPHRASE}\n` });
    const argv = ['accounts', 'store', 'file'];
    await regent([...argv, '--passphrase-stdin'], piped.terminal);
    expect(piped.asked).toEqual([{ kind: 'passphrase', passphrase: PASSPHRASE }]);
    const key = keeping();
    const run = await regent([...argv, '--key-file', '/etc/regent/key'], key.terminal);
    expect(key.asked).toEqual([{ kind: 'key-file', path: '/etc/regent/key' }]);
    expect(run.stdout).toContain('Whoever can read the key file');
    const relative = keeping();
    await regent([...argv, '--key-file', 'key'], relative.terminal);
    expect(relative.asked).toEqual([{ kind: 'key-file', path: `${process.cwd()}/key` }]);
  });

  it('goes back to the keychain', async () => {
    const { asked, terminal } = keeping(fileStoreOf());
    expect((await regent(['accounts', 'store', 'keychain'], terminal)).status).toBe(0);
    expect(asked).toEqual([{ kind: 'keychain' }]);
  });

  it.each([
    [['file'], '--passphrase-stdin'],
    [['file', '--key-file', 'k', '--passphrase-stdin'], '--key-file'],
    [['keychain', '--key-file', 'k'], '--key-file'],
    [['keychain', '--passphrase-stdin'], '--passphrase-stdin'],
    [['--key-file', 'k'], 'file'],
    [['cloud'], 'keychain|file'],
    [['file', '--passphrase', 'p4ss'], '--passphrase'],
  ])('refuses what makes no sense: %j', async (words, told) => {
    const { asked, terminal } = keeping();
    const run = await regent(['accounts', 'store', ...words], terminal);
    expect([run.status, asked]).toEqual([2, []]);
    expect(run.stderr).toContain(told);
    expect(run.stderr).not.toContain('p4ss');
  });

  it('does not repeat what may be a passphrase in the wrong place', async () => {
    const run = await regent(['accounts', 'unlock', 'p4ssphrase'], keeping().terminal);
    expect(run.status).toBe(2);
    expect(run.stderr).not.toContain('p4ssphrase');
  });
});

describe('regent accounts unlock and lock', () => {
  it('asks for the passphrase unseen, and says until when', async () => {
    const { asked, terminal } = keeping(fileStoreOf(), { tty: true, answers: [PASSPHRASE] });
    const run = await regent(['accounts', 'unlock'], terminal);
    expect(run.questions).toEqual(['hidden Passphrase:']);
    expect(asked).toEqual([{ passphrase: PASSPHRASE }]);
    expect(run.stdout).toMatch(/readable until Nov 2[12], 2026/);
    expect(run.stdout + run.stderr).not.toContain(PASSPHRASE);
  });

  it('takes it from standard input, for so many minutes', async () => {
    const { asked, terminal } = keeping(fileStoreOf(), { stdin: `${PASSPHRASE}\n` });
    const run = await regent(
      ['accounts', 'unlock', '--passphrase-stdin', '--for', '60', '--json'],
      terminal,
    );
    expect(asked).toEqual([{ passphrase: PASSPHRASE, minutes: 60 }]);
    expect(documentOf(run)).toMatchObject({ kind: 'file', file: { locked: false } });
  });

  it.each(['soon', '0', '1.5', '99999999', '-1'])('takes no other time: %s', async (time) => {
    const { asked, terminal } = keeping(fileStoreOf(), { stdin: PASSPHRASE });
    const argv = ['accounts', 'unlock', '--passphrase-stdin', `--for=${time}`];
    expect([(await regent(argv, terminal)).status, asked]).toEqual([2, []]);
  });

  it('asks nothing where there is nothing to unlock', async () => {
    const { terminal } = keeping(keychainStore, { tty: true, answers: [PASSPHRASE] });
    const run = await regent(['accounts', 'unlock'], terminal);
    expect(run.questions).toEqual([]);
    expect(run.stderr).toContain('nothing to unlock');
  });

  it('says that the passphrase is wrong', async () => {
    const unlockStore = failing('PASSPHRASE_WRONG', {});
    const { terminal } = keeping(fileStoreOf(), {
      stdin: 'x',
      handlers: { accounts: { unlockStore } },
    });
    const run = await regent(['accounts', 'unlock', '--passphrase-stdin', '--json'], terminal);
    expect(documentOf(run)).toMatchObject({ error: { code: 'PASSPHRASE_WRONG' } });
  });

  it('locks', async () => {
    const run = await regent(['accounts', 'lock'], keeping(fileStoreOf()).terminal);
    expect([run.status, run.stdout.includes('locked')]).toEqual([0, true]);
  });
});
