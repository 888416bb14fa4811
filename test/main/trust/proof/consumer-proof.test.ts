import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { problem } from '../../../../shared/errors/index.ts';
import { consumerIdSchema, type Proof, proofSchema } from '../../../../shared/model/consumer.ts';
import { type FakePrograms, makePrograms } from './fake-programs.ts';

const address = '192.0.2.7:5443';
const untrusted =
  'Error: Get "https://192.0.2.7:5443/v2/": x509: certificate signed by unknown authority';
const absent = 'Error: reading manifest a in b: manifest unknown: manifest unknown';
const denied = 'Error: logging into "192.0.2.7:5443": invalid username/password';

let machine: FakePrograms;
afterEach(() => machine?.remove());

/** `way: outcome or reason`, all of which fit the contract. */
const inShort = (proofs: readonly Proof[]) =>
  Object.fromEntries(
    proofs.map((proof) => {
      const { way, outcome, reason } = proofSchema.parse(proof);
      return [way, outcome === 'not-proven' ? reason : outcome];
    }),
  );

describe('podman as proof', () => {
  it('signs in as nobody, with the password on its input, and pulls and builds what is not there', async () => {
    machine = makePrograms(['podman', 'skopeo'], ({ args, options }) => {
      const authFile = args[args.indexOf('--authfile') + 1] ?? '';
      expect(statSync(join(authFile, '..')).mode & 0o777).toBe(0o700);
      if (args[0] === 'login') {
        expect(existsSync(authFile)).toBe(false);
        expect(options.input).toMatch(/^[0-9a-f]{32}$/);
        return { status: 125, stderr: denied };
      }
      expect(readFileSync(authFile, 'utf8')).toBe('{}');
      const login = args[args.indexOf('--creds') + 1];
      expect(login).toMatch(/^regent-probe-[0-9a-f]{8}:[0-9a-f]{32}$/);
      if (args[0] === 'build') {
        const file = join(args.at(-1) ?? '', 'Containerfile');
        expect(readFileSync(file, 'utf8')).toMatch(
          /^FROM 192\.0\.2\.7:5443\/regent-probe\/\w+@sha256:[0-9a-f]{64}\n$/,
        );
      }
      return { status: 125, stderr: absent };
    });
    const proofs = await machine.prove('podman', address);
    expect(inShort(proofs)).toEqual({
      ...{ 'sign-in': 'proven', pull: 'proven', push: 'same-as-pull', build: 'proven' },
    });
    const flags = machine.runs.map(({ args }) => args.includes('--tls-verify=true'));
    expect(flags).toEqual([true, true, true]);
    const passwords = machine.runs.flatMap(({ options }) => options.input ?? []);
    const said = JSON.stringify(machine.runs.map(({ args }) => args));
    expect(passwords.some((password) => said.includes(password))).toBe(false);
    const folders = machine.runs.map(({ args }) => args[args.indexOf('--authfile') + 1] ?? '');
    expect(folders.some((path) => existsSync(join(path, '..')))).toBe(false);
  });

  it('is refused for each way in with its own words', async () => {
    machine = makePrograms(['podman'], () => ({ status: 125, stderr: untrusted }));
    const proofs = await machine.prove('podman', address);
    expect(inShort(proofs)).toEqual({
      ...{ 'sign-in': 'refused', pull: 'refused', push: 'same-as-pull', build: 'refused' },
    });
    expect(proofs[1]).toMatchObject({ problem: { code: 'ENGINE_UNTRUSTED' }, detail: untrusted });
  });

  it('is not asked to sign in where a program would keep that', async () => {
    machine = makePrograms(['podman'], () => ({ status: 125, stderr: absent }));
    const settings = join(machine.root, 'home/.config/containers');
    mkdirSync(settings, { recursive: true });
    writeFileSync(join(settings, 'registries.conf'), 'credential-helpers = ["pass"]\n');
    expect(inShort(await machine.prove('podman', address))).toEqual({
      ...{ 'sign-in': 'same-as-pull', pull: 'proven', push: 'same-as-pull', build: 'proven' },
    });
    expect(machine.runs.map(({ args }) => args[0])).toEqual(['pull', 'build']);
  });

  it('leaves it to its settings whether to verify, where plain HTTP was allowed', async () => {
    machine = makePrograms(['podman'], () => ({ status: 125, stderr: absent }));
    await machine.prove('podman', address, { plainHttp: true });
    expect(JSON.stringify(machine.runs)).not.toContain('tls-verify');
  });

  it('is asked of skopeo where there is no podman, which builds nothing', async () => {
    machine = makePrograms(['skopeo'], () => ({ status: 1, stderr: absent }));
    expect(inShort(await machine.prove('podman', address))).toMatchObject({
      ...{ pull: 'proven', build: 'no-tool' },
    });
    expect(machine.runs.map(({ args }) => args[0])).toEqual(['login', 'inspect']);
  });

  it('of root is root’s to ask', async () => {
    machine = makePrograms(['podman'], () => ({ status: 0 }));
    const [proof] = await machine.prove('podman-root', address);
    expect(proof).toMatchObject({
      ...{ outcome: 'not-proven', reason: 'not-run-here' },
      detail: 'sudo podman pull 192.0.2.7:5443/regent-probe:none',
    });
    expect(machine.runs).toEqual([]);
  });

  it('is stopped when nobody wants to know any more', async () => {
    const controller = new AbortController();
    machine = makePrograms(['podman'], ({ options }) => {
      controller.abort();
      expect(options.signal?.aborted).toBe(true);
      throw options.signal?.reason;
    });
    const asked = machine.prove('podman', address, { signal: controller.signal });
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED', data: { subject: address } });
  });

  it('is none where the program can’t be started', async () => {
    machine = makePrograms(['podman'], () => {
      throw Object.assign(new Error('spawn podman ENOEXEC'), { code: 'ENOEXEC', errno: -8 });
    });
    expect(inShort(await machine.prove('podman', address))).toMatchObject({ pull: 'no-tool' });
  });
});

describe('containerd as proof', () => {
  const socket = 'run/containerd/containerd.sock';

  it('pulls with ctr by the folder, or with crictl by its settings', async () => {
    machine = makePrograms(['ctr'], () => ({ status: 1, stderr: `ctr: ${untrusted}` }));
    machine.addSocket(socket);
    expect(inShort(await machine.prove('containerd', address))).toEqual({
      ...{ pull: 'refused', push: 'same-as-pull' },
    });
    expect(machine.runs[0]?.args.slice(0, 6)).toEqual([
      ...['--address', join(machine.root, socket), 'images', 'pull'],
      ...['--hosts-dir', join(machine.root, 'etc/containerd/certs.d')],
    ]);
    machine.remove();
    machine = makePrograms(['ctr', 'crictl'], () => ({ status: 1, stderr: `${absent}` }));
    machine.addSocket(socket);
    expect(inShort(await machine.prove('containerd', address))).toMatchObject({ pull: 'proven' });
    expect(machine.runs.map(({ program }) => program)).toEqual(['crictl']);
  });

  it('is none without the daemon, or without a program', async () => {
    machine = makePrograms([], () => ({ status: 0 }));
    expect(inShort(await machine.prove('containerd', address))).toEqual({ pull: 'no-engine' });
    machine.addSocket(socket);
    expect(inShort(await machine.prove('containerd', address))).toEqual({ pull: 'no-tool' });
  });

  it('of k3s is asked with its own crictl', async () => {
    machine = makePrograms(['k3s'], () => ({
      status: 1,
      stderr: `FATA[0000] pulling image: ${absent}`,
    }));
    machine.addSocket('run/k3s/containerd/containerd.sock');
    expect(inShort(await machine.prove('k3s', address))).toMatchObject({ pull: 'proven' });
    expect(machine.runs[0]?.args.slice(0, 2)).toEqual(['crictl', 'pull']);
  });
});

describe('a BuildKit of its own as proof', () => {
  it('builds with buildctl and without the user’s logins', async () => {
    machine = makePrograms(['buildctl'], () => ({ status: 1, stderr: `error: ${untrusted}` }));
    machine.addSocket('run/buildkit/buildkitd.sock');
    expect(inShort(await machine.prove('buildkit', address))).toEqual({ build: 'refused' });
    const [run] = machine.runs;
    expect(run?.args).toContain(`context=${run?.options.env?.DOCKER_CONFIG}`);
    expect(existsSync(run?.options.env?.DOCKER_CONFIG ?? '/')).toBe(false);
  });

  it('says that it sees trust only after a restart, once there is some', async () => {
    machine = makePrograms(['buildctl'], () => ({ status: 1, stderr: `error: ${untrusted}` }));
    machine.addSocket('run/buildkit/buildkitd.sock');
    expect(await machine.prove('buildkit', address)).toMatchObject([{ reason: null }]);
    expect(await machine.prove('buildkit', address, { trusted: true })).toMatchObject([
      { outcome: 'refused', reason: 'restart-first' },
    ]);
  });
});

describe('the system’s list as proof', () => {
  it.each([
    [0, 'proven', undefined],
    [60, 'refused', 'PROGRAM_UNTRUSTED'],
    [6, 'refused', 'HOST_UNKNOWN'],
    [7, 'refused', 'CONNECTION_REFUSED'],
    [28, 'refused', 'CONNECTION_TIMEOUT'],
    [35, 'refused', 'TLS_FAILED'],
    [56, 'refused', 'CONNECTION_FAILED'],
    [null, 'refused', 'CONNECTION_FAILED'],
  ])('is what curl’s status %s means: %s %s', async (status, outcome, code) => {
    const stderr = 'curl: (60) SSL certificate problem\nMore details here: https://curl.se/\n';
    machine = makePrograms(['curl'], () => ({ status, stderr }));
    const [proof] = await machine.prove('system', address);
    expect(proof).toMatchObject({
      way: 'pull',
      outcome,
      detail: 'curl: (60) SSL certificate problem',
    });
    expect(proof?.problem?.code).toBe(code);
  });

  it('is asked without the user’s own settings and lists', async () => {
    machine = makePrograms(['curl'], () => ({ status: 0 }), {
      ...{ env: { PATH: '' }, askRegent: async () => null },
    });
    expect(inShort(await machine.prove('system', address))).toEqual({ pull: 'no-tool' });
    const { root } = machine;
    const env = {
      PATH: join(root, 'bin'),
      SSL_CERT_FILE: '/mine.pem',
      HTTPS_PROXY: 'http://proxy',
    };
    const again = makePrograms(['curl'], () => ({ status: 0 }), { env });
    await again.prove('system', address);
    expect(again.runs[0]?.args[0]).toBe('-q');
    expect(again.runs[0]?.options.env).toEqual({ PATH: env.PATH, HTTPS_PROXY: env.HTTPS_PROXY });
    again.remove();
  });
});

describe('every program', () => {
  it('is run without the logins of the environment', async () => {
    const env = {
      ...{ DOCKER_AUTH_CONFIG: '{}', REGISTRY_AUTH_FILE: '/a', CRICTL_AUTH: 'YTpi' },
      ...{ CRICTL_CREDS: 'a:b', NO_PROXY: 'x' },
    };
    const programs = ['podman', 'crictl', 'buildctl', 'curl', 'k3s'];
    machine = makePrograms(programs, () => ({ status: 1 }));
    const PATH = join(machine.root, 'bin');
    const again = makePrograms(programs, () => ({ status: 1 }), { env: { ...env, PATH } });
    again.addSocket('run/containerd/containerd.sock');
    again.addSocket('run/k3s/containerd/containerd.sock');
    again.addSocket('run/buildkit/buildkitd.sock');
    for (const id of ['podman', 'containerd', 'k3s', 'buildkit', 'system'] as const) {
      await again.prove(id, address);
    }
    expect(new Set(again.runs.map(({ program }) => program))).toEqual(new Set(programs));
    for (const { options } of again.runs) {
      expect(Object.keys(options.env ?? env)).toEqual(expect.arrayContaining(['NO_PROXY', 'PATH']));
      expect(JSON.stringify(options.env)).not.toMatch(/AUTH|CREDS/);
    }
    again.remove();
  });
});

describe('the others', () => {
  it('each get a command for a person', async () => {
    machine = makePrograms([], () => ({ status: 0 }));
    for (const id of ['podman-machine', 'minikube', 'kind'] as const) {
      const [proof] = await machine.prove(id, address);
      expect(proof).toMatchObject({ outcome: 'not-proven', reason: 'not-run-here' });
      expect(proof?.detail).toContain(`${address}/regent-probe:none`);
    }
  });

  it('are asked through Docker’s own protocol, or by Regent’s own client', async () => {
    const asked: unknown[] = [];
    const refusal = problem('CERT_UNTRUSTED', { address });
    machine = makePrograms([], () => ({ status: 0 }), {
      askEngine: async (consumer, registry, question) => {
        asked.push([consumer, registry, question.plainHttp]);
        return [
          {
            consumer,
            way: 'pull',
            outcome: 'refused',
            problem: problem('ENGINE_UNTRUSTED', { address, message: '' }),
            reason: null,
            detail: '',
          },
        ];
      },
      askRegent: async () => refusal,
    });
    expect(await machine.prove('regent', address)).toEqual([
      {
        consumer: 'regent',
        way: 'sign-in',
        outcome: 'refused',
        problem: refusal,
        reason: null,
        detail: '',
      },
    ]);
    const trusted = { trusted: true, plainHttp: true };
    expect(await machine.prove('docker-engine', address, trusted)).toMatchObject([
      { reason: null },
    ]);
    expect(await machine.prove('docker-desktop', address, trusted)).toMatchObject([
      { reason: 'restart-first' },
    ]);
    expect(asked).toEqual([
      ['docker-engine', address, true],
      ['docker-desktop', address, true],
    ]);
  });

  it('all have an answer', async () => {
    machine = makePrograms([], () => ({ status: 0 }), {
      ...{ askEngine: async () => [], askRegent: async () => null },
    });
    for (const id of consumerIdSchema.options) {
      for (const proof of await machine.prove(id, address)) expect(proof.consumer).toBe(id);
    }
  });
});
