import type { ServerResponse } from 'node:http';
import { hostname } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../main/engine/create-engine.ts';
import type { PullProgress } from '../../../main/engine/pull-progress.ts';
import { engineStatusSchema, localImageSchema } from '../../../shared/model/image.ts';
import {
  answerJson,
  dockerPing,
  type EngineAnswerer,
  type FakeEngine,
  podmanPing,
  startFakeEngine,
} from '../../fakes/engine.ts';

let fake: FakeEngine;

async function engineThat(answer: EngineAnswerer, ping = dockerPing): Promise<Engine> {
  fake = await startFakeEngine(answer, ping);
  return engineAt(fake.url);
}
const engineAt = (url: string) =>
  createEngine({ env: { DOCKER_HOST: url }, paths: { home: '/none', dockerConfig: '/none' } });

afterEach(() => fake?.stop());

const info = {
  Name: hostname(),
  DriverStatus: [['Backing Filesystem', 'extfs']],
  RegistryConfig: {
    InsecureRegistryCIDRs: ['10.9.0.0/16', '127.0.0.0/8', '::1/128'],
    IndexConfigs: { 'lax.test:5000': { Secure: false }, 'docker.io': { Secure: true } },
  },
};
const address = '192.0.2.7:5443';
const reference = `${address}/team/app:1.0`;
const auth = { username: 'ada', password: 'g\u017ceg\u017c\u00f3\u0142ka?>~' };
const digest = `sha256:${'d'.repeat(64)}`;

/** Sends lines as an engine does: in pieces, after a status that says nothing. */
function stream(response: ServerResponse, lines: readonly object[]): ServerResponse {
  response.writeHead(200);
  for (const line of lines) response.write(`${JSON.stringify(line)}\r\n`);
  return response;
}
const pulled = [
  { status: 'Pulling from team/app', id: '1.0' },
  { status: 'Pulling fs layer', progressDetail: {}, id: 'a1' },
  { status: 'Downloading', progressDetail: { current: 40, total: 80 }, id: 'a1' },
  { status: 'Download complete', progressDetail: {}, id: 'a1' },
  { status: 'Pull complete', progressDetail: {}, id: 'a1' },
  { status: `Digest: ${digest}` },
  { status: `Status: Downloaded newer image for ${reference}` },
];

describe('the engine’s status', () => {
  const answering =
    (facts: object, version: object): EngineAnswerer =>
    ({ path }, response) =>
      answerJson(response, 200, path === '/info' ? facts : version);

  it('says which engine it is and that it is on this machine', async () => {
    const engine = await engineThat(answering(info, { Version: '28.5.2' }));
    const status = await engine.status();
    expect(engineStatusSchema.parse(status)).toEqual({
      ...{ state: 'ready', endpoint: fake.url, name: 'Docker Engine', version: '28.5.2' },
      ...{ apiVersion: '1.41', local: true, imageStore: 'classic' },
    });
  });

  it('tells the containerd store, Podman, Docker Desktop and other machines', async () => {
    const store = [['driver-type', 'io.containerd.snapshotter.v1']];
    const facts = { ...info, Name: 'docker-desktop', DriverStatus: store };
    const version = { Version: '29.1.0', Platform: { Name: 'Docker Desktop 4.50.0' } };
    const desktop = await engineThat(answering(facts, version));
    expect(await desktop.status()).toMatchObject({
      ...{ name: 'Docker Desktop', local: false, imageStore: 'containerd' },
    });
    await fake.stop();
    const podman = await engineThat(answering({}, { Version: '4.3.1' }), podmanPing);
    expect(await podman.status()).toMatchObject({ name: 'Podman', imageStore: 'classic' });
  });

  it('says why there is none', async () => {
    const status = await engineAt('unix:///nowhere/docker.sock').status();
    expect(engineStatusSchema.parse(status)).toMatchObject({
      state: 'absent',
      problem: { code: 'ENGINE_UNREACHABLE', data: { detail: 'ENOENT' } },
    });
  });

  it('does not take a web server for an engine', async () => {
    const engine = await engineThat((_, response) => response.end('<html>hello</html>'));
    expect(await engine.status()).toMatchObject({ problem: { code: 'ENGINE_ERROR' } });
  });
});

describe('the engine’s images', () => {
  it('are listed newest first, without the names that are none', async () => {
    const one = { Id: 'sha256:1', RepoTags: null, RepoDigests: [], Size: 5, Created: 1 };
    const two = {
      ...{ Id: 'sha256:2', Size: 6, Created: 2 },
      ...{ RepoTags: ['a:1', '<none>:<none>'], RepoDigests: ['<none>@<none>', `a@${digest}`] },
    };
    const engine = await engineThat((_, response) => answerJson(response, 200, [one, two]));
    const images = await engine.listImages();
    expect(images.map((image) => localImageSchema.parse(image))).toEqual([
      {
        ...{ id: 'sha256:2', tags: ['a:1'], digests: [`a@${digest}`] },
        ...{ size: 6, created: '1970-01-01T00:00:02.000Z' },
      },
      { id: 'sha256:1', tags: [], digests: [], size: 5, created: '1970-01-01T00:00:01.000Z' },
    ]);
  });
});

describe('a pull', () => {
  it('ends with the digest, after progress for every line', async () => {
    const engine = await engineThat((_, response) => stream(response, pulled).end());
    const seen: PullProgress[] = [];
    const onProgress = (progress: PullProgress) => seen.push(progress);
    const result = await engine.pull(reference, { auth, platform: 'linux/arm64', onProgress });
    expect(result).toEqual({ digest, upToDate: false });
    expect(seen.map(({ fraction }) => fraction)).toEqual([...[null, null, 0.35, 0.7, 1, 1, 1, 1]]);
    const [request] = fake.requests;
    expect(Object.fromEntries(request?.query ?? [])).toEqual({
      ...{ fromImage: `${address}/team/app`, tag: '1.0', platform: 'linux/arm64' },
    });
  });

  it('hands the login over in base64url with padding, for this one request', async () => {
    const engine = await engineThat((_, response) => stream(response, pulled).end());
    await engine.pull(reference, { auth });
    await engine.pull(reference, { auth: null });
    const [first = '', second = ''] = fake.requests.map(({ headers }) =>
      String(headers['x-registry-auth']),
    );
    expect(first).toMatch(/^[\w-]+=*$/);
    expect(first.length % 4).toBe(0);
    expect(JSON.parse(Buffer.from(first, 'base64url').toString())).toEqual({
      ...{ username: 'ada', password: auth.password, serveraddress: address },
    });
    expect(second).toBe('e30=');
  });

  it('hands a token over as a token', async () => {
    const engine = await engineThat((_, response) => stream(response, pulled).end());
    await engine.pull(reference, { auth: { username: '<token>', password: 'secret' } });
    const header = String(fake.requests[0]?.headers['x-registry-auth']);
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
      ...{ identitytoken: 'secret', serveraddress: address },
    });
  });

  it('names a tag always, since an engine would otherwise pull all there are', async () => {
    const engine = await engineThat((_, response) => stream(response, pulled).end());
    await engine.pull(`${address}/team/app`, { auth: null });
    expect(fake.requests[0]?.query.get('tag')).toBe('latest');
  });

  it('fails with the last line, although the answer began with 200', async () => {
    const message = 'x509: certificate signed by unknown authority';
    const engine = await engineThat((_, response) =>
      stream(response, [...pulled.slice(0, 3), { errorDetail: { message }, error: message }]).end(),
    );
    await expect(engine.pull(reference, { auth })).rejects.toMatchObject({
      code: 'ENGINE_UNTRUSTED',
      data: { address, message },
    });
  });

  it('fails when the report ends without an end', async () => {
    const engine = await engineThat((_, response) => stream(response, pulled.slice(0, 5)).end());
    await expect(engine.pull(reference, { auth })).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      data: { detail: 'EOF' },
    });
  });

  it('fails when the connection breaks', async () => {
    const engine = await engineThat((_, response) => {
      stream(response, pulled.slice(0, 3));
      setImmediate(() => response.destroy());
    });
    await expect(engine.pull(reference, { auth })).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      data: { detail: 'ECONNRESET' },
    });
  });

  it('fails with what the engine refuses it with, as JSON or as text', async () => {
    const engine = await engineThat((request, response) => {
      if (request.query.get('tag') === '1.0') {
        answerJson(response, 500, { message: 'no basic auth credentials' });
      } else response.writeHead(400).end('client version 1.41 is too old');
    });
    await expect(engine.pull(reference, { auth })).rejects.toMatchObject({
      code: 'ENGINE_SIGNED_OUT',
    });
    await expect(engine.pull(`${address}/team/app:2`, { auth })).rejects.toMatchObject({
      code: 'ENGINE_ERROR',
      data: { message: 'client version 1.41 is too old' },
    });
  });

  it('is cancelled by dropping the connection', async () => {
    const controller = new AbortController();
    let dropped = () => {};
    const closed = new Promise<void>((resolve) => {
      dropped = resolve;
    });
    const engine = await engineThat((_, response) => {
      stream(response, pulled.slice(0, 3));
      response.once('close', dropped);
    });
    const onProgress = ({ done }: PullProgress) => {
      if (done === 40) controller.abort();
    };
    const pull = engine.pull(reference, { auth, signal: controller.signal, onProgress });
    await expect(pull).rejects.toMatchObject({ code: 'CANCELLED', data: { subject: reference } });
    await closed;
    const late = engine.pull(reference, { auth, signal: controller.signal });
    await expect(late).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(fake.requests).toHaveLength(1);
  });

  it('through Podman, which never says how it ended, asks whether the image is there', async () => {
    const engine = await engineThat(({ path }, response) => {
      if (path === '/images/create') stream(response, pulled.slice(1, 4)).end();
      else answerJson(response, 200, { RepoDigests: [`${address}/team/app@${digest}`] });
    }, podmanPing);
    expect(await engine.pull(reference, { auth })).toEqual({ digest, upToDate: false });
    expect(fake.requests[1]?.path).toBe(`/images/${reference}/json`);
    await fake.stop();
    const empty = await engineThat(({ path }, response) => {
      if (path === '/images/create') stream(response, pulled.slice(1, 4)).end();
      else answerJson(response, 404, { message: `No such image: ${reference}` });
    }, podmanPing);
    await expect(empty.pull(reference, { auth })).rejects.toMatchObject({
      code: 'ENGINE_NOT_FOUND',
    });
  });
});
