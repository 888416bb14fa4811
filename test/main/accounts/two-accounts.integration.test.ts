import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documentOf, keychainOf, openTerminal, type Terminal } from '../../e2e/terminal.ts';
import {
  changeUsers,
  createUser,
  describeWithLab,
  type LabKeychain,
  type LabPodman,
  type LabRegistry,
  type LabTokenRegistry,
  type LabUser,
  putCertificate,
  type RegistryFacts,
  seedImages,
  sharedEngine,
  startPodman,
  startRegistry,
  startTokenRegistry,
  usersServed,
} from '../../lab/index.ts';

/** A person with docker, podman and Regent, and one registry that all of them trust. */
async function settle(registry: Pick<RegistryFacts, 'address' | 'caPem'>) {
  await sharedEngine();
  const user: LabUser = await createUser();
  const keychain: LabKeychain = await keychainOf(user);
  const terminal: Terminal = await openTerminal(user, keychain);
  const tools: LabPodman = await startPodman({ user });
  const { address } = registry;
  const image = `${address}/team/hello:1.0`;
  putCertificate('/etc/docker/certs.d', registry);
  putCertificate(tools.certsFolder, registry, user);
  await terminal.regent(['trust', address, '--tofu', '--consumer', 'regent']);
  const env: NodeJS.ProcessEnv = {
    ...keychain.env,
    PATH: terminal.env.PATH,
    REGENT_HOME: terminal.regentHome,
    DOCKER_CONFIG: join(terminal.env.HOME ?? '', '.docker'),
  };
  const docker = (args: readonly string[], input = '') =>
    terminal.program(['docker', ...args], input);
  return {
    regent: terminal.regent,
    docker,
    dockerPull: async () => {
      await docker(['rmi', '--force', image]);
      return docker(['pull', image]);
    },
    podmanPull: () => tools.podman(['pull', image], { env }),
    login: (username: string, password: string) =>
      terminal.regent(['login', address, '-u', username, '--password-stdin'], password),
    use: (username: string) => terminal.regent(['accounts', 'use', address, username]),
    /** Name to what is told of that account. */
    accounts: async (...options: readonly string[]) => {
      const { accounts } = documentOf(await terminal.regent(['accounts', '--json', ...options]));
      return Object.fromEntries(
        (accounts as readonly Record<string, unknown>[]).map((one) => [one.username, one]),
      );
    },
    leave: async () => {
      await terminal.regent(['helper', 'uninstall']);
      for (const folder of ['/etc/docker/certs.d', tools.certsFolder]) {
        rmSync(join(folder, address), { recursive: true, force: true });
      }
      await tools.stop();
      await keychain.stop();
    },
  };
}
type Person = Awaited<ReturnType<typeof settle>>;

const parts = ['engine', 'podman', 'registry', 'keychain', 'busybox', 'nginx'] as const;

describeWithLab('two accounts for a registry with tokens', parts, () => {
  let registry: LabTokenRegistry;
  let person: Person;
  /** Who got tokens for what follows. */
  const watch = () => {
    const before = registry.asked().length;
    return () =>
      new Set(
        registry
          .asked()
          .slice(before)
          .map(({ account }) => account),
      );
  };

  beforeAll(async () => {
    registry = await startTokenRegistry({ prepare: seedImages });
    person = await settle(registry);
    for (const { username, password } of [registry, registry.reader]) {
      expect(await person.login(username, password)).toMatchObject({ status: 0 });
    }
    expect(await person.regent(['helper', 'install'])).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await person.leave();
    await registry.stop();
  });

  it('docker, podman and Regent are whom the person chose', async () => {
    for (const name of ['rita', 'ada', 'rita']) {
      expect(await person.use(name)).toMatchObject({ status: 0 });
      const asked = watch();
      expect(await person.dockerPull()).toMatchObject({ status: 0, stderr: '' });
      expect(await person.podmanPull()).toMatchObject({ status: 0 });
      const tags = await person.regent(['tags', `${registry.address}/team/hello`]);
      expect(tags).toMatchObject({ status: 0 });
      expect(asked()).toEqual(new Set([name]));
    }
  });

  it('docker logout forgets the one in use, and makes nobody the other', async () => {
    await person.use('rita');
    expect(await person.docker(['logout', registry.address])).toMatchObject({ status: 0 });
    expect(await person.accounts()).toEqual({ ada: expect.objectContaining({ inUse: false }) });
    expect((await person.dockerPull()).status).not.toBe(0);
    await person.use('ada');
    expect(await person.dockerPull()).toMatchObject({ status: 0, stderr: '' });
  });

  it('docker login puts its identity token in use, beside the password', async () => {
    const { address, username, password } = registry;
    const args = ['login', address, '-u', username, '--password-stdin'];
    expect(await person.docker(args, password)).toMatchObject({ status: 0 });
    expect(await person.accounts()).toEqual({
      ada: expect.objectContaining({ inUse: false, kind: 'password' }),
      '<token>': expect.objectContaining({ inUse: true, kind: 'identity-token' }),
    });
    const tags = await person.regent(['tags', `${address}/team/hello`]);
    expect(tags).toMatchObject({ status: 0 });
    expect(registry.asked().at(-1)).toMatchObject({ way: 'refresh_token', account: 'ada' });
  });

  it('an identity token that was revoked is noticed, and mended by docker login', async () => {
    registry.change({ generation: 2 });
    const tags = await person.regent(['tags', `${registry.address}/team/hello`, '--json']);
    expect(tags.stdout).toContain('IDENTITY_TOKEN_REJECTED');
    expect((await person.accounts())['<token>']).toMatchObject({
      workedAt: expect.any(String),
      refusedAt: expect.any(String),
    });
    const { address, username, password } = registry;
    await person.docker(['login', address, '-u', username, '--password-stdin'], password);
    const renewed = { inUse: true, workedAt: null, refusedAt: null };
    expect((await person.accounts())['<token>']).toMatchObject(renewed);
    const checked = (await person.accounts('--check'))['<token>'];
    expect(checked).toMatchObject({ workedAt: expect.any(String), refusedAt: null });
  });
});

describeWithLab('two accounts for a registry with passwords', parts, () => {
  let registry: LabRegistry;
  let person: Person;
  const passwords = { ada: 'analytical', bob: 'builder' };
  /** Who was served for what follows. */
  const watch = () => {
    const before = usersServed(registry).length;
    return () => new Set(usersServed(registry).slice(before));
  };

  beforeAll(async () => {
    registry = await startRegistry('nginx-login');
    await seedImages(registry);
    await changeUsers(registry, passwords);
    person = await settle(registry);
    for (const [username, password] of Object.entries(passwords)) {
      expect(await person.login(username, password)).toMatchObject({ status: 0 });
    }
    expect(await person.regent(['helper', 'install'])).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await person.leave();
    await registry.stop();
  });

  it('docker and podman are whom the person chose', async () => {
    for (const name of ['bob', 'ada']) {
      await person.use(name);
      const served = watch();
      expect(await person.dockerPull()).toMatchObject({ status: 0, stderr: '' });
      expect(await person.podmanPull()).toMatchObject({ status: 0 });
      expect(served()).toEqual(new Set([name]));
    }
  });

  it('nothing is kept that the registry did not take', async () => {
    const before = await person.accounts();
    expect((await person.login('ada', 'wrong')).status).toBe(4);
    expect((await person.login('eve', 'wrong')).status).toBe(4);
    expect(await person.accounts()).toEqual(before);
    expect(await person.dockerPull()).toMatchObject({ status: 0 });
  });

  it('a password that was changed there is noticed where it hurts, and forgotten with the new one', async () => {
    await person.use('bob');
    await changeUsers(registry, { ...passwords, bob: 'another' });
    expect((await person.regent(['ls', registry.address])).status).toBe(4);
    expect((await person.accounts()).bob).toMatchObject({ refusedAt: expect.any(String) });
    expect((await person.accounts()).ada).toMatchObject({ refusedAt: null });
    expect((await person.dockerPull()).status).not.toBe(0);
    expect(await person.login('bob', 'another')).toMatchObject({ status: 0 });
    const works = { inUse: true, workedAt: expect.any(String), refusedAt: null };
    expect((await person.accounts()).bob).toMatchObject(works);
    expect(await person.dockerPull()).toMatchObject({ status: 0 });
  });

  it('is noticed by a check of the account that is not in use, too, and mended by docker login', async () => {
    await person.use('ada');
    await changeUsers(registry, { ada: passwords.ada, bob: 'a third' });
    const checked = await person.accounts('--check');
    expect(checked.bob).toMatchObject({ inUse: false, refusedAt: expect.any(String) });
    expect(checked.ada).toMatchObject({ workedAt: expect.any(String), refusedAt: null });
    const args = ['login', registry.address, '-u', 'bob', '--password-stdin'];
    expect(await person.docker(args, 'a third')).toMatchObject({ status: 0 });
    expect((await person.accounts()).bob).toMatchObject({ inUse: true, refusedAt: null });
    expect((await person.accounts('--check')).bob).toMatchObject({ refusedAt: null });
  });

  it('regent logout forgets the one that is named, or all', async () => {
    await person.regent(['logout', registry.address, '-u', 'ada']);
    expect(Object.keys(await person.accounts())).toEqual(['bob']);
    await person.login('ada', passwords.ada);
    await person.regent(['logout', registry.address]);
    expect(await person.accounts()).toEqual({});
    expect((await person.dockerPull()).status).not.toBe(0);
  });
});
