import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  allowSudo,
  describeWithLab,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
} from '../lab/index.ts';
import { filesWithSecret } from './secrets.ts';
import { documentOf, errorCodeOf, openTerminal, type Terminal } from './terminal.ts';

const PASSPHRASE = 'correct horse battery';

describeWithLab('logins on a server without a desktop', ['engine', 'registry', 'sudo'], () => {
  let registry: SharedRegistry;
  let terminal: Terminal;
  let home: string;
  const regent = (args: readonly string[], input = '') => terminal.regent(args, input);
  const login = () =>
    regent(
      ['login', registry.address, '-u', registry.username, '--password-stdin', '--json'],
      registry.password,
    );
  const pull = () =>
    terminal.program(['docker', 'pull', '-q', `${registry.address}/team/hello:1.0`]);
  const helper = () => terminal.program(['docker-credential-regent', 'get'], registry.address);

  beforeAll(async () => {
    await sharedEngine();
    registry = await sharedRegistry('tls-login');
    terminal = await openTerminal(await allowSudo());
    home = terminal.env.HOME ?? '';
    const ca = join(home, 'ca.crt');
    writeFileSync(ca, registry.caPem);
    const consumer = ['--consumer', 'docker-engine'];
    const trusted = await regent(['trust', registry.address, '--ca', ca, ...consumer, '--json']);
    expect(trusted.status, trusted.stderr + trusted.stdout).toBe(0);
  });
  afterAll(async () => {
    await regent(['accounts', 'lock']);
    await regent(['untrust', '--all']);
  });

  it('are kept nowhere unasked: the way out is said', async () => {
    const refused = await login();
    expect(errorCodeOf(refused)).toBe('KEYCHAIN_UNAVAILABLE');
    expect(refused.stdout).toContain('regent accounts store file');
    expect(filesWithSecret(registry, [home])).toEqual([]);
  });

  it('are kept in encrypted files when that is chosen', async () => {
    const argv = ['accounts', 'store', 'file', '--passphrase-stdin', '--json'];
    const chosen = await regent(argv, `${PASSPHRASE}\n`);
    expect(documentOf(chosen)).toMatchObject({
      kind: 'file',
      file: { unlockedBy: 'passphrase', locked: false },
    });
    expect(documentOf(await login())).toMatchObject({ source: 'file' });
    expect(filesWithSecret(registry, [home])).toEqual([]);
  });

  it('serve docker from there', async () => {
    const installed = await regent(['helper', 'install']);
    expect(installed.status, installed.stdout).toBe(0);
    expect((await pull()).stderr).toBe('');
  });

  it('serve nobody while they are locked, and the helper says how to open them', async () => {
    expect(documentOf(await regent(['accounts', 'lock', '--json']))).toMatchObject({
      file: { locked: true },
    });
    expect((await pull()).status).not.toBe(0);
    const asked = await helper();
    expect(asked.status).not.toBe(0);
    expect(asked.stdout).toContain('regent accounts unlock');
    const checked = await regent(['accounts', '--check', '--json']);
    expect(checked.status).toBe(1);
    expect(documentOf(checked).accounts).toMatchObject([{ problem: { code: 'STORE_LOCKED' } }]);
  });

  it('are opened by the passphrase, and by no other', async () => {
    const unlock = ['accounts', 'unlock', '--passphrase-stdin', '--for', '5', '--json'];
    expect(errorCodeOf(await regent(unlock, 'wrong horse battery'))).toBe('PASSPHRASE_WRONG');
    expect((await pull()).status).not.toBe(0);
    expect(documentOf(await regent(unlock, PASSPHRASE))).toMatchObject({
      file: { locked: false, until: expect.any(String) },
    });
    expect((await pull()).stderr).toBe('');
  });

  it('move to a key file, and need no unlocking then', async () => {
    const key = join(home, 'key.txt');
    const moved = await regent(['accounts', 'store', 'file', '--key-file', key, '--json']);
    expect(documentOf(moved)).toMatchObject({ file: { unlockedBy: 'key-file', keyFile: key } });
    expect((await pull()).stderr).toBe('');
    await terminal.program(['mv', key, `${key}.away`]);
    expect((await pull()).status).not.toBe(0);
    await terminal.program(['mv', `${key}.away`, key]);
    expect((await pull()).stderr).toBe('');
    expect(filesWithSecret(registry, [home])).toEqual([]);
  });
});
