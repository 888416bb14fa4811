import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findEngine } from '../../../main/engine/find-engine.ts';
import { type FakeEngine, podmanPing, startFakeEngine } from '../../fakes/engine.ts';

let folder: string;
let engine: FakeEngine;
const others: (FakeEngine | Server)[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'find-'));
  engine = await startFakeEngine(() => undefined);
});
afterEach(async () => {
  for (const other of others.splice(0)) await ('stop' in other ? other.stop() : other.close());
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

const find = (env: NodeJS.ProcessEnv, sockets: readonly string[] = []) =>
  findEngine({ env, dockerConfig: folder, sockets });

const writeContext = (name: string, meta: object) => {
  const id = createHash('sha256').update(name).digest('hex');
  mkdirSync(join(folder, 'contexts', 'meta', id), { recursive: true });
  writeFileSync(join(folder, 'contexts', 'meta', id, 'meta.json'), JSON.stringify(meta));
};
const contextFor = (host: string) => ({ Endpoints: { docker: { Host: host } } });
const writeConfig = (text: string) => writeFileSync(join(folder, 'config.json'), text);

describe('the engine', () => {
  it('is the one that DOCKER_HOST names, before all contexts', async () => {
    writeConfig('{"currentContext":"gone"}');
    const found = await find({ DOCKER_HOST: engine.url, DOCKER_CONTEXT: 'gone' });
    expect(found).toMatchObject({ apiVersion: '1.41', podman: false });
    expect(found.endpoint.url).toBe(engine.url);
  });

  it('is the one that DOCKER_CONTEXT names, before config.json', async () => {
    writeConfig('{"currentContext":"gone"}');
    writeContext('lab', contextFor(engine.url));
    const found = await find({ DOCKER_HOST: '', DOCKER_CONTEXT: 'lab' });
    expect(found.endpoint.url).toBe(engine.url);
  });

  it('is the one of config.json’s context; empty variables count as unset', async () => {
    writeConfig('{"currentContext":"lab"}');
    writeContext('lab', contextFor(engine.url));
    const found = await find({ DOCKER_HOST: '', DOCKER_CONTEXT: '' });
    expect(found.endpoint.url).toBe(engine.url);
  });

  it('is missing with its context', async () => {
    await expect(find({ DOCKER_CONTEXT: 'gone' })).rejects.toMatchObject({
      code: 'ENGINE_CONTEXT_MISSING',
      data: { context: 'gone' },
    });
    writeContext('odd', { Endpoints: {} });
    await expect(find({ DOCKER_CONTEXT: 'odd' })).rejects.toMatchObject({
      code: 'ENGINE_CONTEXT_MISSING',
    });
  });

  it('is the first usual socket that answers when nothing chooses, also with a damaged config.json', async () => {
    writeConfig('{"currentContext":');
    const podman = await startFakeEngine(() => undefined, podmanPing);
    others.push(podman);
    writeFileSync(join(folder, 'stale.sock'), '');
    const sockets = [join(folder, 'stale.sock'), podman.socketPath, engine.socketPath];
    expect(await find({}, sockets)).toMatchObject({ podman: true, endpoint: { url: podman.url } });
    const found = await find({ DOCKER_CONTEXT: 'default' }, [engine.socketPath]);
    expect(found.endpoint.url).toBe(engine.url);
  });

  it('is absent when nothing answers, and says where it was looked for', async () => {
    const sockets = [join(folder, 'one.sock'), join(folder, 'two.sock')];
    await expect(find({}, sockets)).rejects.toMatchObject({
      code: 'ENGINE_ABSENT',
      data: { tried: sockets },
    });
  });

  it('is unreachable when its socket is stale, and nothing else is tried', async () => {
    const path = join(folder, 'stale.sock');
    writeFileSync(path, '');
    await expect(find({ DOCKER_HOST: `unix://${path}` })).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      data: { endpoint: `unix://${path}`, detail: 'ECONNREFUSED' },
    });
    await expect(find({ DOCKER_HOST: `unix://${path}.gone` })).rejects.toMatchObject({
      data: { detail: 'ENOENT' },
    });
  });

  it('is unreachable when it takes the call and never answers', async () => {
    const path = join(folder, 'silent.sock');
    const silent = createServer(() => undefined);
    others.push(silent);
    await new Promise<void>((resolve) => silent.listen(path, resolve));
    await expect(find({ DOCKER_HOST: `unix://${path}` })).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      data: { detail: 'ETIMEDOUT' },
    });
  });

  it('is not supported over ssh', async () => {
    await expect(find({ DOCKER_HOST: 'ssh://ada@nas.test' })).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
    });
  });
});
