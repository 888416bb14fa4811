import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FoundLogin } from '../../../../shared/model/found-login.ts';
import { makeHome, type TestHome } from './test-home.ts';

let home: TestHome;
beforeEach(async () => {
  home = await makeHome();
});
afterEach(() => rm(home.root, { recursive: true }));

const write = async (text: string) => {
  await mkdir(dirname(home.config), { recursive: true });
  await writeFile(home.config, text);
};
const text = () => readFile(home.config, 'utf8');

const found = (more: Partial<FoundLogin>): FoundLogin => ({
  ...{ id: '1', address: 'plain.test', key: 'plain.test', username: 'ada' },
  origin: { kind: 'docker-config', path: home.config },
  ...{ risks: ['plaintext'], isKnown: false, problem: null },
  ...more,
});

describe('Regent as docker’s default', () => {
  it('is asked for every registry, and steps back again', async () => {
    await write('{"credsStore":"ok","auths":{"x":{}}}');
    await home.program('docker-credential-ok', 'echo "{}"');
    const status = await home.open().helperInstall(['h:1'], true);
    expect(status).toMatchObject({ isDefault: true, routes: ['h:1'], problems: [] });
    expect(status.reach).toContainEqual({
      ...{ address: 'docker.io', program: 'docker', finds: 'regent', helper: 'regent' },
    });
    expect(await home.open().helperInstall(['h:1'], true)).toEqual(status);
    expect(await home.open().helperUninstall()).toMatchObject({ isDefault: false, problems: [] });
    expect(await text()).toBe('{"credsStore":"ok","auths":{"x":{}}}');
  });

  it('hides no login in plain text', async () => {
    await write('{"auths":{"plain.test":{"auth":"YWRhOnNlY3JldA=="}}}');
    const before = await text();
    const hidden = [found({}), found({ address: 'other.test', key: 'other.test', username: null })];
    await expect(home.open({ found: hidden }).helperInstall([], true)).rejects.toMatchObject({
      code: 'HELPER_HIDES_LOGINS',
      data: { logins: ['plain.test (ada)', 'other.test'] },
    });
    expect(await text()).toBe(before);
    expect((await home.open().helperStatus()).installed).toBe(false);
  });

  it('hides none of the helper in whose place it steps', async () => {
    await write('{"credsStore":"ok"}');
    await home.program('docker-credential-ok', 'echo "{}"');
    const theirs = found({ origin: { kind: 'docker-helper', helper: 'ok' } });
    await expect(home.open({ found: [theirs] }).helperInstall([], true)).rejects.toMatchObject({
      code: 'HELPER_HIDES_LOGINS',
    });
    const notTheirs = found({ origin: { kind: 'docker-helper', helper: 'another' } });
    await home.open({ found: [notTheirs] }).helperInstall([], true);
  });

  it('hides none of the helper that docker chose by itself', async () => {
    await home.program('docker-credential-secretservice', 'echo "{}"');
    const theirs = found({ origin: { kind: 'docker-helper', helper: 'secretservice' } });
    await expect(home.open({ found: [theirs] }).helperInstall([], true)).rejects.toMatchObject({
      code: 'HELPER_HIDES_LOGINS',
    });
  });

  it('is not set while nobody can tell what it would hide', async () => {
    await write('{"credsStore":"bad"}');
    await home.program('docker-credential-bad', 'echo "it is locked"; exit 1');
    await expect(home.open().helperInstall([], true)).rejects.toMatchObject({
      code: 'OTHER_HELPER_FAILED',
      data: { helper: 'bad', detail: 'it is locked' },
    });
    expect(await text()).toBe('{"credsStore":"bad"}');
  });

  it('takes the place of one that is gone', async () => {
    await write('{"credsStore":"gone","auths":{"x":{}}}');
    const { problems } = await home.open().helperInstall(['h:1'], true);
    expect(problems).toEqual([]);
    expect(JSON.parse(await text()).credsStore).toBe('regent');
  });

  it.each<[string, () => Partial<FoundLogin>]>([
    ['has been imported', () => ({ isKnown: true })],
    ['has a helper of its own', () => ({ key: 'routed.test', address: 'routed.test' })],
    ['is podman’s', () => ({ origin: { kind: 'podman-auth', path: '/auth.json' } })],
    ['stands for a file that can’t be read', () => ({ key: '', address: '' })],
  ])('hides nothing that %s', async (_, more) => {
    await write('{"credHelpers":{"routed.test":"ok"}}');
    await home.program('docker-credential-ok', 'echo "{}"');
    const { isDefault } = await home.open({ found: [found(more())] }).helperInstall([], true);
    expect(isDefault).toBe(true);
  });
});
