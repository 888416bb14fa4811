import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHelperInstall } from '../../../../main/accounts/helper/helper-install.ts';
import type { HelperProgram } from '../../../../main/accounts/helper/helper-program.ts';
import { runProcess } from '../../../../main/platform/run-process.ts';
import type { FoundLogin } from '../../../../shared/model/found-login.ts';
import { machineOf } from './machine-of.ts';

const NAME = 'docker-credential-regent';
let root: string;
let home: string;
let bin: string;
let config: string;
let script: string;

interface More {
  readonly isRoot?: boolean;
  readonly program?: HelperProgram;
  readonly env?: NodeJS.ProcessEnv;
  readonly found?: readonly FoundLogin[];
}

/** Opens the installation as a user whose PATH has these folders. */
function open(path: readonly string[], more: More = {}) {
  return createHelperInstall({
    paths: { data: join(root, 'data'), dockerConfig: join(home, '.docker') },
    installer: {
      home,
      path: path.join(':'),
      isRoot: more.isRoot ?? false,
      systemFolder: join(root, 'usr-local-bin'),
    },
    program: more.program ?? { kind: 'launcher', node: process.execPath, script },
    listAddresses: async () => ['h:1', 'docker.io'],
    findLogins: async () => more.found ?? [],
    machine: machineOf(more.env ?? {}),
    settleMs: 0,
  });
}

beforeEach(async () => {
  // Not in the temporary folder, where no helper is ever put.
  root = await mkdtemp(join(homedir(), '.regent-test-'));
  home = join(root, 'ho me');
  bin = join(home, '.local', 'bin');
  config = join(home, '.docker', 'config.json');
  script = join(root, `it's a script.mjs`);
  await mkdir(home);
  await writeFile(
    script,
    `#!${process.execPath}\nconsole.log(JSON.stringify([process.argv.slice(2), process.env.NODE_OPTIONS]))`,
  );
});
afterEach(() => rm(root, { recursive: true }));

describe('installing the helper', () => {
  it('puts it into ~/.local/bin and routes the registries with an account', async () => {
    const status = await open([bin]).helperInstall();
    expect(status).toEqual({
      installed: true,
      path: join(bin, NAME),
      configPath: config,
      routes: ['h:1', 'https://index.docker.io/v1/'],
      others: [],
      isDefault: false,
      reach: [
        { address: 'h:1', program: 'docker', finds: 'regent', helper: 'regent' },
        { address: 'docker.io', program: 'docker', finds: 'regent', helper: 'regent' },
      ],
      problems: [],
      repairs: [],
    });
    expect(await open([bin]).helperStatus()).toEqual(status);
    expect(await open([bin]).helperInstall()).toEqual(status);
  });

  it('takes everything away again', async () => {
    await open([bin]).helperInstall(['h:1']);
    expect(await open([bin]).helperUninstall()).toMatchObject({
      installed: false,
      path: null,
      routes: [],
      problems: [],
    });
    expect(await readdir(home)).toEqual([]);
  });

  it('starts the script whatever the caller’s environment says', async () => {
    await open([bin]).helperInstall();
    const { stdout, stderr } = await runProcess(join(bin, NAME), ['get', 'a b'], {
      env: { ...process.env, NODE_OPTIONS: '--require=/nowhere.js' },
    });
    expect({ stdout, stderr }).toEqual({ stdout: '[["get","a b"],null]\n', stderr: '' });
  });

  it('uses another folder of the user’s own when ~/.local/bin is not on the PATH', async () => {
    const [npm, shared, own] = ['node_modules/.bin', 'shared', 'tools'].map((name) =>
      join(root, name),
    );
    for (const folder of [npm, shared, own]) await mkdir(folder as string, { recursive: true });
    await chmod(shared as string, 0o777);
    const status = await open([npm, 'relative', '', shared, own] as string[]).helperInstall();
    expect(status.path).toBe(join(own as string, NAME));
  });

  it('uses /usr/local/bin for root', async () => {
    const system = join(root, 'usr-local-bin');
    const status = await open([bin, system], { isRoot: true }).helperInstall();
    expect(status.path).toBe(join(system, NAME));
  });

  it('says which folder to add to the PATH, and routes nothing until it is there', async () => {
    const missing = { code: 'HELPER_NOT_ON_PATH', data: { directory: bin } };
    await expect(open([]).helperInstall()).rejects.toMatchObject(missing);
    expect(await open([]).helperStatus()).toMatchObject({
      installed: true,
      routes: [],
      problems: [missing],
    });
    expect((await open([bin]).helperInstall()).problems).toEqual([]);
  });

  it('never writes over somebody else’s program, and finds one that stands before', async () => {
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, NAME), '#!/bin/sh\n');
    await chmod(join(bin, NAME), 0o755);
    const foreign = { code: 'HELPER_FOREIGN', data: { path: join(bin, NAME) } };
    await expect(open([bin]).helperInstall()).rejects.toMatchObject(foreign);
    await chmod(join(bin, NAME), 0o644);
    await expect(open([bin]).helperInstall()).rejects.toMatchObject(foreign);
    await chmod(join(bin, NAME), 0o755);
    expect((await open([bin]).helperStatus()).problems).toMatchObject([foreign]);
    await open([bin]).helperUninstall();
    expect(await readFile(join(bin, NAME), 'utf8')).toBe('#!/bin/sh\n');
  });

  it('leaves a registry to the helper it already has, and says so', async () => {
    await mkdir(join(home, '.docker'));
    await mkdir(bin, { recursive: true });
    await copyFile('/bin/true', join(bin, 'docker-credential-gcr'));
    await writeFile(config, '{"credHelpers":{"h:1":"gcr"}}');
    const status = await open([bin]).helperInstall();
    expect(status.routes).toEqual(['https://index.docker.io/v1/']);
    expect(status.problems).toEqual([
      { code: 'HELPER_ROUTE_TAKEN', data: { address: 'h:1', helper: 'gcr' } },
    ]);
  });

  it('installs nothing when config.json is damaged', async () => {
    await mkdir(join(home, '.docker'));
    await writeFile(config, '{');
    const damaged = { code: 'DOCKER_CONFIG_INVALID', data: { path: config } };
    await expect(open([bin]).helperInstall()).rejects.toMatchObject(damaged);
    expect(await readdir(home)).toEqual(['.docker']);
    expect(await open([bin]).helperStatus()).toMatchObject({ routes: [], problems: [damaged] });
  });

  it('notices that the helper is gone while docker is still sent to it, and mends that', async () => {
    await open([bin]).helperInstall();
    await rm(join(bin, NAME));
    const gone = { code: 'HELPER_MISSING', data: { path: join(bin, NAME) } };
    expect(await open([bin]).helperStatus()).toMatchObject({ installed: false, problems: [gone] });
    expect((await open([bin]).helperInstall()).problems).toEqual([]);
  });

  it('notices that what the launcher starts is gone', async () => {
    await open([bin]).helperInstall();
    await rm(script);
    expect((await open([bin]).helperStatus()).problems).toEqual([
      { code: 'HELPER_MISSING', data: { path: script } },
    ]);
  });

  it('links to an executable, knows it again, and moves the link when the PATH has changed', async () => {
    const program: HelperProgram = { kind: 'executable', path: '/bin/true', script };
    const other = join(home, 'bin');
    await open([bin], { program }).helperInstall();
    const moved = await open([other], { program }).helperInstall();
    expect(moved).toMatchObject({ path: join(other, NAME), problems: [] });
    expect(await readdir(home)).toEqual(['.docker', 'bin']);
    await open([other], { program }).helperUninstall();
    expect(await readdir(home)).toEqual([]);
  });

  it('puts the link over its launcher, and the launcher over its link', async () => {
    const program: HelperProgram = { kind: 'executable', path: '/bin/true', script };
    await open([bin]).helperInstall();
    expect((await open([bin], { program }).helperInstall()).problems).toEqual([]);
    expect(await readlink(join(bin, NAME))).toBe('/bin/true');
    expect((await open([bin]).helperInstall()).problems).toEqual([]);
    expect(await readFile(join(bin, NAME), 'utf8')).toContain(process.execPath);
    await open([bin]).helperUninstall();
    expect(await readdir(home)).toEqual([]);
  });

  it('notices that its link leads nowhere, as after the app was moved, and mends that', async () => {
    const at = (path: string): { program: HelperProgram } => ({
      program: { kind: 'executable', path, script },
    });
    const [old, moved] = [join(root, 'old'), join(root, 'moved')];
    await copyFile('/bin/true', old);
    await open([bin], at(old)).helperInstall();
    await rename(old, moved);
    expect((await open([bin], at(moved)).helperStatus()).problems).toEqual([
      { code: 'HELPER_MISSING', data: { path: old } },
    ]);
    expect((await open([bin], at(moved)).helperInstall()).problems).toEqual([]);
    expect(await readlink(join(bin, NAME))).toBe(moved);
  });

  it('is content with the link that npm makes for a global package', async () => {
    await mkdir(bin, { recursive: true });
    await chmod(script, 0o755);
    await symlink(script, join(bin, NAME));
    const executable: HelperProgram = { kind: 'executable', path: '/bin/true', script };
    for (const more of [{}, { program: executable }]) {
      expect((await open([bin], more).helperInstall()).problems).toEqual([]);
    }
    await open([bin]).helperUninstall();
    expect(await readdir(bin)).toEqual([NAME]);
  });
});
