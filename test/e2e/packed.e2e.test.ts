import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findFuseProblems, packedFuses } from '../../main/build/fuses.ts';
import { NOTICES_NAME } from '../../main/build/notices.ts';
import {
  createUser,
  describeUnless,
  type LabDisplay,
  type LabKeychain,
  startDisplay,
  whyLabMissing,
} from '../lab/index.ts';
import { type DemoSteps, openDemo } from './demo-steps.ts';
import { keychainOf, openTerminal, type Terminal } from './terminal.ts';
import { openWindow, type RegentWindow } from './window.ts';

/** The executable that test/setup/packed-app.mjs has packed. */
const packed = process.env.REGENT_PACKED ?? '';
const why =
  whyLabMissing(['keychain', 'display']) ??
  (packed === '' ? 'the app was not packed (no Electron, or it failed)' : undefined);

describeUnless(why, 'the packed app', () => {
  const resources = join(dirname(packed), 'resources');
  const unpackedDist = join(resources, 'app.asar.unpacked', 'dist');
  let display: LabDisplay;
  let keychain: LabKeychain;
  let terminal: Terminal;
  let regent: RegentWindow;
  let demo: DemoSteps;

  beforeAll(async () => {
    const user = await createUser();
    keychain = await keychainOf(user);
    display = await startDisplay();
    terminal = await openTerminal(user, keychain);
    regent = await openWindow(terminal, { display, packed });
    demo = openDemo(regent);
  });
  afterAll(async () => {
    await regent?.close();
    await display?.stop();
    await keychain?.stop();
  });

  it('has every fuse as decided, but the one that lets this test in', async () => {
    const wire = await getCurrentFuseWire(packed);
    expect(findFuseProblems(packedFuses(false, true), wire)).toEqual([]);
    expect(findFuseProblems(packedFuses(false, false), wire)).toEqual([
      'fuse EnableNodeCliInspectArguments is not false',
    ]);
  });

  it('holds its code in one archive, and nothing of the development runtime’s launcher', () => {
    expect(existsSync(join(resources, 'app'))).toBe(false);
    expect(
      readdirSync(resources)
        .filter((name) => name.startsWith('app'))
        .sort(),
    ).toEqual(['app.asar', 'app.asar.unpacked']);
  });

  it('brings the programs that others start as files that run', async () => {
    const node = process.execPath;
    const helpers = [
      [node, join(unpackedDist, 'docker-credential-regent.mjs')],
      // The standalone one, with nothing on the PATH.
      ['/usr/bin/env', '-u', 'PATH', join(resources, 'docker-credential-regent')],
    ];
    for (const helper of helpers) {
      const call = (action: string, input = '') => terminal.program([...helper, action], input);
      expect(await call('version')).toMatchObject({ status: 0, stderr: '' });
      const login = { ServerURL: 'packed.test:5000', Username: 'ada', Secret: 'of the packed app' };
      expect(await call('store', JSON.stringify(login))).toMatchObject({ status: 0, stdout: '' });
      expect(JSON.parse((await call('get', login.ServerURL)).stdout)).toEqual(login);
      expect(await call('erase', login.ServerURL)).toMatchObject({ status: 0 });
    }
    expect(existsSync(join(unpackedDist, 'docker-credential-regent'))).toBe(false);
    expect(existsSync(join(resources, NOTICES_NAME))).toBe(true);
    const version = await terminal.program([node, join(unpackedDist, 'regent.mjs'), '--version']);
    expect(version).toMatchObject({ status: 0, stderr: '' });
    for (const name of ['elevated.mjs', 'zstd-worker.mjs']) {
      expect(existsSync(join(unpackedDist, name))).toBe(true);
    }
  });

  it('is the app as shipped: packed, with Chromium’s sandbox on', async () => {
    const facts = await regent.app.evaluate(({ app }) => ({
      isPackaged: app.isPackaged,
      noSandbox: app.commandLine.hasSwitch('no-sandbox'),
      name: app.getName(),
    }));
    expect(facts).toEqual({ isPackaged: true, noSandbox: false, name: 'Regent' });
  });

  it('begins with the first-run screen', async () => {
    await regent.page.getByRole('heading', { name: 'Welcome to Regent' }).waitFor();
    await regent.look('packed-1-first-run');
  });

  it('runs the demo: trust, sign in, proof, browse', async () => {
    await demo.begin();
    const asked = await demo.trust();
    expect(asked.message).toContain('127.0.0.1:');
    await demo.signIn();
    await demo.seeProof();
    await demo.browse();
    await regent.look('packed-2-tags');
  });

  it('broke no rule of its content security policy', async () => {
    expect(await regent.violations()).toEqual([]);
  });
});
