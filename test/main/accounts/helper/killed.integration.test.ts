import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectFolder } from '../../../../main/build/project.mjs';
import { keychainOf, openTerminal, type Terminal } from '../../../e2e/terminal.ts';
import {
  createUser,
  describeWithLab,
  type LabKeychain,
  type LabUser,
  labFolder,
  putCertificate,
  runOrThrow,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
} from '../../../lab/index.ts';
import { readIfThere } from '../../../lab/read-if-there.ts';

const dieAtStep = fileURLToPath(new URL('../../../fakes/die-at-step.mjs', import.meta.url));
const KILLS = 5;
const age = ['touch', '--date', '1 hour ago', '{}', '+'];

/** A command that is killed, and the home in which it begins. */
interface Scene {
  readonly command: readonly string[];
  /** docker's settings before it. `PLAIN` is a login in plain text, `ADDRESS` its registry. */
  readonly config: string;
  /** What the person did before. */
  readonly before: readonly (readonly string[])[];
  /** Whether docker can pull before the command. */
  readonly pulls: boolean;
}

const plain =
  '{\n  "auths": {\n    "ADDRESS": {"auth": "PLAIN"}\n  },\n  "detachKeys": "ctrl-x"\n}\n';
/** After it, no plain text is left. */
const isImport = (command: readonly string[]) => command.includes('import');
const scenes: readonly Scene[] = [
  { command: ['helper', 'install'], config: plain, before: [], pulls: true },
  {
    command: ['helper', 'repair'],
    config: '{"credHelpers": {"ADDRESS": "gone", "other.test": "gone"}, "credsStore": "gone"}\n',
    ...{ before: [], pulls: false },
  },
  {
    command: ['helper', 'uninstall'],
    config: plain,
    ...{ before: [['helper', 'install']], pulls: true },
  },
  {
    command: ['accounts', 'import', '--all'],
    config: plain,
    ...{ before: [['helper', 'install']], pulls: true },
  },
];

describeWithLab(
  'Regent, killed with SIGKILL,',
  ['engine', 'registry', 'keychain', 'busybox'],
  () => {
    let registry: SharedRegistry;
    let user: LabUser;
    let keychain: LabKeychain;
    let terminal: Terminal;
    let image = '';
    const home = () => terminal.env.HOME ?? '';
    const folders = () =>
      ['.docker', '.local', 'bin', 'regent', 'run'].map((name) => join(home(), name));
    const template = join(labFolder, 'killed-home');
    const configPath = () => join(home(), '.docker', 'config.json');
    const authPath = () => join(home(), 'run', 'containers', 'auth.json');
    const texts = () => [readIfThere(configPath()), readIfThere(authPath())];
    /** Regent with a session’s folder of its own, so that podman’s file is begun anew as well. */
    const regent = (args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
      terminal.program([
        'env',
        `XDG_RUNTIME_DIR=${join(home(), 'run')}`,
        ...Object.entries(more).map(([name, value]) => `${name}=${value}`),
        ...[
          process.execPath,
          '--import',
          dieAtStep,
          join(projectFolder, 'dist', 'regent.mjs'),
          ...args,
        ],
      ]);
    /** The engine asks the registry even where it has the image. */
    const pull = () => terminal.program(['docker', 'pull', image]);
    /** The files in which a text stands. */
    const grep = async (text: string) =>
      (await terminal.program(['grep', '-rl', text, home()])).stdout;
    const copyHome = async (from: string, to: string) => {
      await runOrThrow(['rm', '-rf', to]);
      await runOrThrow(['cp', '-a', from, to]);
    };

    beforeAll(async () => {
      await sharedEngine();
      registry = await sharedRegistry('tls-login');
      image = `${registry.address}/team/hello:1.0`;
      putCertificate('/etc/docker/certs.d', registry);
      user = await createUser();
      keychain = await keychainOf(user);
      terminal = await openTerminal(user, keychain);
    });
    afterAll(async () => {
      await runOrThrow(['rm', '-rf', `/etc/docker/certs.d/${registry.address}`]);
      await keychain.stop();
    });

    /** The home as it is before the command. @returns the login as plain text */
    const begin = async ({ command, config, before }: Scene) => {
      const { address, username, password } = registry;
      await runOrThrow(['rm', '-rf', ...folders()]);
      for (const folder of ['.docker', 'run', 'bin']) mkdirSync(join(home(), folder));
      const auth = Buffer.from(`${username}:${password}`).toString('base64');
      const text = config.replaceAll('ADDRESS', address).replaceAll('PLAIN', auth);
      writeFileSync(configPath(), text);
      await runOrThrow(['chown', '-R', `${user.uid}:${user.gid}`, home()]);
      if (!isImport(command)) {
        const login = JSON.stringify({ ServerURL: address, Username: username, Secret: password });
        const script = join(projectFolder, 'dist', 'docker-credential-regent.mjs');
        await terminal.program([process.execPath, script, 'store'], login);
      }
      for (const args of before) expect(await regent(args)).toMatchObject({ status: 0 });
      await copyHome(home(), template);
      return auth;
    };
    /** What the killed one left: whole files, with which docker works. */
    const expectWhole = async (
      scene: Scene,
      ends: Record<'before' | 'after', readonly (string | undefined)[]>,
      where: string,
    ) => {
      for (const text of texts()) expect(() => JSON.parse(text ?? '{}'), where).not.toThrow();
      const [config] = texts();
      // An import has a moment between its two changes.
      const known = isImport(scene.command) ? [config] : [ends.before[0], ends.after[0]];
      expect(known, where).toContain(config);
      const { status, stderr } = await pull();
      const works = scene.pulls || config === ends.after[0];
      expect({ where, works: status === 0 }, stderr).toEqual({ where, works });
    };

    it.each(scenes)(
      'in the middle of $command leaves docker working, and the next time finishes',
      async (scene) => {
        const auth = await begin(scene);
        const before = texts();
        // Once to its end.
        const counted = join(home(), 'steps');
        const whole = await regent(scene.command, { REGENT_STEPS: counted });
        expect(whole, whole.stdout).toMatchObject({ status: 0 });
        const steps = Number(readFileSync(counted, 'utf8'));
        const after = texts();
        expect(after).not.toEqual(before);
        expect(await pull()).toMatchObject({ status: 0, stderr: '' });
        const files = readdirSync(join(home(), '.docker'));
        expect(steps).toBeGreaterThan(KILLS);

        for (let n = 0; n < KILLS; n += 1) {
          const at = Math.floor((n * steps) / KILLS);
          const where = `step ${at} of ${steps}`;
          await copyHome(template, home());
          const killed = await regent(scene.command, { REGENT_DIE_AT: String(at) });
          expect(killed.status, where).toBe(137);
          await expectWhole(scene, { before, after }, where);

          // A lock that nobody holds any more is taken over after ten seconds; they are waited for once.
          if (n !== 1) await runOrThrow(['find', home(), '-name', '*.lock', '-exec', ...age]);
          expect(await regent(scene.command), where).toMatchObject({ status: 0 });
          expect(texts(), where).toEqual(after);
          expect(readdirSync(join(home(), '.docker')), where).toEqual(files);
          expect(isImport(scene.command) && (await grep(auth)), where).toBeFalsy();
        }
      },
      600_000,
    );
  },
);
