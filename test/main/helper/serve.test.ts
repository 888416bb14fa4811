import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogins } from '../../../main/accounts/logins.ts';
import { type Reply, serveCall } from '../../../main/helper/serve.ts';
import { type FakeKeychain, fakeKeychain } from '../../fakes/keychain.ts';

let data: string;
let fake: FakeKeychain;

/** Calls the helper as docker does. */
function call(action: string, input = ''): Promise<Reply> {
  const openLogins = () =>
    createLogins({ paths: { data }, clock: { now: () => 0 }, keychain: fake.keychain });
  const args = action === '' ? [] : action.split(' ');
  return serveCall({ args, version: '1.2.3', readInput: async () => input, openLogins });
}

const storeLine = (ServerURL: string, Username: string, Secret: string) =>
  `${JSON.stringify({ ServerURL, Username, Secret })}\n`;
const ok = (stdout: string) => ({ status: 0, stdout });
const no = (stdout: string) => ({ status: 1, stdout });
const HUB = 'https://index.docker.io/v1/';

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'regent-helper-'));
  fake = fakeKeychain();
});
afterEach(() => rm(data, { recursive: true }));

/** Input and answer as recorded from docker-credential-secretservice 0.6.4, on an empty keyring. */
const recorded = [
  ['get', '', no('no credentials server URL\n')],
  ['get', '\n', no('no credentials server URL\n')],
  ['get', 'nope', no('credentials not found in native keychain\n')],
  ['store', '{}', no('no credentials server URL\n')],
  ['store', 'null', no('no credentials server URL\n')],
  ['store', '{"ServerURL":"h:1"}', no('no credentials username\n')],
  ['store', '{"serverurl":"h:1","Username":"<token>","SECRET":"a&<b>"} trailing', ok('')],
  [
    'get',
    'h:1',
    ok('{"ServerURL":"h:1","Username":"\\u003ctoken\\u003e","Secret":"a\\u0026\\u003cb\\u003e"}\n'),
  ],
  [
    'get',
    'h:\n1\r\n',
    ok('{"ServerURL":"h:1","Username":"\\u003ctoken\\u003e","Secret":"a\\u0026\\u003cb\\u003e"}\n'),
  ],
  ['list', 'unused', ok('{"h:1":"\\u003ctoken\\u003e"}\n')],
  ['store', '{"ServerURL":"h:2","Username":"u","Secret":""}', ok('')],
  ['get', 'h:2', no('credentials not found in native keychain\n')],
  ['store', '{"ServerURL":"h:3","Username":" ","Secret":"x"}', ok('')],
  ['get', 'h:3', ok('{"ServerURL":"h:3","Username":" ","Secret":"x"}\n')],
  ['erase', 'zzz', ok('')],
  ['erase', '', no('no credentials server URL\n')],
  ['erase', 'h:1', ok('')],
  ['list', '', ok('{"h:2":"u","h:3":" "}\n')],
  ['foo', '', no('Unknown credential action `foo`\n')],
] as const;

describe('the credential helper', () => {
  it('answers to the letter what the official helper answers', async () => {
    for (const [action, input, reply] of recorded) {
      expect({ action, input, ...(await call(action, input)) }).toEqual({
        action,
        input,
        ...reply,
      });
    }
  });

  it('says how it is used when it is used otherwise', async () => {
    const usage = 'Usage: docker-credential-regent <store|get|erase|list|version>\n';
    expect(await call('')).toEqual(no(usage));
    expect(await call('get h:1')).toEqual(no(usage));
    expect(await call('--help')).toEqual(ok(usage));
  });

  it('says its name, package and version', async () => {
    expect(await call('version')).toEqual(ok('docker-credential-regent (regent) v1.2.3\n'));
    expect(await call('--version')).toEqual(await call('version'));
  });

  it('answers under every name of Docker Hub, with the name that was asked for', async () => {
    await call('store', storeLine(HUB, 'ada', 'pw'));
    for (const name of ['docker.io', 'index.docker.io', 'https://registry-1.docker.io/v2/', HUB]) {
      expect(await call('get', name)).toEqual(
        ok(`{"ServerURL":"${name}","Username":"ada","Secret":"pw"}\n`),
      );
    }
    expect(await call('list')).toEqual(ok(`{"${HUB}":"ada"}\n`));
  });

  it('keeps the tokens of Docker Hub’s device login apart from its account', async () => {
    await call('store', storeLine(HUB, 'ada', 'pat'));
    await call('store', storeLine(`${HUB}access-token`, 'ada', 'jwt'));
    await call('erase', `${HUB}access-token`);
    expect(await call('get', `${HUB}access-token`)).toMatchObject({ status: 1 });
    expect((await call('get', HUB)).stdout).toContain('"pat"');
  });

  it('signs out of a registry with the four erases of docker logout', async () => {
    await call('store', storeLine('h:1', 'ada', 'pw'));
    for (const key of ['h:1', 'h:1', 'http://h:1', 'https://h:1']) {
      expect(await call('erase', key)).toEqual(ok(''));
    }
    expect(await call('list')).toEqual(ok('{}\n'));
    expect(fake.items.size).toBe(0);
  });

  it('has one login for each registry in its list, the one in use', async () => {
    await call('store', storeLine('h:1', 'ada', 'pw'));
    await call('store', storeLine('h:1', 'bob', 'pw'));
    expect(await call('list')).toEqual(ok('{"h:1":"bob"}\n'));
  });

  it('lists without reading its input, and without the keychain', async () => {
    await call('store', storeLine('h:1', 'ada', 'pw'));
    fake.state = 'absent';
    const readInput = () => new Promise<string>(() => undefined);
    const openLogins = () =>
      createLogins({ paths: { data }, clock: { now: () => 0 }, keychain: fake.keychain });
    const reply = await serveCall({ args: ['list'], version: '', readInput, openLogins });
    expect(reply).toEqual(ok('{"h:1":"ada"}\n'));
  });

  it('does not call a locked login absent', async () => {
    await call('store', storeLine('h:1', 'ada', 'pw'));
    fake.state = 'locked';
    await expect(call('get', 'h:1')).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' });
  });

  it('keeps long secrets where an item holds 2,560 bytes, as on Windows', async () => {
    const limit = 2560;
    fake = fakeKeychain({ platform: 'win32' });
    for (const size of [1, limit, limit + 1, 64 * 1024, 1024 * 1024]) {
      const secret = 'ß'.repeat(size / 2) + 'x'.repeat(size % 2);
      await call('store', storeLine('h:1', 'ada', secret));
      for (const value of fake.items.values()) {
        expect(Buffer.byteLength(value)).toBeLessThanOrEqual(limit);
      }
      expect(JSON.parse((await call('get', 'h:1')).stdout)).toMatchObject({ Secret: secret });
    }
    await call('erase', 'h:1');
    expect(fake.items.size).toBe(0);
  });

  it('repeats an unknown action word for word, but nothing that steers a terminal', async () => {
    expect(await call('漢😀')).toEqual(no('Unknown credential action `漢😀`\n'));
    expect(await call('\u001b[2J')).toEqual(no('Unknown credential action `?[2J`\n'));
  });

  it('refuses what is no request', async () => {
    await expect(call('store', 'garbage')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});
