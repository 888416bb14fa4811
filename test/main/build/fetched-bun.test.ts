import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ensureFetchedBun } from '../../../main/build/fetched-bun.ts';
import { projectFolder } from '../../../main/build/project.mjs';

const name = '@oven/bun-darwin-aarch64';
const wanted = { name, file: 'bin/bun' };
let folder: string;
let server: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regent-fetched-'));
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  vi.stubEnv('npm_config_cache', join(folder, 'npm'));
  vi.stubEnv('npm_config_fetch_retries', '0');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server?.close();
  server = undefined;
  await rm(folder, { recursive: true });
});

/** A registry of npm that has the package in the locked version, with other contents. */
async function serveAnother(version: string): Promise<void> {
  mkdirSync(join(folder, 'package', 'bin'), { recursive: true });
  writeFileSync(join(folder, 'package', 'bin', 'bun'), 'another bun');
  writeFileSync(join(folder, 'package', 'package.json'), JSON.stringify({ name, version }));
  execFileSync('tar', ['-C', folder, '-czf', join(folder, 'bun.tgz'), 'package']);
  const archive = readFileSync(join(folder, 'bun.tgz'));
  server = createServer((request, response) => {
    if (request.url === '/bun.tgz') response.end(archive);
    else {
      const dist = { tarball: `http://${request.headers.host}/bun.tgz` };
      const versions = { [version]: { name, version, dist } };
      response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
    }
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('npm_config_registry', `http://127.0.0.1:${port}/`);
}

const lockedVersion = (): string =>
  JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8')).packages[
    `node_modules/${name}`
  ].version;

it('refuses a Bun that is not the locked one, and leaves nothing of it', async () => {
  await serveAnother(lockedVersion());
  await expect(ensureFetchedBun(wanted, () => undefined)).rejects.toThrow(
    'is not the pinned file: sha512',
  );
  expect(readdirSync(join(folder, 'cache', 'regent', 'bun'))).toEqual([]);
});

it('says that it could not be fetched', async () => {
  vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9/');
  const fetched = ensureFetchedBun(wanted, () => undefined);
  await expect(fetched).rejects.toThrow(`${name} could not be fetched`);
});

it('takes the one from the cache without asking anybody', async () => {
  vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9/');
  const executable = join(
    ...[folder, 'cache', 'regent', 'bun', `bun-darwin-aarch64-${lockedVersion()}`],
  );
  mkdirSync(join(executable, '..'), { recursive: true });
  writeFileSync(executable, 'bun');
  expect(await ensureFetchedBun(wanted, () => undefined)).toEqual({
    ...{ executable, version: lockedVersion() },
  });
});

it('knows no package that the lock does not name', async () => {
  const other = { name: '@oven/bun-plan9', file: 'bin/bun' };
  await expect(ensureFetchedBun(other, () => undefined)).rejects.toThrow('does not name');
});
