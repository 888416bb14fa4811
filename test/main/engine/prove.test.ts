import type { ServerResponse } from 'node:http';
import { hostname } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../main/engine/create-engine.ts';
import type { ProofQuestion } from '../../../main/engine/prove.ts';
import { type Proof, proofSchema, type Way } from '../../../shared/model/consumer.ts';
import {
  answerJson,
  type EngineAnswerer,
  type FakeEngine,
  startFakeEngine,
} from '../../fakes/engine.ts';

let fake: FakeEngine;

const engineAt = (url: string) =>
  createEngine({ env: { DOCKER_HOST: url }, paths: { home: '/none', dockerConfig: '/none' } });
async function engineThat(answer: EngineAnswerer): Promise<Engine> {
  fake = await startFakeEngine(answer);
  return engineAt(fake.url);
}

afterEach(() => fake?.stop());

const info = {
  ...{ Name: hostname(), ServerVersion: '28.5.2', SecurityOptions: ['name=seccomp'] },
  DriverStatus: [['Backing Filesystem', 'extfs']],
  RegistryConfig: {
    InsecureRegistryCIDRs: ['10.9.0.0/16', '127.0.0.0/8', '::1/128'],
    IndexConfigs: { 'lax.test:5000': { Secure: false }, 'docker.io': { Secure: true } },
  },
};
const address = '192.0.2.7:5443';
const auth = { username: 'ada', password: 'g\u017ceg\u017c\u00f3\u0142ka?>~' };

/** An engine whose sign-in and pull say this. */
const saying = (signIn: string | null, pull = '', facts: object = info) =>
  engineThat(({ path }, response) => {
    if (path === '/info') answerJson(response, 200, facts);
    else if (path === '/images/create') answerJson(response, 500, { message: pull });
    else if (signIn === null) answerJson(response, 200, { Status: 'Login Succeeded' });
    else answerJson(response, 500, { message: signIn });
  });
const wrong = `login attempt to https://${address}/v2/ failed with status: 401 Unauthorized`;
const untrusted = `Get "https://${address}/v2/": x509: certificate signed by unknown authority`;
const sentTo = (path: string) => fake.requests.filter((request) => request.path === path);

async function proofOf(
  engine: Engine,
  way: Way,
  question: ProofQuestion,
  registry = address,
): Promise<Proof> {
  const proofs = await engine.prove('docker-engine', registry, question);
  const found = proofs.find((proof) => proof.way === way);
  if (!found) throw new Error(`no proof for ${way}`);
  return proofSchema.parse(found);
}

describe('a proof by the engine', () => {
  it('is given when it signs in with the account', async () => {
    const engine = await saying(null);
    expect(await proofOf(engine, 'sign-in', { auth })).toEqual({
      ...{ consumer: 'docker-engine', way: 'sign-in', outcome: 'proven' },
      ...{ problem: null, reason: null, detail: 'Login Succeeded' },
    });
    expect(JSON.parse(sentTo('/auth')[0]?.body ?? '')).toEqual({
      ...{ ...auth, serveraddress: address },
    });
  });

  it('is refused with a wrong account, and given to nobody, who is always made up', async () => {
    const engine = await saying(wrong);
    expect(await proofOf(engine, 'sign-in', { auth })).toMatchObject({
      outcome: 'refused',
      problem: { code: 'ENGINE_SIGNED_OUT', data: { address } },
    });
    expect(await proofOf(engine, 'sign-in', { auth: null })).toMatchObject({
      ...{ outcome: 'proven', problem: null, detail: wrong },
    });
    const { username, password } = JSON.parse(sentTo('/auth').at(-1)?.body ?? '');
    expect(username).toMatch(/^regent-probe-[0-9a-f]{8}$/);
    expect(password).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is refused where the certificate is not trusted, for each way in by itself', async () => {
    const engine = await saying(null, untrusted);
    expect(await proofOf(engine, 'sign-in', { auth: null })).toMatchObject({ outcome: 'proven' });
    expect(await proofOf(engine, 'pull', { auth: null })).toMatchObject({
      ...{ way: 'pull', outcome: 'refused', detail: untrusted },
      problem: { code: 'ENGINE_UNTRUSTED', data: { address } },
    });
  });

  it('of pulling is that a random digest of a random repository does not exist', async () => {
    const engine = await saying(null, 'manifest unknown');
    expect(await proofOf(engine, 'pull', { auth })).toMatchObject({ outcome: 'proven' });
    const [request] = sentTo('/images/create');
    expect(request?.query.get('fromImage')).toMatch(/^192\.0\.2\.7:5443\/regent-probe\/[0-9a-f]+$/);
    expect(request?.query.get('tag')).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('of pulling stops before anything is downloaded by an engine that heeds no digest', async () => {
    let open = true;
    const engine = await engineThat(({ path }, response) => {
      if (path === '/info') answerJson(response, 200, info);
      else if (path === '/auth') answerJson(response, 200, { Status: '' });
      else
        begin(response, 'Pulling fs layer').once('close', () => {
          open = false;
        });
    });
    expect(await proofOf(engine, 'pull', { auth: null })).toMatchObject({ outcome: 'proven' });
    await expect.poll(() => open).toBe(false);
  });

  it('of pulling where nobody may see what does not exist is decided by signing in', async () => {
    const denied = 'denied: requested access to the resource is denied';
    const good = await saying(null, denied);
    expect(await proofOf(good, 'pull', { auth })).toMatchObject({ outcome: 'proven' });
    await fake.stop();
    const bad = await saying(wrong, denied);
    expect(await proofOf(bad, 'pull', { auth })).toMatchObject({
      outcome: 'refused',
      problem: { code: 'ENGINE_SIGNED_OUT' },
    });
    expect(await proofOf(bad, 'pull', { auth: null })).toMatchObject({ outcome: 'proven' });
  });

  it('of pushing is left to the pull, which reads trust in the same way and writes nothing', async () => {
    const engine = await saying(null, 'manifest unknown');
    expect(await proofOf(engine, 'push', { auth })).toEqual({
      ...{ consumer: 'docker-engine', way: 'push', outcome: 'not-proven' },
      ...{ problem: null, reason: 'same-as-pull', detail: '' },
    });
  });

  it('of building needs the docker CLI', async () => {
    const engine = await saying(null, 'manifest unknown');
    expect(await proofOf(engine, 'build', { auth })).toMatchObject({ reason: 'no-tool' });
  });

  it.each([
    ['127.0.0.1:5443', 'loopback'],
    ['localhost', 'loopback'],
    ['[::1]:5443', 'loopback'],
    ['lax.test:5000', 'insecure-registry'],
    ['10.9.3.4:5000', 'insecure-registry'],
  ])('is none at %s (%s), where the engine is not even asked', async (lenient, reason) => {
    const engine = await saying(null, 'manifest unknown');
    for (const proof of await engine.prove('docker-engine', lenient, { auth })) {
      expect(proofSchema.parse(proof)).toMatchObject({
        ...{ outcome: 'not-proven', reason, problem: null },
      });
    }
    expect(new Set(fake.requests.map(({ path }) => path))).toEqual(new Set(['/info']));
  });

  it('is none from an engine on another machine, but its answer is told', async () => {
    const engine = await saying(null, untrusted, { ...info, Name: 'elsewhere' });
    expect(await proofOf(engine, 'pull', { auth })).toMatchObject({
      ...{ outcome: 'not-proven', reason: 'remote-engine', detail: untrusted },
      problem: { code: 'ENGINE_UNTRUSTED' },
    });
  });

  it('is none without an engine, for any way in', async () => {
    const proofs = await engineAt('unix:///nowhere/docker.sock').prove('docker-engine', address, {
      auth,
    });
    expect(proofs.map(({ way }) => way)).toEqual(['sign-in', 'pull', 'push', 'build']);
    for (const proof of proofs) {
      expect(proofSchema.parse(proof)).toMatchObject({
        ...{ outcome: 'not-proven', reason: 'no-engine', problem: { code: 'ENGINE_UNREACHABLE' } },
      });
    }
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    const engine = await engineThat(({ path }, response) => {
      if (path === '/info') answerJson(response, 200, info);
      else controller.abort();
    });
    const proof = engine.prove('docker-engine', address, { auth, signal: controller.signal });
    await expect(proof).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('a proof by the engine of a registry that is trusted for plain HTTP', () => {
  it.each(['lax.test:5000', '127.0.0.1:5000'])(
    'at %s is asked for, without the account',
    async (lenient) => {
      const engine = await saying(wrong, 'manifest unknown');
      const question = { auth, plainHttp: true };
      expect(await proofOf(engine, 'sign-in', question, lenient)).toMatchObject({
        outcome: 'proven',
      });
      expect(await proofOf(engine, 'pull', question, lenient)).toMatchObject({ outcome: 'proven' });
      expect(sentTo('/auth').length).toBeGreaterThan(0);
      expect(sentTo('/auth').every(({ body }) => JSON.parse(body).username !== auth.username)).toBe(
        true,
      );
      expect(sentTo('/images/create').map(({ headers }) => headers['x-registry-auth'])).toEqual(
        sentTo('/images/create').map(() => 'e30='),
      );
    },
  );

  it('is refused by an engine that does not list it, without the account, too', async () => {
    const plain = 'http: server gave HTTP response to HTTPS client';
    const engine = await saying(plain, plain);
    expect(await proofOf(engine, 'pull', { auth, plainHttp: true })).toMatchObject({
      ...{ outcome: 'refused', problem: { code: 'ENGINE_PLAIN_HTTP' } },
    });
    expect(sentTo('/auth').every(({ body }) => JSON.parse(body).username !== auth.username)).toBe(
      true,
    );
  });
});

describe('a token server that an engine does not trust', () => {
  const token = `failed to resolve reference "${address}/a:1": failed to authorize: failed to fetch anonymous token: Get "https://auth.test/token": tls: failed to verify certificate: x509: certificate signed by unknown authority`;
  const containerd = [['driver-type', 'io.containerd.snapshotter.v1']];
  it.each([
    ['28.5.2', containerd, '28.5.2'],
    ['29.4.1', containerd, '29.4.1'],
    ['29.5.0', containerd, 'none'],
    ['29.10.0', containerd, 'none'],
    ['28.5.2', [], 'none'],
    ['dev', containerd, 'none'],
  ])('is a limit of Engine %s with %j: %s', async (ServerVersion, DriverStatus, version) => {
    const engine = await saying(null, token, { ...info, ServerVersion, DriverStatus });
    expect(await proofOf(engine, 'pull', { auth: null })).toMatchObject({
      outcome: 'refused',
      problem: { code: 'ENGINE_TOKEN_UNTRUSTED', data: { address, version } },
    });
  });
});

/** A pull that never ends. */
function begin(response: ServerResponse, status: string): ServerResponse {
  response.writeHead(200);
  response.write(`${JSON.stringify({ status, id: 'a1' })}\r\n`);
  return response;
}
