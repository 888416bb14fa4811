import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sayProblem } from '../../../main/helper/say-problem.ts';
import { RegentError } from '../../../shared/errors/index.ts';
import { describeUnless, type LabKeychain, startKeychain, whyLabMissing } from '../../lab/index.ts';
import {
  callerOf,
  type HelperBuild,
  type HelperUser,
  helperBuilds,
  makeHelperUser,
  scriptBuild,
  standaloneBuild,
  storeLine,
} from './run-helper.ts';

const NOT_FOUND = 'credentials not found in native keychain\n';

/** All files below a folder that hold a text. */
function filesWith(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text));
}

/** The command lines of all processes, now. */
function commandLines(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return ''; // It has ended since.
      }
    })
    .join('\n');
}

function describeBuild(build: HelperBuild): void {
  let keychain: LabKeychain;
  let user: HelperUser;

  beforeAll(async () => {
    keychain = await startKeychain();
  });
  afterAll(() => keychain.stop());
  beforeEach(() => {
    user = makeHelperUser(keychain.env, build);
  });

  it('stores, gets, lists and erases', async () => {
    const silent = { status: 0, stdout: '', stderr: '' };
    expect(await user.call('get', 'h:1')).toEqual({ status: 1, stdout: NOT_FOUND, stderr: '' });
    expect(await user.call('store', storeLine('h:1', '<token>', 'pä"ss\\wörd'))).toEqual(silent);
    expect(await user.call('get', 'https://H:1/v2/\n')).toEqual({
      status: 0,
      stdout:
        '{"ServerURL":"https://H:1/v2/","Username":"\\u003ctoken\\u003e","Secret":"pä\\"ss\\\\wörd"}\n',
      stderr: '',
    });
    expect((await user.call('list', 'unused')).stdout).toBe('{"h:1":"\\u003ctoken\\u003e"}\n');
    expect(await user.call('erase', 'h:1')).toEqual(silent);
    expect(await user.call('erase', 'h:1')).toEqual(silent);
    expect((await user.call('get', 'h:1')).stdout).toBe(NOT_FOUND);
  });

  it('keeps a secret of any size', async () => {
    for (const size of [2_560, 70_000, 300_000]) {
      const secret = `ß${'x'.repeat(size)}`;
      await user.call('store', storeLine('big:1', 'ada', secret));
      expect(JSON.parse((await user.call('get', 'big:1')).stdout)).toMatchObject({
        Secret: secret,
      });
    }
    await user.call('erase', 'big:1');
  });

  it('leaves the secret in no file, and shows it in no command line', async () => {
    const secret = 'correct-horse-battery-staple';
    const storing = user.call('store', storeLine('h:1', 'ada', secret));
    let seen = '';
    for (let n = 0; n < 20; n += 1) {
      seen += commandLines();
      await new Promise(setImmediate);
    }
    await storing;
    expect(seen).toContain('docker-credential-regent');
    expect(seen).not.toContain(secret);
    expect((await user.call('get', 'h:1')).stdout).toContain(secret);
    expect(filesWith(user.home, 'ada')).toHaveLength(1);
    expect(filesWith(user.home, secret)).toEqual([]);
    expect(filesWith(keychain.folder, secret)).toEqual([]);
    await user.call('erase', 'h:1');
  });

  it('loses nothing when twenty store at once, and nothing when they get and erase', async () => {
    const servers = Array.from({ length: 20 }, (_, n) => `many-${n}:1`);
    const stored = await Promise.all(
      servers.map((server) => user.call('store', storeLine(server, 'ada', `pw of ${server}`))),
    );
    expect(stored.map(({ stdout, stderr }) => stdout + stderr).join('')).toBe('');
    const list = JSON.parse((await user.call('list')).stdout);
    expect(Object.keys(list).sort()).toEqual([...servers].sort());
    const got = await Promise.all(servers.map((server) => user.call('get', server)));
    expect(got.map(({ stdout }) => JSON.parse(stdout).Secret)).toEqual(
      servers.map((server) => `pw of ${server}`),
    );
    await Promise.all(servers.map((server) => user.call('erase', server)));
    expect((await user.call('list')).stdout).toBe('{}\n');
  });

  it('says that the keychain is locked, in the user’s language, instead of "not found"', async () => {
    await user.call('store', storeLine('h:1', 'ada', 'pw'));
    await keychain.lock();
    try {
      const error = new RegentError('KEYCHAIN_LOCKED', { address: 'h:1' });
      const said = { status: 1, stdout: `${sayProblem(error, {})}\n`, stderr: '' };
      expect(await user.call('get', 'h:1')).toEqual(said);
      expect(await user.call('store', storeLine('h:1', 'ada', 'new'))).toEqual(said);
      expect(await user.call('erase', 'h:1')).toEqual(said);
      expect((await user.call('get', 'h:1', { LANG: 'ko_KR.UTF-8' })).stdout).toBe(
        `${sayProblem(error, { LANG: 'ko' })}\n`,
      );
      expect((await user.call('get', 'h:2')).stdout).toBe(NOT_FOUND);
      expect((await user.call('list')).stdout).toBe('{"h:1":"ada"}\n');
    } finally {
      await keychain.unlock();
    }
    expect((await user.call('get', 'h:1')).stdout).toContain('"pw"');
    await user.call('erase', 'h:1');
  });

  it('says what is missing when there is no session bus', async () => {
    await user.call('store', storeLine('h:1', 'ada', 'pw'));
    const noBus = { DBUS_SESSION_BUS_ADDRESS: undefined };
    const { status, stdout, stderr } = await user.call('get', 'h:1', noBus);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(/^The system’s keychain cannot be reached\..*D-Bus.*\n$/);
    expect((await user.call('get', 'h:2', noBus)).stdout).toBe(NOT_FOUND);
    await user.call('erase', 'h:1');
  });

  it('does not wait for input that never comes', async () => {
    const call = async (action: string) => {
      const [program, ...args] = build.argv;
      const child = spawn(program, [...args, action], { env: user.env });
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (chunk) => {
        stdout += chunk;
      });
      const [status, signal] = await once(child, 'close');
      return { failed: status !== 0 || signal !== null, stdout };
    };
    expect(await call('list')).toEqual({ failed: false, stdout: '{}\n' });
    const { failed, stdout } = await call('get');
    expect(failed).toBe(true);
    expect(stdout).toMatch(/^\S.*\n$/);
  });
}

for (const build of helperBuilds) {
  const name = `docker-credential-regent, ${build.name}, on a real keychain`;
  describeUnless(whyLabMissing(['keychain']) ?? build.why, name, () => describeBuild(build));
}

const bothMissing = whyLabMissing(['keychain']) ?? standaloneBuild.why;
describeUnless(bothMissing, 'the two builds of docker-credential-regent', () => {
  it('keep their items in the same place, those in several parts too', async () => {
    const keychain = await startKeychain();
    const script = makeHelperUser(keychain.env, scriptBuild);
    const standalone = { ...script, call: callerOf(standaloneBuild, script.env) };
    for (const [writer, reader] of [
      [script, standalone],
      [standalone, script],
    ] as const) {
      for (const Secret of ['pä"ss', 'x'.repeat(300_000)]) {
        await writer.call('store', storeLine('h:1', 'ada', Secret));
        expect(JSON.parse((await reader.call('get', 'h:1')).stdout)).toMatchObject({ Secret });
      }
      await reader.call('erase', 'h:1');
      expect((await writer.call('get', 'h:1')).stdout).toBe(NOT_FOUND);
    }
    await keychain.stop();
  });
});
