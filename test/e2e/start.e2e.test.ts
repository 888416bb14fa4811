import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  asUser,
  createUser,
  describeUnless,
  type LabDisplay,
  type LabKeychain,
  run,
  runOrThrow,
  sharedEngine,
  startDisplay,
  whyLabMissing,
} from '../lab/index.ts';
import { keychainOf, openTerminal, type Terminal } from './terminal.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
/** What `npm start` reads of a checkout, beside the packages. */
const sources = [
  'main',
  'renderer',
  'shared',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];
const electron = process.env.REGENT_ELECTRON;
const why =
  whyLabMissing(['engine', 'keychain', 'display']) ??
  (electron ? undefined : 'no Electron runtime could be had');

/** A checkout of the user's own, never built, with the packages of this one (in the sandbox's own mounts). */
async function checkOut({ env, user }: Terminal): Promise<string> {
  const folder = join(env.HOME ?? '/', 'checkout');
  const modules = join(folder, 'node_modules');
  mkdirSync(folder);
  await runOrThrow(['cp', '-r', ...sources.map((path) => join(project, path)), folder]);
  await runOrThrow(['chown', '-R', `${user.uid}:${user.gid}`, folder]);
  mkdirSync(modules);
  await runOrThrow(['mount', '--bind', join(project, 'node_modules'), modules]);
  return folder;
}

/**
 * `npm start` as a person types it, as an ordinary user in a fresh checkout. The sandbox has no network, so packages
 * and Electron are there already: this covers everything but the downloads.
 */
describeUnless(why, 'npm start', () => {
  let keychain: LabKeychain;
  let terminal: Terminal;
  let checkout: string;

  beforeAll(async () => {
    const user = await createUser();
    keychain = await keychainOf(user);
    terminal = await openTerminal(user, keychain);
    checkout = await checkOut(terminal);
  });
  afterAll(() => keychain?.stop());

  describe('without a display', () => {
    const start = (env: NodeJS.ProcessEnv) =>
      run(asUser(terminal.user, ['npm', 'start']), {
        cwd: checkout,
        env: { ...terminal.env, ...env },
      });
    const marks = (stdout: string) =>
      stdout.split('\n').flatMap((line) => /^([✓!–✗]) /.exec(line)?.[1] ?? []);

    it('says so, runs the whole demo in the terminal, and ends well', async () => {
      const engine = await sharedEngine();
      const { status, stdout, stderr } = await start({});
      expect({ status, stderr }).toEqual({
        status: 0,
        stderr: expect.stringContaining('There is no display'),
      });
      // Start, probe, trust, sign-in, proof (never on loopback), repositories, tags, pull, clean-up.
      expect(marks(stdout)).toEqual(['✓', '✓', '✓', '✓', '!', '✓', '✓', '✓', '✓']);
      const images = await engine.docker(['images', '--format', '{{.Repository}}']);
      expect(images.stdout).toMatch(/^127\.0\.0\.1:\d+\/demo\//m);
    });

    it('ends with browsing where there is no engine', async () => {
      const { status, stdout } = await start({ DOCKER_HOST: 'unix:///nowhere.sock' });
      expect(status).toBe(0);
      expect(marks(stdout)).toEqual(['✓', '✓', '✓', '✓', '!', '✓', '✓', '–', '✓']);
      expect(stdout).toContain('With a container engine, Regent would now pull');
    });

    it('leaves no trust and no account', async () => {
      expect((await terminal.regent(['trust', 'list', '--json'])).stdout).toBe('{"entries":[]}\n');
      expect((await terminal.regent(['accounts', '--json'])).stdout).toBe('{"accounts":[]}\n');
    });
  });

  describe('with a display', () => {
    let display: LabDisplay;
    let started: ChildProcess;
    let ended: Promise<number | null>;
    /** Titles of the windows on the display, as the window system itself tells them. */
    const titles = async () => {
      const { stdout } = await run(['xwininfo', '-root', '-tree'], {
        env: { ...process.env, ...display.env },
      });
      return [...stdout.matchAll(/^\s+0x\S+ "(.*?)": \(/gm)].map((match) => match[1]);
    };
    const electrons = async () => {
      const found = await run(['pgrep', '-u', terminal.user.name, '-f', electron ?? '']);
      return found.stdout.split('\n').filter(Boolean).length;
    };

    beforeAll(async () => {
      display = await startDisplay();
    });
    afterAll(async () => {
      started?.kill('SIGKILL');
      await display?.stop();
    });

    it('opens the window', async () => {
      const [command = '', ...args] = asUser(terminal.user, ['npm', 'start']);
      started = spawn(command, args, {
        cwd: checkout,
        env: { ...terminal.env, ...display.env, REGENT_ELECTRON: electron },
        stdio: 'ignore',
      });
      ended = new Promise((resolve) => started.once('close', resolve));
      await expect.poll(titles, { timeout: 60_000 }).toContain('Regent');
      expect(await electrons()).toBeGreaterThan(0);
    });

    it('closes it on SIGTERM, leaving no process behind', async () => {
      started.kill('SIGTERM');
      await ended;
      await expect.poll(electrons, { timeout: 10_000 }).toBe(0);
      expect(await titles()).not.toContain('Regent');
    });
  });
});
