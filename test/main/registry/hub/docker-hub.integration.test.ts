import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeWithLab,
  type LabDockerHub,
  type LabKeychain,
  run,
  startDockerHub,
  startKeychain,
} from '../../../lab/index.ts';

const program = fileURLToPath(new URL('../../../../main/cli/main.ts', import.meta.url));
const parts = ['registry', 'nginx', 'system-store', 'busybox', 'keychain'] as const;

describeWithLab('Docker Hub’s web API, in the terminal', parts, () => {
  let hub: LabDockerHub;
  let keychain: LabKeychain;
  const home = mkdtempSync(join(tmpdir(), 'hub-home-'));
  const regent = (args: readonly string[], input = '') =>
    run([process.execPath, '--import', 'tsx', program, ...args], {
      env: { ...keychain.env, PATH: process.env.PATH, HOME: home, REGENT_LANG: 'en' },
      input,
    });
  const told = async (...args: readonly string[]) => {
    const { status, stdout } = await regent([...args, '--json']);
    return { status, ...JSON.parse(stdout) };
  };

  beforeAll(async () => {
    hub = await startDockerHub();
    keychain = await startKeychain();
  });
  afterAll(async () => {
    await keychain.stop();
    await hub.stop();
  });

  it('finds by Hub’s own search, without a login and in clean words', async () => {
    const found = await told('search', 'nginx', '--registry', 'docker.io');
    const description = 'Official build of nginx. [31mred';
    expect(found).toEqual({
      ...{ status: 0, complete: true },
      repositories: [{ address: 'docker.io', repository: 'library/nginx', description }],
    });
    const more = await told('search', 'project', '--registry', 'docker.io');
    expect([more.repositories.length, more.complete]).toEqual([75, true]);
    expect((await told('search', 'nowhere', '--registry', 'docker.io')).status).toBe(5);
  });

  it('waits as long as Hub says, by its clock, but not for ten minutes', async () => {
    expect((await told('search', 'busy', '--registry', 'docker.io')).status).toBe(5);
    const { status, error } = await told('search', 'exhausted', '--registry', 'docker.io');
    expect([status, error.code]).toEqual([1, 'RATE_LIMITED']);
  });

  it('says what to do where there is no list of all, and lists a namespace', async () => {
    const { status, error } = await told('ls', 'docker.io');
    expect([status, error.code]).toEqual([1, 'NAMESPACE_NEEDED']);
    expect(error.fix).toContain('regent ls docker.io/NAMESPACE');
    const team = await told('ls', 'docker.io/team');
    expect(team).toMatchObject({ status: 0, namespace: 'team' });
    expect(team.repositories).toEqual(['team/hello', 'team/multi', 'team/big']);
    const mine = await told('ls', `docker.io/${hub.username}`);
    expect(mine.repositories).toHaveLength(hub.ownRepositories / 2);
  });

  it('lists what is the login’s own and its organisations’, and gives the login to Hub alone', async () => {
    const login = ['login', 'docker.io', '-u', hub.username, '--password-stdin'];
    expect(await regent(login, hub.password)).toMatchObject({ status: 0 });
    const before = hub.asked().length;
    const { status, repositories } = await told('ls', 'docker.io');
    expect([status, repositories.length]).toEqual([0, hub.ownRepositories + 3]);
    expect(repositories.at(-1)).toBe('team/big');
    expect(
      hub
        .asked()
        .slice(before)
        .map(({ path, isSignedIn }) => [path, isSignedIn]),
    ).toEqual([
      ['/v2/auth/token', false],
      ['/v2/user/orgs/', true],
      [`/v2/namespaces/${hub.username}/repositories`, true],
      [`/v2/namespaces/${hub.username}/repositories`, true],
      ['/v2/namespaces/team/repositories', true],
    ]);
    const kept = await told('ls', 'docker.io', '--offline', '--filter', 'project-150');
    expect(kept.repositories).toEqual([`${hub.username}/project-150`]);
  });

  it('describes tags with one question and no pull', async () => {
    const [pulls, asked] = [hub.pulls(), hub.asked().length];
    const { tags } = await told('tags', 'docker.io/team/hello');
    const { digest, mediaType, size, platforms } = hub.images['team/hello:2.0'];
    const pushed = '2026-11-20T08:00:00.000Z';
    expect(tags.find(({ name }: { name: string }) => name === '2.0')).toEqual({
      ...{ name: '2.0', digest, mediaType, size, platforms, created: null, pushed },
    });
    expect(tags).toHaveLength(3);
    expect(hub.pulls()).toBe(pulls);
    expect(
      hub
        .asked()
        .slice(asked)
        .map(({ path }) => path),
    ).toEqual(['/v2/auth/token', '/v2/namespaces/team/repositories/hello/tags']);
    expect((await told('tags', 'docker.io/team/hello:none')).status).toBe(5);
  });
});
