import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { createElevation } from '../../../main/platform/elevation.ts';
import { runProcess } from '../../../main/platform/run-process.ts';
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
      await runOrThrow([
        ...['node_modules/.bin/esbuild', 'main/trust/elevated/main.ts', '--bundle'],
        ...['--platform=node', '--format=esm', '--target=node20', `--outfile=${elevated}`],
      ]);
      await runOrThrow(['chmod', '-R', 'a+rX', join(elevated, '..')]);
    });
    afterEach(() => rmSync(CERTS_D, { recursive: true, force: true }));

    /** Regent in this process, which is root, but whose ways up start as the user, and which may not write itself. */
    const regentOf = (env: NodeJS.ProcessEnv) => {
      const data = mkdtempSync(join(labFolder, 'data-'));
      const options = { terminal: false, env, program: [process.execPath, elevated] };
      const elevate = createElevation({
        ...options,
        run: (file, args, runOptions) => {
          const [command = '', ...rest] = asUser(user, [file, ...args]);
          const environment = { ...userEnvironment(user), ...env };
          return runProcess(`/usr/bin/${command}`, rest, { ...runOptions, env: environment });
        },
      });
      return createTrust({
        paths: { data, dockerCertsD: CERTS_D },
        clock: { now: () => Date.now() },
        elevate,
        isWritable: async () => false,
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
        const trust = regentOf(env);
        const plan = await trust.plan({ address, pem: caPem });
        expect(plan.consumers[0]).toMatchObject({ id: 'docker-engine', elevated: true });
        await trust.apply(plan.planId);
        const path = `${CERTS_D}/${address}/regent-${caSha256.slice(0, 16)}.crt`;
        expect(snapshotTree(path)[0]).toMatch(/^file 644 0:0 /);
        expect(snapshotTree(`${CERTS_D}/${address}`)[0]).toMatch(/^folder 755 0:0 /);
        await trust.revoke(address);
        expect(snapshotTree('/etc/docker')).toEqual(before);
      },
    );

    it('refuses what is not safe, and changes nothing then', async () => {
      const { address, caPem } = await sharedRegistry('tls-open');
      const trust = regentOf({ DISPLAY: ':0' });
      const { planId } = await trust.plan({ address, pem: caPem });
      mkdirSync(CERTS_D);
      writeFileSync(join(CERTS_D, address), 'a file');
      const before = snapshotTree('/etc/docker');
      await expect(trust.apply(planId)).rejects.toMatchObject({
        code: 'TRUST_TARGET_UNSAFE',
        data: { path: join(CERTS_D, address), reason: 'notAFolder' },
      });
      expect(snapshotTree('/etc/docker')).toEqual(before);
    });

    it('answers anything but its two requests with a refusal', async () => {
      for (const input of ['', '{}', '[]', '{"verb":"put-certificates","address":"../x"}']) {
        const { stdout } = await runProcess(process.execPath, [elevated], { input });
        expect(JSON.parse(stdout)).toMatchObject({ ok: false, reason: 'invalid-request' });
      }
      expect(existsSync(CERTS_D)).toBe(false);
    });
  },
);
