import { chownSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { itemName, serverKey } from '../../../../main/accounts/server-key.ts';
import { documentOf, errorCodeOf, openTerminal, type Terminal } from '../../../e2e/terminal.ts';
import {
  createUser,
  describeUnless,
  type LabPodman,
  type LabUser,
  putCertificate,
  type RunOptions,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  startPodman,
  whyLabMissing,
} from '../../../lab/index.ts';
import { helperBuilds } from '../../helper/run-helper.ts';

const passphrase = 'correct horse battery';

for (const build of helperBuilds) {
  describeUnless(
    whyLabMissing(['engine', 'podman', 'registry', 'busybox', 'age']) ?? build.why,
    `a server without a keychain, and the helper ${build.name}`,
    () => {
      let registry: SharedRegistry;
      let user: LabUser;
      let terminal: Terminal;
      let tools: LabPodman;
      let image = '';
      const certificates = () => `/etc/docker/certs.d/${registry.address}`;
      const regent = async (args: string, input = '') =>
        terminal.regent([...args.split(' '), '--json'], input);
      const stored = async (args: string, input = '') => {
        const finished = await regent(`accounts ${args}`, input);
        expect(finished).toMatchObject({ status: 0 });
        return documentOf(finished) as { file: { path: string; until: string } };
      };
      const helper = (action: string, input = '') =>
        terminal.program(['docker-credential-regent', action], input);
      const docker = (args: readonly string[], input = '') =>
        terminal.program(['docker', ...args], input);
      const podman = (args: readonly string[], options: RunOptions = {}) => {
        // Podman's own certificates and storage are in the user's real home.
        const { HOME: _, ...env } = terminal.env;
        const dockerConfig = join(terminal.env.HOME ?? '', '.docker');
        return tools.podman(args, { ...options, env: { ...env, DOCKER_CONFIG: dockerConfig } });
      };
      const login = () =>
        docker(
          ['login', registry.address, '-u', registry.username, '--password-stdin'],
          registry.password,
        );
      const forget = () => docker(['rmi', '--force', image]);
      const filesBelow = (folder: string): readonly string[] =>
        readdirSync(folder, { withFileTypes: true, recursive: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name));
      const keyFile = () => join(terminal.regentHome, 'keys', 'logins.key');

      beforeAll(async () => {
        await sharedEngine();
        registry = await sharedRegistry('tls-login');
        image = `${registry.address}/team/hello:1.0`;
        user = await createUser();
        terminal = await openTerminal(user);
        tools = await startPodman({ user });
        putCertificate('/etc/docker/certs.d', registry);
        putCertificate(tools.certsFolder, registry, user);
        const program = join(terminal.env.HOME ?? '', 'bin', 'docker-credential-regent');
        const argv = build.argv.map((word) => `'${word}'`).join(' ');
        writeFileSync(program, `#!/bin/sh\nexec ${argv} "$@"\n`, { mode: 0o755 });
        const config = join(terminal.env.HOME ?? '', '.docker', 'config.json');
        const route = JSON.stringify({ credHelpers: { [registry.address]: 'regent' } });
        await terminal.program(['mkdir', join(config, '..')]);
        await terminal.program(['tee', config], route);
      });
      afterAll(async () => {
        await regent('accounts lock');
        await rm(certificates(), { recursive: true, force: true });
        await rm(tools.certsFolder, { recursive: true, force: true });
        await tools.stop();
      });

      it('keeps nothing until the user has chosen where, and says how', async () => {
        const { status, stderr } = await login();
        expect(status).not.toBe(0);
        expect(stderr).toContain('The system’s keychain cannot be reached');
        expect(stderr).toContain('`regent accounts store file`');
        expect(existsSync(terminal.regentHome) ? filesBelow(terminal.regentHome) : []).toEqual([]);
      });

      it('signs in, pulls with docker and podman, with a key file', async () => {
        await stored(`store file --key-file ${keyFile()}`);
        expect(await login()).toMatchObject({ status: 0 });
        await forget();
        expect(await docker(['pull', image])).toMatchObject({ status: 0 });
        expect(await podman(['pull', image])).toMatchObject({ status: 0 });
        const files = filesBelow(terminal.regentHome);
        expect(files.filter((path) => path.endsWith('.age'))).toHaveLength(1);
        for (const path of files) {
          expect(statSync(path)).toMatchObject({ uid: user.uid });
          expect(statSync(path).mode & 0o777).toBe(0o600);
          expect(readFileSync(path, 'latin1')).not.toContain(registry.password);
        }
      });

      it('is read by age itself, and reads what age wrote', async () => {
        const { file } = await stored('store');
        const [name = ''] = readdirSync(file.path);
        const path = join(file.path, name);
        const age = ['age', '--decrypt', '-i', keyFile(), path];
        const item = itemName(serverKey(registry.address), registry.username);
        expect(JSON.parse((await terminal.program(age)).stdout)).toEqual({
          ...{ name: item, secret: registry.password },
        });
        const shown = await terminal.program(['age-keygen', '-y', keyFile()]);
        const recipient = shown.stdout.trim();
        const text = JSON.stringify({ name: item, secret: 'written by age' });
        const write = ['age', '--encrypt', '-r', recipient, '-o', path];
        expect(await terminal.program(write, text)).toMatchObject({ status: 0 });
        expect(JSON.parse((await helper('get', registry.address)).stdout)).toMatchObject({
          Secret: 'written by age',
        });
        expect(await login()).toMatchObject({ status: 0 });
      });

      it('takes a key file of age-keygen’s', async () => {
        const path = join(terminal.env.HOME ?? '', 'from-age.key');
        await terminal.program(['age-keygen', '-o', path]);
        const text = readFileSync(path, 'utf8');
        await stored(`store file --key-file ${path}`);
        expect(readFileSync(path, 'utf8')).toBe(text);
        expect((await helper('get', registry.address)).stdout).toContain(registry.username);
        await stored(`store file --key-file ${keyFile()}`);
      });

      it('refuses a key file that others can read, own or link to, and docker says so', async () => {
        await terminal.program(['chmod', '644', keyFile()]);
        const got = await helper('get', registry.address);
        expect(got).toMatchObject({ status: 1, stderr: '' });
        expect(got.stdout).toContain('Other users of this machine can read it');
        expect(got.stdout).toContain(`chmod 600 ${keyFile()}`);
        for (const refused of [
          await podman(['pull', image]),
          await docker(['create', '--pull', 'always', image]),
        ]) {
          expect(refused.status).not.toBe(0);
          expect(refused.stderr).toContain(`chmod 600 ${keyFile()}`);
          expect(refused.stderr).not.toContain('AGE-SECRET-KEY');
        }
        await terminal.program(['chmod', '600', keyFile()]);

        const foreign = join(terminal.env.HOME ?? '', 'foreign.key');
        writeFileSync(foreign, readFileSync(keyFile()), { mode: 0o600 });
        chownSync(foreign, 4711, 4711);
        const link = join(terminal.env.HOME ?? '', 'foreign.link');
        await terminal.program(['ln', '-s', keyFile(), link]);
        await import('node:fs/promises').then(({ lchown }) => lchown(link, 4711, 4711));
        for (const path of [foreign, link]) {
          const refused = await regent(`accounts store file --key-file ${path}`);
          expect(errorCodeOf(refused)).toBe('KEY_FILE_INVALID');
        }
        expect((await helper('get', registry.address)).stdout).toContain(registry.username);
      });

      it('is unlocked with a passphrase by a program that outlives the terminal', async () => {
        const chosen = await stored('store file --passphrase-stdin', `${passphrase}\n`);
        expect(chosen).toMatchObject({ kind: 'file', file: { locked: false } });
        await forget();
        expect(await docker(['pull', image])).toMatchObject({ status: 0 });
        expect(await podman(['pull', image])).toMatchObject({ status: 0 });

        const agents = (await terminal.program(['ps', '-u', user.name, '-o', 'args='])).stdout
          .split('\n')
          .filter((line) => line.includes('agent.mjs'));
        expect(agents).toHaveLength(1);
        expect(agents.join()).not.toContain(passphrase);
        const sockets = readdirSync(join(user.runtimeFolder, 'regent'));
        expect(sockets.filter((name) => name.endsWith('.sock'))).toHaveLength(1);
      });

      it('shows in docker and podman that it is locked, and how to unlock it', async () => {
        await stored('lock');
        const sentence = '`regent accounts unlock`';
        const got = await helper('get', registry.address);
        expect(got).toMatchObject({ status: 1, stderr: '' });
        expect(got.stdout).toContain(sentence);
        const run = await docker(['run', '--rm', '--pull', 'always', image]);
        expect(run.status).not.toBe(0);
        expect(run.stderr).toContain('The encrypted logins are locked');
        expect(run.stderr).toContain(sentence);
        expect(await podman(['pull', image]).then(({ stderr }) => stderr)).toContain(sentence);
        // Keeping needs no unlocking.
        expect(await login()).toMatchObject({ status: 0 });

        const wrong = await regent('accounts unlock --passphrase-stdin', 'wrong\n');
        expect(errorCodeOf(wrong)).toBe('PASSPHRASE_WRONG');
        const { file } = await stored('unlock --for 5 --passphrase-stdin', `${passphrase}\n`);
        expect(Date.parse(file.until) - Date.now()).toBeLessThanOrEqual(5 * 60_000);
        expect(await docker(['pull', image])).toMatchObject({ status: 0 });
      });

      it('is locked again when the system clears up after the last session', async () => {
        await rm(join(user.runtimeFolder, 'regent'), { recursive: true });
        expect((await helper('get', registry.address)).stdout).toContain('regent accounts unlock');
        await expect
          .poll(
            async () => (await terminal.program(['ps', '-u', user.name, '-o', 'args='])).stdout,
            { timeout: 10_000 },
          )
          .not.toContain('agent.mjs');
      });
    },
  );
}
