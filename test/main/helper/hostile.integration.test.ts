import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findHelperProgram } from '../../../main/accounts/helper/find-helper-program.ts';
import { putHelper } from '../../../main/accounts/helper/helper-program.ts';
import { distFolder } from '../../../main/build/project.mjs';
import {
  describeUnless,
  type Finished,
  type LabKeychain,
  run,
  startKeychain,
  whyLabMissing,
} from '../../lab/index.ts';
import {
  type HelperUser,
  helperScript,
  makeHelperUser,
  standaloneBuild,
  storeLine,
} from './run-helper.ts';

const why = whyLabMissing(['keychain']) ?? standaloneBuild.why;

describeUnless(why, 'the installed helper in a hostile place', () => {
  let keychain: LabKeychain;
  let user: HelperUser;
  let folder: string;
  /** Written by any foreign code that gets to run. */
  const ran = () => join(folder, 'ran');
  const code = () => join(folder, 'code.js');
  const login = { ServerURL: 'h:1', Username: 'ada', Secret: 'pw' };
  const programs = { standalone: '', launcher: '' };
  const call = (
    program: keyof typeof programs,
    env: NodeJS.ProcessEnv = {},
    action = 'get',
  ): Promise<Finished> =>
    run([programs[program], action], { env: { ...user.env, ...env }, cwd: folder, input: 'h:1\n' });

  beforeAll(async () => {
    keychain = await startKeychain();
    user = makeHelperUser(keychain.env);
    await user.call('store', storeLine('h:1', 'ada', 'pw'));
    folder = join(user.home, 'hostile');
    for (const name of ['standalone', 'launcher'] as const) {
      programs[name] = join(user.home, name, 'docker-credential-regent');
      mkdirSync(join(user.home, name));
    }
    await putHelper(
      programs.standalone,
      await findHelperProgram(distFolder, process.execPath, 'linux'),
    );
    await putHelper(programs.launcher, {
      ...{ kind: 'launcher', node: process.execPath, script: helperScript },
    });
    const keytar = join(folder, 'node_modules', '@github', 'keytar');
    mkdirSync(keytar, { recursive: true });
    const foreign = `require('node:fs').writeFileSync(${JSON.stringify(ran())}, '');\n`;
    for (const path of [code(), join(keytar, 'index.js')]) writeFileSync(path, foreign);
    writeFileSync(join(folder, 'keytar.node'), 'not a library');
    writeFileSync(join(keytar, 'package.json'), '{"name":"@github/keytar","main":"index.js"}');
    writeFileSync(
      join(folder, '.env'),
      `BUN_OPTIONS=--preload=${code()}\nNODE_OPTIONS=--require=${code()}\nREGENT_HOME=${folder}\n`,
    );
    const bunfig = `preload = [${JSON.stringify(code())}]\n`;
    writeFileSync(join(folder, 'bunfig.toml'), bunfig);
    // The user's own is read by Bun as well.
    writeFileSync(join(user.home, '.bunfig.toml'), bunfig);
    writeFileSync(join(folder, 'package.json'), '{"type":"commonjs","main":"code.js"}');
    const paths = '{"compilerOptions":{"baseUrl":".","paths":{"*":["./code.js"]}}}';
    writeFileSync(join(folder, 'tsconfig.json'), paths);
    writeFileSync(
      join(folder, 'openssl.cnf'),
      'nodejs_conf=a\nopenssl_conf=a\n[a]\nproviders=b\n[b]\nc=d\n[d]\nmodule=/x.so\nactivate=1\n',
    );
    writeFileSync(join(folder, 'overrides'), 'override %{x}% with %{y}%\n');
  });
  afterAll(() => keychain?.stop());

  const hostile = (): readonly NodeJS.ProcessEnv[] => [
    {},
    { NODE_OPTIONS: `--require=${code()}` },
    { NODE_OPTIONS: `--import=${code()} --inspect-brk=0` },
    { NODE_PATH: join(folder, 'node_modules') },
    { NODE_REPL_EXTERNAL_MODULE: code() },
    { NODE_COMPILE_CACHE: folder },
    { OPENSSL_CONF: join(folder, 'openssl.cnf'), OPENSSL_MODULES: folder },
    { BUN_OPTIONS: `--preload=${code()}` },
    { BUN_OPTIONS: '--no-such-option' },
    { BUN_BE_BUN: '1' },
    { BUN_INSPECT: 'ws://127.0.0.1:0/x?break=1', BUN_INSPECT_PRELOAD: code() },
    { BUN_INSPECT_CONNECT_TO: `unix://${folder}/socket`, BUN_INSPECT_PRELOAD: code() },
    { BUN_RUNTIME_TRANSPILER_CACHE_PATH: folder, TMPDIR: folder, BUN_TMPDIR: folder },
    { GIO_EXTRA_MODULES: folder, GIO_MODULE_DIR: folder },
  ];

  it.each(['standalone', 'launcher'] as const)(
    'answers as ever and runs no code of others: %s',
    async (program) => {
      for (const env of hostile()) {
        const { status, stdout, stderr } = await call(program, env);
        expect({ env, status, stderr }).toEqual({ env, status: 0, stderr: '' });
        expect(JSON.parse(stdout)).toEqual(login);
      }
      expect(existsSync(ran())).toBe(false);
    },
  );

  it('is no general Bun, whatever it is told or called', async () => {
    const bun = join(folder, 'bun');
    symlinkSync(programs.standalone, bun);
    for (const action of ['run', code(), '--version', `--preload=${code()}`]) {
      const { stdout } = await call('standalone', { BUN_BE_BUN: '1' }, action);
      expect(stdout).toMatch(/^(Unknown credential action|docker-credential-regent)/);
    }
    for (const args of [[code()], ['-e', `require(${JSON.stringify(code())})`], ['run', code()]]) {
      const { status } = await run([bun, ...args], { env: { ...user.env, BUN_BE_BUN: '1' } });
      expect(status).toBe(1);
    }
    expect(existsSync(ran())).toBe(false);
  });

  it('takes no function bodies from a file: such options of the engine are unknown to it', async () => {
    for (const option of ['functionOverrides', 'configFile']) {
      const env = { [`BUN_JSC_${option}`]: join(folder, 'overrides') };
      const { status, stdout, stderr } = await call('standalone', env);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain('invalid JSC environment variable');
      // It never looked into the file.
      expect(stderr).not.toMatch(/SYNTAX|IO ERROR/);
    }
  });

  it('would have noticed: the same trap works in a program that is not protected', async () => {
    await run([process.execPath, helperScript, 'version'], {
      env: { ...user.env, NODE_OPTIONS: `--require=${code()}` },
    });
    expect(existsSync(ran())).toBe(true);
    rmSync(ran());
  });
});
