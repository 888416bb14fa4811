import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseEngine } from '../../../main/engine/choose-engine.ts';
import { createEngine } from '../../../main/engine/create-engine.ts';
import { findListening } from '../../../main/engine/find-engine.ts';
import type { RunOptions, RunProcess } from '../../../main/platform/run-process.ts';
import { type Proof, proofSchema } from '../../../shared/model/consumer.ts';
import { answerJson, type FakeEngine, startFakeEngine } from '../../fakes/engine.ts';

const address = '192.0.2.7:5443';
const untrusted = 'x509: certificate signed by unknown authority';
const auth = { username: 'ada', password: 'secret-of-ada' };

/** One run of the docker CLI. */
interface Run {
  readonly args: readonly string[];
  readonly options: RunOptions;
  /** The settings that it was given. */
  readonly config: Readonly<Record<string, unknown>>;
}

let fake: FakeEngine;
let home: string;
let runs: Run[];
/** What the docker CLI says on its way to status 1; null for success. */
let says: string | null;
let version: string;
let security: readonly string[];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'home-'));
  runs = [];
  says = null;
  version = '28.5.2';
  security = [];
  writeFileSync(join(home, 'docker'), '');
  chmodSync(join(home, 'docker'), 0o755);
  fake = await startFakeEngine(({ path }, response) => {
    if (path === '/info') {
      const RegistryConfig = { InsecureRegistryCIDRs: [], IndexConfigs: {} };
      const facts = { Name: hostname(), ServerVersion: version, SecurityOptions: security };
      answerJson(response, 200, { ...facts, RegistryConfig });
    } else if (path.startsWith('/containers/')) {
      answerJson(response, 200, { State: { Running: path.includes('warm') } });
    } else if (path === '/auth') answerJson(response, 200, { Status: 'Login Succeeded' });
    else answerJson(response, 500, { message: 'manifest unknown' });
  });
});
afterEach(async () => {
  await fake.stop();
  rmSync(home, { recursive: true, force: true });
});

const run: RunProcess = async (_file, args, options = {}) => {
  const config = join(options.env?.DOCKER_CONFIG ?? '', 'config.json');
  runs.push({ args, options, config: JSON.parse(readFileSync(config, 'utf8')) });
  return says === null
    ? { status: 0, stdout: '', stderr: '' }
    : { status: 1, stdout: '', stderr: `#1 …\n------\n${says}\n` };
};
const engine = (env: NodeJS.ProcessEnv = {}) =>
  createEngine({
    env: { PATH: home, DOCKER_HOST: fake.url, HOME: home, ...env },
    paths: { home, dockerConfig: join(home, '.docker') },
    run,
  });
const build = async (): Promise<Proof> => {
  const proofs = await engine().prove('docker-engine', address, { auth });
  const proof = proofs.find(({ way }) => way === 'build');
  return proofSchema.parse(proof);
};

describe('a build as proof', () => {
  it('has a Dockerfile of one line on its input, no context and no login', async () => {
    mkdirSync(join(home, '.docker'));
    const mine = {
      auths: { [address]: { auth: Buffer.from('ada:secret').toString('base64') } },
      ...{ credsStore: 'secretservice', credHelpers: { [address]: 'regent' } },
      ...{ cliPluginsExtraDirs: ['/opt/plugins'], aliases: { builder: 'buildx' } },
    };
    writeFileSync(join(home, '.docker/config.json'), JSON.stringify(mine));
    says = `ERROR: failed to solve: ${address}/regent-probe/a:b: not found`;
    expect(await build()).toMatchObject({ outcome: 'proven', problem: null, detail: says });
    const [{ args, options, config } = { args: [], options: {}, config: {} }] = runs;
    expect(args).toEqual(['build', '-']);
    expect(options.input).toMatch(
      /^FROM 192\.0\.2\.7:5443\/regent-probe\/[0-9a-f]{16}@sha256:[0-9a-f]{64}\n$/,
    );
    expect(config).toEqual({
      cliPluginsExtraDirs: [join(home, '.docker/cli-plugins'), '/opt/plugins'],
      aliases: { builder: 'buildx' },
      auths: { 'no-login.invalid': {} },
    });
    expect(JSON.stringify([args, options.env])).not.toContain(auth.password);
    expect(() => readFileSync(options.env?.DOCKER_CONFIG ?? '')).toThrow('ENOENT');
  });

  it('goes to the very engine that was asked, by its own builder', async () => {
    await engine({ BUILDX_BUILDER: 'other', DOCKER_CONTEXT: 'elsewhere' }).prove(
      ...(['docker-engine', address, { auth: null }] as const),
    );
    expect(runs[0]?.options.env).toMatchObject({ DOCKER_HOST: fake.url, DOCKER_CONTEXT: '' });
    expect(runs[0]?.options.env).not.toHaveProperty('BUILDX_BUILDER');
  });

  it('is refused with the builder’s own words', async () => {
    says = `ERROR: failed to solve: failed to do request: Head "https://${address}/v2/": ${untrusted}`;
    expect(await build()).toMatchObject({
      ...{ outcome: 'refused', reason: null, detail: says },
      problem: { code: 'ENGINE_UNTRUSTED', data: { address } },
    });
  });

  it('tells that it is the CLI which does not trust the token server', async () => {
    says = `ERROR: failed to solve: failed to authorize: failed to fetch anonymous token: Get "https://auth.test/token": tls: failed to verify certificate: ${untrusted}`;
    expect(await build()).toMatchObject({ problem: { code: 'BUILD_TOKEN_UNTRUSTED' } });
  });

  it.each([
    ['20.10.24', 'restart-first'],
    ['24.0.9', 'restart-first'],
    ['25.0.0', null],
    ['28.5.2', null],
  ])(
    'that is refused where the pull is proven waits for a restart of %s: %s',
    async (v, reason) => {
      version = v;
      says = `failed to solve with frontend dockerfile.v0: ${untrusted}`;
      expect(await build()).toMatchObject({ outcome: 'refused', reason });
    },
  );
});

describe('which engine is asked', () => {
  it('is not the user’s own without root, when Docker Engine is meant', async () => {
    security = ['name=seccomp', 'name=rootless'];
    const rootful = await startFakeEngine((_, response) => answerJson(response, 200, {}));
    const finder = {
      connect: () => findListening([fake.socketPath]),
      sockets: () => [rootful.socketPath],
    };
    const { signal } = new AbortController();
    const { connection } = await chooseEngine('docker-engine', finder, signal);
    expect(connection.endpoint.url).toBe(rootful.url);
    security = [];
    const inUse = await chooseEngine('docker-engine', finder, signal);
    expect(inUse.connection.endpoint.url).toBe(fake.url);
    await rootful.stop();
  });

  it('is the user’s own, wherever the docker CLI points', async () => {
    security = ['name=rootless'];
    const proofs = await engine({
      ...{ DOCKER_HOST: 'unix:///nowhere.sock', XDG_RUNTIME_DIR: join(fake.socketPath, '..') },
    }).prove('docker-rootless', address, { auth });
    expect(proofs.map(({ consumer, outcome }) => [consumer, outcome])).toEqual([
      ['docker-rootless', 'proven'],
      ['docker-rootless', 'proven'],
      ['docker-rootless', 'not-proven'],
      ['docker-rootless', 'proven'],
    ]);
    const none = await engine({ XDG_RUNTIME_DIR: home }).prove('docker-rootless', address, {
      auth,
    });
    expect(none[0]).toMatchObject({ reason: 'no-engine', problem: { code: 'ENGINE_ABSENT' } });
  });
});

describe('a proof by builders in containers', () => {
  const record = (name: string, driver: string) => {
    mkdirSync(join(home, '.docker/buildx/instances'), { recursive: true });
    const text = JSON.stringify({ Name: name, Driver: driver });
    writeFileSync(join(home, '.docker/buildx/instances', name), text);
  };
  const prove = async () =>
    (await engine().prove('buildx', address, { auth })).map((proof) => proofSchema.parse(proof));

  it('is a build by each that runs', async () => {
    record('warm', 'docker-container');
    record('cold', 'docker-container');
    record('cluster', 'kubernetes');
    writeFileSync(join(home, '.docker/buildx/instances/broken'), '{');
    says = `ERROR: ${untrusted}`;
    expect(await prove()).toMatchObject([
      {
        consumer: 'buildx',
        way: 'build',
        outcome: 'refused',
        problem: { code: 'ENGINE_UNTRUSTED' },
      },
    ]);
    expect(runs.map(({ args }) => args)).toEqual([['buildx', 'build', '--builder', 'warm', '-']]);
    expect(runs[0]?.options.env).toMatchObject({ BUILDX_CONFIG: join(home, '.docker/buildx') });
  });

  it('is none when there is none that runs', async () => {
    record('cold', 'docker-container');
    expect(await prove()).toMatchObject([{ outcome: 'not-proven', reason: 'no-engine' }]);
    expect(runs).toEqual([]);
  });
});
