import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findHelperProgram } from '../../../main/accounts/helper/find-helper-program.ts';
import { putHelper } from '../../../main/accounts/helper/helper-program.ts';
import { distFolder } from '../../../main/build/project.mjs';
import {
  describeUnless,
  type Finished,
  type LabKeychain,
  labFolder,
  run,
  startKeychain,
  whyLabMissing,
} from '../../lab/index.ts';
import {
  type HostilePlace,
  makeHostilePlace,
  makeOrdinaryPrograms,
  type OrdinaryPrograms,
  runOrdinary,
} from './hostile-place.ts';
import { hostileVariables } from './hostile-variables.ts';
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
  let place: HostilePlace;
  const login = { ServerURL: 'h:1', Username: 'ada', Secret: 'pw' };
  const programs = { standalone: '', launcher: '' };
  const call = (
    program: keyof typeof programs,
    env: NodeJS.ProcessEnv = {},
    action = 'get',
  ): Promise<Finished> =>
    run([programs[program], action], {
      ...{ env: { ...user.env, ...env }, cwd: place.folder, input: 'h:1\n' },
    });

  beforeAll(async () => {
    keychain = await startKeychain();
    user = makeHelperUser(keychain.env);
    await user.call('store', storeLine('h:1', 'ada', 'pw'));
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
    place = makeHostilePlace(join(user.home, 'hostile'));
    // Bun’s package manager reads the user’s own, too.
    writeFileSync(join(user.home, '.bunfig.toml'), place.traps['bunfig.toml'] ?? '');
  });
  afterAll(() => keychain?.stop());

  it.each(['standalone', 'launcher'] as const)(
    'answers as ever and runs no code of others: %s',
    async (program) => {
      for (const { env } of [{ env: {} }, ...hostileVariables(place)]) {
        const { status, stdout, stderr } = await call(program, env);
        expect({ env, status, stderr }).toEqual({ env, status: 0, stderr: '' });
        expect(JSON.parse(stdout)).toEqual(login);
        expect({ env, ran: place.hasRun() }).toEqual({ env, ran: false });
      }
    },
  );

  it('is no general Bun, whatever it is told or called', async () => {
    const { code, folder } = place;
    const bun = join(folder, 'bun');
    symlinkSync(programs.standalone, bun);
    for (const action of ['run', code, '--version', `--preload=${code}`]) {
      const { stdout } = await call('standalone', { BUN_BE_BUN: '1' }, action);
      expect(stdout).toMatch(/^(Unknown credential action|docker-credential-regent)/);
    }
    for (const args of [[code], ['-e', `require(${JSON.stringify(code)})`], ['run', code]]) {
      const { status } = await run([bun, ...args], { env: { ...user.env, BUN_BE_BUN: '1' } });
      expect(status).toBe(1);
    }
    expect(place.hasRun()).toBe(false);
  });

  it('takes no function bodies from a file: such options of the engine are unknown to it', async () => {
    for (const option of ['functionOverrides', 'configFile']) {
      const env = { [`BUN_JSC_${option}`]: join(place.folder, 'overrides') };
      const { status, stdout, stderr } = await call('standalone', env);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain('invalid JSC environment variable');
      // It never looked into the file.
      expect(stderr).not.toMatch(/SYNTAX|IO ERROR/);
    }
  });
});

describeUnless(why, 'the same hostile place, for programs without care', () => {
  let ordinary: OrdinaryPrograms;
  const newFolder = () => mkdtempSync(join(labFolder, 'hostile-'));

  beforeAll(async () => {
    ordinary = await makeOrdinaryPrograms();
  });

  it.each(['node', 'bun', 'compiled'] as const)('harms none by itself: %s', async (program) => {
    const place = makeHostilePlace(newFolder(), 'none');
    expect(await runOrdinary(ordinary[program], place.folder, {})).toMatchObject({ status: 0 });
    expect(place.hasRun()).toBe(false);
  });

  it('works by each variable, but for those of which it is said why that can’t be shown', async () => {
    const place = makeHostilePlace(newFolder(), join('node_modules', '@github', 'keytar'));
    // Where nothing but the variable leads to it.
    const elsewhere = newFolder();
    for (const { env, control } of hostileVariables(place)) {
      if (typeof control === 'string') continue;
      const { program, args = [], shows } = control;
      const argv = [...ordinary[program], ...args];
      const finished = await runOrdinary(argv, elsewhere, control.env ?? env);
      const works = shows === undefined ? place.hasRun() : shows(finished);
      expect({ env, works }, finished.stderr).toEqual({ env, works: true });
    }
  });

  describe('works by a file alone', () => {
    it.each([
      ['bunfig.toml', 'compiled'],
      [join('node_modules', '@github', 'keytar'), 'compiled'],
      ['tsconfig.json', 'bun'],
    ] as const)('%s, on a program that is %s', async (trap, program) => {
      const place = makeHostilePlace(newFolder(), trap);
      await runOrdinary(ordinary[program], place.folder, {});
      expect(place.hasRun()).toBe(true);
    });

    it('.env, which changes where a program looks', async () => {
      const { folder } = makeHostilePlace(newFolder(), '.env');
      for (const program of ['compiled', 'bun'] as const) {
        const { stdout } = await runOrdinary(ordinary[program], folder, {});
        expect(stdout).toBe(`${folder}\n`);
      }
    });

    it('of function bodies, which an engine looks into', async () => {
      const { folder } = makeHostilePlace(newFolder(), 'none');
      const env = { BUN_JSC_functionOverrides: join(folder, 'overrides') };
      const { stderr } = await runOrdinary(ordinary.compiled, folder, env);
      expect(stderr).toContain('SYNTAX');
    });
  });
});
