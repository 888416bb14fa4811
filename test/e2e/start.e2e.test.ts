import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  asUser,
  createUser,
  describeUnless,
  type LabDisplay,
  type LabKeychain,
  run,
  sharedEngine,
  startDisplay,
  whyLabMissing,
} from '../lab/index.ts';
import { keychainOf, openTerminal, type Terminal } from './terminal.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const electron = process.env.REGENT_ELECTRON;
const why =
  whyLabMissing(['engine', 'keychain', 'display']) ??
  (electron ? undefined : 'no Electron runtime could be had');

/**
 * `npm start` as a person types it, as an ordinary user. The sandbox has no network, so the packages are installed and
 * the bundles and Electron are there already: this covers everything but the downloads.
 */
describeUnless(why, 'npm start', () => {
  let keychain: LabKeychain;
  let terminal: Terminal;

  beforeAll(async () => {
    const user = await createUser();
    keychain = await keychainOf(user);
    terminal = await openTerminal(user, keychain);
  });
  afterAll(() => keychain?.stop());

  describe('without a display', () => {
    const start = (env: NodeJS.ProcessEnv) =>
      run(asUser(terminal.user, ['npm', 'start']), {
        cwd: project,
        env: { ...terminal.env, ...env },
      });
    const marks = (stdout: string) =>
      stdout.split('\n').flatMap((line) => /^(\S) (?=\S)/.exec(line)?.[1] ?? []);

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
        cwd: project,
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
