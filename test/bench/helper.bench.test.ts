import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keychainOf, openTerminal, type Terminal } from '../e2e/terminal.ts';
import { createUser, describeUnless, type LabKeychain, whyLabMissing } from '../lab/index.ts';
import { helperScript, standaloneBuild } from '../main/helper/run-helper.ts';
import { race, report } from './compare.ts';

const peer = process.env.REGENT_PEER_HELPER ?? '';
const why =
  whyLabMissing(['keychain']) ??
  (peer === '' ? 'docker-credential-secretservice could not be had' : standaloneBuild.why);

describeUnless(why, 'the credential helper, against docker-credential-secretservice', () => {
  let keychain: LabKeychain;
  let terminal: Terminal;
  const login = { ServerURL: 'bench.test:5000', Username: 'ada', Secret: 'not so secret' };

  /** Calls a helper as Docker does, straight as the user. */
  const call = (program: string, action: string, input: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const { env, user } = terminal;
      const { uid, gid } = user;
      const child = spawn(program, [action], { env, uid, gid, stdio: ['pipe', 'pipe', 'inherit'] });
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (text) => {
        stdout += text;
      });
      child.once('error', reject);
      child.once('close', (status) =>
        status === 0 ? resolve(stdout) : reject(new Error(`${program} ${action}: ${stdout}`)),
      );
      child.stdin.end(input);
    });

  beforeAll(async () => {
    const user = await createUser();
    keychain = await keychainOf(user);
    terminal = await openTerminal(user, keychain);
  });
  afterAll(() => keychain?.stop());

  it('gets a login', async () => {
    expect((await terminal.regent(['helper', 'install'])).status).toBe(0);
    const ours = join(terminal.env.HOME ?? '', 'bin', 'docker-credential-regent');
    const get = async (program: string) => {
      const answer = await call(program, 'get', login.ServerURL);
      expect(JSON.parse(answer)).toEqual(login);
    };
    for (const program of [ours, peer]) await call(program, 'store', JSON.stringify(login));
    const times = await race(
      30,
      () => get(ours),
      () => get(peer),
    );
    report({ name: 'helper get', ...times, unit: 'ms', budget: { atMost: 1.5 } });
    // What any program for Node costs before its first line.
    const bare = join(mkdtempSync('/tmp/bare-'), 'bare');
    writeFileSync(bare, `#!${process.execPath}\n`, { mode: 0o755 });
    chmodSync(dirname(bare), 0o755);
    const floor = await race(
      10,
      () => get(ours),
      () => call(bare, 'get', ''),
    );
    report({ name: 'helper get, against an empty script', ...floor, unit: 'ms' });
  });

  it('stores a login', async () => {
    const ours = join(terminal.env.HOME ?? '', 'bin', 'docker-credential-regent');
    // A new secret each time, as after `docker login`: nobody saves work because nothing changed.
    let count = 0;
    const store = async (program: string) => {
      count += 1;
      const Secret = `${login.Secret} ${count}`;
      expect(await call(program, 'store', JSON.stringify({ ...login, Secret }))).toBe('');
    };
    const times = await race(
      30,
      () => store(ours),
      () => store(peer),
    );
    report({ name: 'helper store', ...times, unit: 'ms', budget: { atMost: 1.5 } });
  });

  it('takes its room on the disk', () => {
    const megabytes = (path: string) => statSync(path).size / 1e6;
    const sizes = { ours: megabytes(standaloneBuild.argv[0]), peer: megabytes(peer) };
    report({ name: 'helper on the disk, not packed', ...sizes, unit: 'MB' });
  });

  it('gets a login with each of its builds', async () => {
    const [standalone] = standaloneBuild.argv;
    const script = join(mkdtempSync('/tmp/script-'), 'script');
    const line = `exec '${process.execPath}' '${helperScript}' "$@"`;
    writeFileSync(script, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
    chmodSync(dirname(script), 0o755);
    const get = (program: string) => call(program, 'get', login.ServerURL);
    const times = await race(
      30,
      () => get(standalone),
      () => get(script),
    );
    report({ name: 'helper get, standalone against its script', ...times, unit: 'ms' });
    const start = await race(
      10,
      () => call(standalone, 'version', ''),
      () => call(peer, 'version', ''),
    );
    report({ name: 'helper version, which opens no keychain', ...start, unit: 'ms' });
  });
});
