import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { makeBuildContext } from './build-context.ts';
import { callRegistry } from './call-registry.ts';
import { describeWithLab } from './describe-with-lab.ts';
import { type LabEngine, sharedEngine } from './engine.ts';
import { type LabPodman, startPodman } from './podman.ts';
import { labFolder } from './processes.ts';
import { putCertificate } from './put-certificate.ts';
import { seedImages } from './seed-images.ts';
import { type LabTokenRegistry, startTokenRegistry } from './token-server.ts';
import { createUser } from './users.ts';

describeWithLab('the lab’s token server', ['registry', 'busybox', 'engine', 'podman'], () => {
  let registry: LabTokenRegistry;
  let engine: LabEngine;
  let tools: LabPodman;
  let image = '';
  let configFolder = '';
  const docker = (args: readonly string[], input = '') =>
    engine.docker(args, { env: { DOCKER_CONFIG: configFolder }, input });
  const login = ({ username, password }: { username: string; password: string }) =>
    docker(['login', registry.address, '-u', username, '--password-stdin'], password);
  const pull = async () => {
    await docker(['rmi', '--force', image]);
    return docker(['pull', image]);
  };
  /** What the token server was asked since the mark. */
  const since = (mark: number) => registry.asked().slice(mark);
  const mark = () => registry.asked().length;

  beforeAll(async () => {
    registry = await startTokenRegistry({ prepare: seedImages });
    engine = await sharedEngine();
    const user = await createUser();
    tools = await startPodman({ user });
    image = `${registry.address}/team/hello:1.0`;
    putCertificate('/etc/docker/certs.d', registry);
    putCertificate(tools.certsFolder, registry, user);
    configFolder = mkdtempSync(join(labFolder, 'docker-config-'));
  });
  afterEach(() => {
    const usual = { lifetime: 300, expiresIn: 300, anonymousPull: false, refreshTokens: true };
    registry.change({ ...usual, post: true });
    // An empty store named on purpose: none is then looked for on this machine.
    writeFileSync(join(configFolder, 'config.json'), '{"auths":{},"credsStore":""}');
  });
  afterAll(async () => {
    for (const folder of ['/etc/docker/certs.d', tools.certsFolder]) {
      rmSync(join(folder, registry.address), { recursive: true, force: true });
    }
    await tools.stop();
    await registry.stop();
  });

  it('is where the registry sends whoever comes without a token', async () => {
    const { status, headers } = await callRegistry({ ...registry, username: '' }, 'GET', '/v2/');
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe(
      `Bearer realm="${registry.realm}",service="${registry.service}"`,
    );
    const basic = await callRegistry(registry, 'GET', '/v2/team/hello/manifests/1.0');
    expect(basic.headers['www-authenticate']).toContain('scope="repository:team/hello:pull"');
  });

  it('signs docker in with an identity token, which then pulls and pushes', async () => {
    expect((await pull()).stderr).toContain('incorrect username or password');
    expect(await login(registry)).toMatchObject({ status: 0 });
    const kept = JSON.parse(readFileSync(join(configFolder, 'config.json'), 'utf8'));
    expect(kept.auths[registry.address].identitytoken).toMatch(/^[\w-]{32}$/);

    const before = mark();
    expect(await pull()).toMatchObject({ status: 0, stderr: '' });
    const mine = `${registry.address}/lab/by-docker:1`;
    await docker(['tag', image, mine]);
    expect(await docker(['push', mine])).toMatchObject({ status: 0, stderr: '' });
    const asked = since(before);
    expect(new Set(asked.map(({ way }) => way))).toEqual(new Set(['refresh_token']));
    expect(asked.flatMap(({ granted }) => granted)).toEqual(
      expect.arrayContaining(['repository:team/hello:pull', 'repository:lab/by-docker:push,pull']),
    );
  });

  it('signs docker in with its password where there are no refresh tokens, or no POST', async () => {
    registry.change({ refreshTokens: false, post: false });
    expect(await login(registry)).toMatchObject({ status: 0 });
    const kept = JSON.parse(readFileSync(join(configFolder, 'config.json'), 'utf8'));
    expect(Object.keys(kept.auths[registry.address])).toEqual(['auth']);
    const before = mark();
    expect(await pull()).toMatchObject({ status: 0, stderr: '' });
    expect(new Set(since(before).map(({ way }) => way))).toEqual(new Set(['get']));
  });

  it('lets a reader pull and not push', async () => {
    expect(await login(registry.reader)).toMatchObject({ status: 0 });
    expect(await pull()).toMatchObject({ status: 0, stderr: '' });
    const mine = `${registry.address}/lab/by-reader:1`;
    await docker(['tag', image, mine]);
    const before = mark();
    expect((await docker(['push', mine])).stderr).toContain('denied');
    expect(since(before).at(-1)).toMatchObject({ account: 'rita', status: 200 });
  });

  it('lets anybody pull where that is allowed, and nobody push', async () => {
    registry.change({ anonymousPull: true });
    expect(await pull()).toMatchObject({ status: 0, stderr: '' });
    const mine = `${registry.address}/lab/by-nobody:1`;
    await docker(['tag', image, mine]);
    expect((await docker(['push', mine])).status).not.toBe(0);
  });

  it('refuses a wrong password, and a refresh token of an earlier generation', async () => {
    expect((await login({ ...registry, password: 'wrong' })).stderr).toContain(
      'incorrect username or password',
    );
    expect(await login(registry)).toMatchObject({ status: 0 });
    registry.change({ generation: 2 });
    const before = mark();
    expect((await pull()).status).not.toBe(0);
    expect(since(before)[0]).toMatchObject({ way: 'refresh_token', status: 401 });
    expect(await login(registry)).toMatchObject({ status: 0 });
    expect(await pull()).toMatchObject({ status: 0 });
  });

  it('hands out tokens that expire: docker gets new ones from its identity token', async () => {
    expect(await login(registry)).toMatchObject({ status: 0 });
    registry.change({ lifetime: 0 });
    expect((await pull()).status).not.toBe(0);
    registry.change({ lifetime: 60 });
    expect(await pull()).toMatchObject({ status: 0, stderr: '' });
  });

  it('serves podman and skopeo of an ordinary user', async () => {
    const { address, username, password } = registry;
    const inspect = () => tools.skopeo(['inspect', `docker://${image}`]);
    expect((await inspect()).status).not.toBe(0);
    expect(
      await tools.podman(['login', address, '-u', username, '--password-stdin'], {
        input: password,
      }),
    ).toMatchObject({ status: 0 });
    expect(await inspect()).toMatchObject({ status: 0 });
    expect(await tools.podman(['pull', image])).toMatchObject({ status: 0 });
    const mine = `${address}/lab/by-podman:1`;
    expect(await tools.podman(['build', '--tag', mine, makeBuildContext(image)])).toMatchObject({
      status: 0,
    });
    expect(await tools.podman(['push', mine])).toMatchObject({ status: 0 });
    expect(await tools.skopeo(['inspect', `docker://${mine}`])).toMatchObject({ status: 0 });
    expect(await tools.podman(['logout', address])).toMatchObject({ status: 0 });
    expect((await inspect()).status).not.toBe(0);
    registry.change({ anonymousPull: true });
    expect(await inspect()).toMatchObject({ status: 0 });
  });

  it('keeps no secret in its log', () => {
    const log = JSON.stringify(registry.asked());
    expect(log).toContain('docker/');
    expect(log).not.toContain(registry.password);
    expect(log).not.toContain('eyJ');
  });
});
