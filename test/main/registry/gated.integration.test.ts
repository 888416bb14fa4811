import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createRegistryClient } from '../../../main/registry/client.ts';
import {
  describeWithLab,
  imageOf,
  layerOf,
  run,
  startKeychain,
  startRegistry,
} from '../../lab/index.ts';
import { calm } from './open-fake.ts';
import { push } from './writing-scene.ts';

const program = fileURLToPath(new URL('../../../dist/regent.mjs', import.meta.url));
const gate = { name: 'CF-Access-Client-Secret', value: 'only-nginx-knows-it' };

describeWithLab('a registry behind a gate that wants a header', ['nginx', 'keychain'], () => {
  it('is set up, written to, listed and saved from with that header alone', async () => {
    const registry = await startRegistry('nginx-login', { gate });
    onTestFinished(() => registry.stop());
    const keychain = await startKeychain();
    onTestFinished(() => keychain.stop());
    const home = mkdtempSync(join(tmpdir(), 'gated-home-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    const { address, username, password, caPem, leafSha256 } = registry;
    const regent = async (args: readonly string[], input = '') => {
      const done = await run([process.execPath, program, ...args, '--json'], {
        env: { PATH: process.env.PATH, HOME: home, REGENT_LANG: 'en', ...keychain.env },
        input,
      });
      expect(done.stdout + done.stderr).not.toContain(gate.value);
      expect(done.stdout, `${args.join(' ')}: ${done.stderr}`).not.toBe('');
      return { ...done, told: JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '') };
    };

    expect((await regent(['probe', address])).told.verdict).toBe('not-a-registry');
    const set = await regent(
      ['header', 'set', address, gate.name, '--value-stdin'],
      `${gate.value}\n`,
    );
    expect([set.status, set.told.name]).toEqual([0, gate.name]);
    expect((await regent(['probe', address])).told.verdict).toBe('untrusted');
    const trusted = await regent([
      ...['trust', address, '--fingerprint', leafSha256, '--consumer', 'regent'],
    ]);
    expect([trusted.status, trusted.stderr]).toEqual([0, '']);
    const login = ['login', address, '-u', username, '--password-stdin'];
    expect((await regent(login, password)).told.username).toBe(username);

    const image = imageOf([await layerOf([{ path: 'a', content: 'a' }])], { format: 'oci' });
    const client = createRegistryClient({
      ...{ address, scheme: 'https', trust: { ca: [caPem] } },
      credentials: async () => ({ username, password }),
      headers: async () => ({ [gate.name.toLowerCase()]: gate.value }),
    });
    onTestFinished(() => client.close());
    await push(client.at('team/app', calm), image, '1');

    expect((await regent(['ls', address])).told.repositories).toEqual(['team/app']);
    const folder = join(home, 'saved');
    const saved = await regent(['save', `${address}/team/app:1`, '-o', folder]);
    expect([saved.status, saved.told.digest]).toEqual([0, image.manifest.digest]);
    expect(readFileSync(join(folder, 'index.json'), 'utf8')).toContain(image.manifest.digest);

    expect((await regent(['header', 'remove', address, gate.name])).told.removed).toBe(true);
    expect((await regent(['ls', address])).status).not.toBe(0);
  }, 240_000);
});
