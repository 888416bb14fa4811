import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { targets } from '../../../main/build/targets.ts';
import { createElevation } from '../../../main/platform/elevation.ts';
import { runProcess } from '../../../main/platform/run-process.ts';
import { userPlaces } from '../../../main/trust/targets/user-places.ts';
import { createTrust } from '../../../main/trust/trust.ts';
import {
  allowSudo,
  asUser,
  describeWithLab,
  type LabUser,
  labFolder,
  runOrThrow,
  sharedRegistry,
  snapshotTree,
  startPolkit,
  userEnvironment,
} from '../../lab/index.ts';

const CERTS_D = '/etc/docker/certs.d';

describeWithLab(
  'the elevated step, called by an ordinary user',
  ['registry', 'polkit', 'sudo'],
  () => {
    let user: LabUser;
    let elevated: string;

    beforeAll(async () => {
      user = await startPolkit();
      // The very file that is shipped, built where nobody but root can change it.
      elevated = join(mkdtempSync(join(labFolder, 'step-')), 'elevated.mjs');
      const target = targets.find(({ output }) => output === 'elevated.mjs');
      await build({ ...target?.options, outfile: elevated, write: true });
      await runOrThrow(['chmod', '-R', 'a+rX', join(elevated, '..')]);
    });
    afterEach(() => rmSync(CERTS_D, { recursive: true, force: true }));

    /** Regent in this process, which is root, but whose ways up start as the user, and which may not write itself. */
    const regentOf = async (env: NodeJS.ProcessEnv, code: string | null = null) => {
      const data = mkdtempSync(join(labFolder, 'data-'));
      const options = {
        terminal: false,
        env,
        program: { node: process.execPath, script: elevated, code },
      };
      const elevate = createElevation({
        ...options,
        run: (file, args, runOptions) => {
          const [command = '', ...rest] = asUser(user, [file, ...args]);
          const environment = { ...userEnvironment(user), ...env };
          return runProcess(`/usr/bin/${command}`, rest, { ...runOptions, env: environment });
        },
      });
      return createTrust({
        places: await userPlaces({}, 'linux', { home: data, dockerConfig: data, data }),
        path: '',
        clock: { now: () => Date.now() },
        elevate,
        mayWrite: async () => false,
      });
    };

    it.each([
      ['pkexec', { DISPLAY: ':0' }, async (): Promise<unknown> => undefined],
      ['sudo', {}, allowSudo],
    ])(
      'writes and takes back through %s, as root and by its own paths',
      async (_, env, prepare) => {
        await prepare();
        const { address, caPem, caSha256 } = await sharedRegistry('tls-open');
        const before = snapshotTree('/etc/docker');
        const trust = await regentOf(env);
        const plan = await trust.plan({ address, pem: caPem });
        expect(plan.consumers[0]).toMatchObject({ id: 'docker-engine', elevated: true });
        await trust.apply(plan.planId);
        const path = `${CERTS_D}/${address}/regent-${caSha256.slice(0, 16)}.crt`;
        expect(snapshotTree(path)[0]).toMatch(/^file 644 0:0 /);
        expect(snapshotTree(`${CERTS_D}/${address}`)[0]).toMatch(/^folder 755 0:0 /);
        await trust.revoke({ address });
        expect(snapshotTree('/etc/docker')).toEqual(before);
      },
    );

    it('is handed over where its file could be changed by others until then', async () => {
      const { address, caPem } = await sharedRegistry('tls-open');
      const before = snapshotTree('/etc/docker');
      const code = readFileSync(elevated, 'utf8');
      const trust = await regentOf({ DISPLAY: ':0' }, code);
      renameSync(elevated, `${elevated}.gone`);
      const { planId } = await trust.plan({ address, pem: caPem });
      await trust.apply(planId);
      expect(await trust.list()).toMatchObject([{ address, drift: [] }]);
      await trust.revoke({ address });
      renameSync(`${elevated}.gone`, elevated);
      expect(snapshotTree('/etc/docker')).toEqual(before);
    });

    it('refuses what is not safe, and changes nothing then', async () => {
      const { address, caPem } = await sharedRegistry('tls-open');
      const trust = await regentOf({ DISPLAY: ':0' });
      const consumers = ['docker-engine' as const];
      const { planId } = await trust.plan({ address, pem: caPem, consumers });
      mkdirSync(CERTS_D);
      writeFileSync(join(CERTS_D, address), 'a file');
      const before = snapshotTree('/etc/docker');
      await expect(trust.apply(planId)).rejects.toMatchObject({
        code: 'TRUST_TARGET_UNSAFE',
        data: { path: join(CERTS_D, address), reason: 'notAFolder' },
      });
      expect(snapshotTree('/etc/docker')).toEqual(before);
    });

    it('answers anything but its own requests with a refusal', async () => {
      const stray = { apply: [{ consumer: 'regent', wish: {} }], takeBack: [] };
      for (const input of ['', '{}', '[]', '{"apply":[]}', JSON.stringify(stray)]) {
        const { stdout } = await runProcess(process.execPath, [elevated], { input });
        expect(JSON.parse(stdout)).toEqual({ ok: false, invalid: 'request' });
      }
      expect(existsSync(CERTS_D)).toBe(false);
    });
  },
);
