import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../main/cli/commands/index.ts';
import { documentOf, regent } from './fake-terminal.ts';

describe('what a command line is made of', () => {
  it.each([
    [['frobnicate'], 'USAGE_COMMAND_UNKNOWN'],
    [['helper', 'frobnicate'], 'USAGE_COMMAND_UNKNOWN'],
    [['help', 'frobnicate'], 'USAGE_COMMAND_UNKNOWN'],
    [['helper'], 'USAGE_ARGUMENT_MISSING'],
    [['probe'], 'USAGE_ARGUMENT_MISSING'],
    [['probe', 'a:1', 'b:1'], 'USAGE_ARGUMENT_EXTRA'],
    [['probe', 'a:1', '--nope'], 'USAGE_OPTION_UNKNOWN'],
    [['--nope'], 'USAGE_OPTION_UNKNOWN'],
    [['probe', 'a:1', '--constructor'], 'USAGE_OPTION_UNKNOWN'],
    [['ls', 'a:1', '--filter'], 'USAGE_OPTION_VALUE'],
    [['ls', 'a:1', '--filter', '--no'], 'USAGE_OPTION_VALUE'],
    [['trust', 'a:1', '--tofu=yes'], 'USAGE_OPTION_VALUE'],
    [['login', 'a:1', '-p', 'hunter2'], 'USAGE_PASSWORD_ARGUMENT'],
    [['login', 'a:1', '--password=hunter2'], 'USAGE_PASSWORD_ARGUMENT'],
    [['login', 'a:1', '-phunter2'], 'USAGE_PASSWORD_ARGUMENT'],
    [['login', 'a:1', 'hunter2'], 'USAGE_ARGUMENT_EXTRA'],
    [['completion', 'tcsh'], 'INPUT_INVALID'],
    [['pull', 'a:1/b', '--platform', 'foo'], 'USAGE_OPTION_VALUE'],
    [['trust', 'export', 'a:1'], 'USAGE_ARGUMENT_MISSING'],
    [['trust', 'export', 'a:1', '--format', 'zip'], 'INPUT_INVALID'],
    [['trust', 'a:1', '--client-key', 'k'], 'USAGE_ARGUMENT_MISSING'],
    [['trust', 'a:1', '--insecure', '--tofu'], 'USAGE_OPTIONS_CLASH'],
    [['trust', 'a:1', '--insecure', '--ca', 'x'], 'USAGE_OPTIONS_CLASH'],
    [['trust', 'messes', 'a:1', 'b:1'], 'USAGE_ARGUMENT_EXTRA'],
    [['trust', 'import', 'no-such-file'], 'USAGE_FILE_UNREADABLE'],
  ])('%j is wrong: %s', async (argv, code) => {
    const json = await regent([...argv, '--json']);
    expect(json.status).toBe(2);
    expect(documentOf(json)).toEqual({
      error: { code, message: expect.stringMatching(/.{20}/), fix: expect.stringMatching(/.{20}/) },
    });
    const human = await regent(argv);
    expect([human.status, human.stdout]).toEqual([2, '']);
    expect(human.stderr.length).toBeGreaterThan(20);
    // The word stands in a list of possible passwords; nothing may print it back.
    expect(json.stdout + human.stderr).not.toContain('hunter2');
  });

  it('tells its version', async () => {
    expect((await regent(['--version'])).stdout).toBe('1.2.3\n');
  });

  it('reads what follows -- as an argument', async () => {
    const run = await regent(['probe', '--json', '--', '--help']);
    expect(documentOf(run)).toMatchObject({ error: { code: 'ADDRESS_INVALID' } });
  });

  it('takes --json before the command too', async () => {
    expect(documentOf(await regent(['--json', 'probe']))).toHaveProperty('error');
  });

  it('speaks the language of REGENT_LANG, of the settings, of the environment, in this order', async () => {
    const settings = {
      get: () => ({
        settings: { theme: 'system' as const, language: 'ko' as const },
        locale: 'ko' as const,
      }),
    };
    const say = async (env: NodeJS.ProcessEnv, handlers = {}) =>
      (await regent(['frobnicate'], { env: { REGENT_LANG: '', ...env }, handlers })).stderr;
    expect(await say({ REGENT_LANG: 'pl', LANG: 'en_US.UTF-8' }, { settings })).toContain('Nie ma');
    expect(await say({ LANG: 'pl_PL.UTF-8' }, { settings })).toMatch(/\p{Script=Hangul}/u);
    expect(await say({ LC_ALL: 'pl_PL.UTF-8', LANG: 'ko_KR.UTF-8' })).toContain('Nie ma');
    expect(await say({ LANG: 'C' })).toContain('There is no command');
    expect(await say({ LC_ALL: 'C', LANG: 'ko_KR.UTF-8' }, { settings })).toContain('There is no');
    expect(await say({ REGENT_LANG: 'pl', LC_ALL: 'C' })).toContain('Nie ma');
  });
});

describe('help', () => {
  it('shows every command', async () => {
    for (const argv of [[], ['--help'], ['help']]) {
      const { status, stdout } = await regent(argv);
      expect(status).toBe(0);
      for (const { name } of commands) expect(stdout).toContain(`\n  ${name} `);
    }
  });

  it.each(commands.map(({ name }) => name))('explains %s in three languages', async (name) => {
    const command = commands.find((one) => one.name === name);
    for (const language of ['en', 'ko', 'pl']) {
      const run = await regent(['help', ...name.split(' ')], { env: { REGENT_LANG: language } });
      expect(run.status).toBe(0);
      expect(run.stdout).toContain(`regent ${name}`);
      for (const option of Object.keys(command?.options ?? {})) {
        expect(run.stdout).toContain(`--${option}`);
      }
    }
  });

  it('comes with --help after a command, and with the family of a word', async () => {
    expect((await regent(['probe', '--help'])).stdout).toContain('regent probe ADDRESS [OPTIONS]');
    expect((await regent(['probe', 'a:1', '-h'])).stdout).toContain('regent probe ADDRESS');
    expect((await regent(['helper', '--help'])).stdout).toContain('regent helper uninstall');
    const family = (await regent(['trust', '--help'])).stdout;
    expect(family).toContain('regent trust list');
    expect(family).toContain('regent trust check [ADDRESS] [OPTIONS]');
    expect(family).toContain('--format shell|cloud-init|ansible|kubernetes|dockerfile|bundle');
  });
});

describe('completion', () => {
  const offered = async (words: readonly string[]): Promise<readonly string[]> => {
    const folder = mkdtempSync(join(tmpdir(), 'regent-completion-'));
    try {
      const path = join(folder, 'regent.bash');
      writeFileSync(path, (await regent(['completion', 'bash'])).stdout);
      const quoted = words.map((word) => `'${word}'`).join(' ');
      const script = `source ${path}; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _regent; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it('offers commands, subcommands and options in bash', async () => {
    expect(await offered(['regent', 'lo'])).toEqual(['login', 'logout']);
    expect(await offered(['regent', 'helper', ''])).toEqual([
      'install',
      'status',
      'repair',
      'uninstall',
    ]);
    expect(await offered(['regent', 'helper', 'status', '--'])).toEqual(['--json', '--help']);
    expect(await offered(['regent', 'helper', 'install', '--'])).toEqual([
      ...['--default', '--json', '--help'],
    ]);
    expect(await offered(['regent', 'accounts', 'im'])).toEqual(['import']);
    expect(await offered(['regent', 'accounts', 'store', 'k'])).toEqual(['keychain']);
    expect(await offered(['regent', 'trust', 'a', '--fi'])).toEqual(['--fingerprint']);
    expect(await offered(['regent', 'completion', 'f'])).toEqual(['fish']);
    expect(await offered(['regent', 'trust', 'me'])).toEqual(['messes', 'mend']);
  });

  it('offers what an option can be, in that command', async () => {
    const start = ['regent', 'trust', 'a'];
    expect(await offered([...start, '--consumer', 'k'])).toEqual(['k3s', 'kind']);
    expect(await offered(['regent', 'trust', 'export', 'a', '--format', 'cl'])).toEqual([
      'cloud-init',
    ]);
    expect(await offered(['regent', 'accounts', 'export', 'a', '--format', 'k'])).toEqual([
      'k8s-secret',
    ]);
    expect(await offered([...start, '--ca', 'package.'])).toEqual(['package.json']);
  });

  it.each(['bash', 'zsh', 'fish'])('is written for %s', async (shell) => {
    const { status, stdout } = await regent(['completion', shell]);
    expect(status).toBe(0);
    expect(stdout).toContain('fingerprint');
  });
});
