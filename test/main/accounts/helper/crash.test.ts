import { existsSync, readFileSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createHelperInstall,
  type HelperInstall,
} from '../../../../main/accounts/helper/helper-install.ts';
import { snapshotTree } from '../../../lab/snapshot-tree.ts';
import { machineOf } from './machine-of.ts';

const crash = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));

vi.mock('node:fs/promises', async (importOriginal) => {
  const { dyingDisk } = await import('../../../fakes/dying-disk.ts');
  return dyingDisk(await importOriginal(), crash);
});

/** A person's home, in which an operation is cut off. */
interface Scene {
  readonly name: string;
  readonly config: string | null;
  readonly auth: string | null;
  readonly run: (install: HelperInstall) => Promise<unknown>;
}

const route = (install: HelperInstall) => install.helperInstall();
const scenes: readonly Scene[] = [
  { name: 'installs where nothing is', config: null, auth: null, run: route },
  {
    name: 'installs beside settings',
    config: '{\n  "auths": {"x": {"auth": "YTpi"}}\n}\n',
    auth: '{"auths": {}}\n',
    run: route,
  },
  {
    name: 'becomes the default',
    config: '{"credsStore": "ok",\r\n "credHelpers": {"h:2": "ok"}}',
    auth: '{}',
    run: (install) => install.helperInstall(undefined, true),
  },
  {
    name: 'repairs',
    config: '{"credHelpers": {"h:1": "gone", "x": "gone"}, "credsStore": "gone"}\n',
    auth: '{"credHelpers":{"h:1":"gone"},"auths":{"docker.io":{"auth":"YTpi"}}}',
    run: (install) => install.helperRepair(),
  },
];

describe('a Regent that dies', () => {
  let root: string;
  let data: string;
  let home: string;
  const configPath = () => join(home, '.docker', 'config.json');
  const authPath = () => join(home, 'run', 'containers', 'auth.json');
  const textAt = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : null);
  const texts = () => [configPath(), authPath()].map(textAt);

  beforeEach(async () => {
    // Not in the temporary folder, where no helper is ever put.
    root = await mkdtemp(join(homedir(), '.regent-test-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const open = () => {
    const tools = join(home, 'tools');
    const path = `${join(home, '.local', 'bin')}:${tools}`;
    const machine = machineOf({ XDG_RUNTIME_DIR: join(home, 'run') });
    return createHelperInstall({
      paths: { data, dockerConfig: join(home, '.docker') },
      installer: { home, path, isRoot: false, systemFolder: '/nowhere' },
      program: { kind: 'executable', path: '/bin/true', script: '/nowhere' },
      listAddresses: async () => ['h:1', 'docker.io'],
      findLogins: async () => [],
      machine: { ...machine, run: async () => ({ status: 0, stdout: '{}', stderr: '' }) },
      settleMs: 0,
    });
  };

  const make = async ({ config, auth }: Scene, at: number) => {
    home = join(root, `home-${at}`);
    data = join(root, `data-${at}`);
    const tools = join(home, 'tools');
    await mkdir(tools, { recursive: true });
    await mkdir(join(home, 'run'));
    for (const name of ['podman', 'docker-credential-ok']) {
      await copyFile('/bin/true', join(tools, name));
    }
    await chmod(tools, 0o555);
    for (const [path, text] of [[configPath(), config] as const, [authPath(), auth] as const]) {
      if (text === null) continue;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text, { mode: 0o640 });
    }
    return snapshotTree(home);
  };

  /** Lets the work die at that step; whether it died. */
  const dieAt = async (at: number, work: () => Promise<unknown>) => {
    crash.left = at;
    const failure: unknown = await work().then(
      () => undefined,
      (error: unknown) => error,
    );
    // A death that the work passed over is one, too; an error of somebody alive is a fault.
    const died = crash.left < 0;
    crash.left = Number.POSITIVE_INFINITY;
    if (!died && failure !== undefined) throw failure;
    return died;
  };

  it.each(scenes)(
    'while it $name leaves whole files, a way on and a way back',
    async (scene) => {
      await make(scene, -1);
      const before = texts();
      await scene.run(open());
      const after = texts();
      expect(after).not.toEqual(before);
      let steps = 0;
      for (let died = true; died; steps += 1) {
        const untouched = await make(scene, steps);
        died = await dieAt(steps, () => scene.run(open()));
        for (const [n, text] of texts().entries()) {
          expect([before[n], after[n]], `step ${steps}`).toContain(text);
        }
        if (steps % 2 === 1) {
          await scene.run(open());
          expect(texts(), `step ${steps}, on`).toEqual(after);
        }
        // Every third time the way back is cut off, too.
        if (steps % 3 === 2) await dieAt(steps % 23, () => open().helperUninstall());
        await open().helperUninstall();
        expect(snapshotTree(home), `step ${steps}, back`).toEqual(untouched);
      }
      expect(steps).toBeGreaterThan(20);
    },
    120_000,
  );

  it.each(scenes)(
    'while it takes back that it $name leaves whole files, and can do it again',
    async (scene) => {
      await make(scene, -1);
      const before = texts();
      await scene.run(open());
      const after = texts();
      let steps = 0;
      for (let died = true; died; steps += 1) {
        const untouched = await make(scene, steps);
        await scene.run(open());
        died = await dieAt(steps, () => open().helperUninstall());
        for (const [n, text] of texts().entries()) {
          expect([before[n], after[n]], `step ${steps}`).toContain(text);
        }
        await open().helperUninstall();
        expect(snapshotTree(home), `step ${steps}`).toEqual(untouched);
      }
      expect(steps).toBeGreaterThan(10);
    },
    120_000,
  );
});
