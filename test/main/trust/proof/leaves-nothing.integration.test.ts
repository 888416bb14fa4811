import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ConsumerId } from '../../../../shared/model/consumer.ts';
import {
  describeWithLab,
  type GreedyRegistry,
  type LabEngine,
  type LabPart,
  newerEngine,
  startBuildkit,
  startContainerd,
  startEngine,
  startGreedyRegistry,
  startPodman,
} from '../../../lab/index.ts';
import { readIfThere } from '../../../lab/read-if-there.ts';
import { buildkitFolder } from '../../../setup/buildkit.mjs';
import { forgetTrust, openLabMachine } from '../matrix/lab-machine.ts';

const same = 'same-as-pull';
const engineWays = { 'sign-in': 'proven', pull: 'proven', push: same, build: 'proven' };

/** A consumer that runs, and what it keeps. */
interface Running {
  readonly dockerHost?: string;
  /** One line for each image and each piece of one, of whomever. */
  readonly kept: () => Promise<string>;
  stop(): Promise<void>;
}

interface Row {
  readonly name: string;
  readonly consumer: ConsumerId;
  readonly needs: readonly LabPart[];
  readonly start: () => Promise<Running>;
  readonly ways: object;
  /** Whether the docker CLI has buildx, and so builds with BuildKit. */
  readonly buildx?: boolean;
  /** Whether its settings name a program that keeps logins. */
  readonly helpers?: boolean;
  /** Whether it sees trust only when it is started. */
  readonly restarts?: boolean;
}

const engineThat = (start: () => Promise<LabEngine>) => async (): Promise<Running> => {
  const engine = await start();
  return {
    dockerHost: `unix://${engine.socketPath}`,
    kept: async () => (await engine.docker(['images', '--all', '--quiet'])).stdout,
    stop: engine.stop,
  };
};

const podman = async (): Promise<Running> => {
  const tools = await startPodman();
  return {
    kept: async () => (await tools.podman(['images', '--all', '--quiet'])).stdout,
    stop: tools.stop,
  };
};

const containerd = async (): Promise<Running> => {
  const daemon = await startContainerd({ place: 'system' });
  const list = async (namespace: string, what: string) =>
    (await daemon.ctr(['--namespace', namespace, what, 'ls', '--quiet'])).stdout;
  return {
    kept: async () => `${await list('default', 'images')}${await list('default', 'content')}`,
    stop: daemon.stop,
  };
};

const buildkit = async (): Promise<Running> => {
  const daemon = await startBuildkit({ place: 'system' });
  // It keeps a memory of its own, which it bounds itself; images it has none.
  return { kept: async () => '', stop: daemon.stop };
};

const rows: readonly Row[] = [
  {
    ...{ name: 'Docker Engine 20.10', consumer: 'docker-engine', needs: ['engine'] },
    ...{ start: engineThat(() => startEngine()), ways: engineWays },
  },
  {
    ...{ name: 'Docker Engine 28, classic store', consumer: 'docker-engine' },
    ...{ needs: ['engine', 'newer-engine', 'buildx'], buildx: true, ways: engineWays },
    start: engineThat(() => newerEngine('classic')),
  },
  {
    ...{ name: 'Docker Engine 28, containerd’s store', consumer: 'docker-engine' },
    ...{ needs: ['engine', 'newer-engine', 'buildx'], buildx: true, ways: engineWays },
    start: engineThat(() => newerEngine('containerd')),
  },
  {
    ...{ name: 'Podman', consumer: 'podman', needs: ['podman'], start: podman },
    ways: engineWays,
  },
  {
    ...{ name: 'Podman with a program that keeps its logins', consumer: 'podman' },
    ...{ needs: ['podman'], start: podman, helpers: true },
    // What it signs in with is kept by that program, so it is not asked to.
    ways: { ...engineWays, 'sign-in': same },
  },
  {
    ...{ name: 'containerd', consumer: 'containerd', needs: ['containerd'], start: containerd },
    ways: { pull: 'proven', push: same },
  },
  {
    ...{ name: 'BuildKit', consumer: 'buildkit', needs: ['buildkit'], start: buildkit },
    ...{ ways: { build: 'proven' }, restarts: true },
  },
];

const linesOf = (text: string): readonly string[] => text.split('\n').filter(Boolean);

/** Fills every place of a home and an environment with logins for that registry. */
function writeLogins(home: string, address: string, helpers: boolean): NodeJS.ProcessEnv {
  const write = (path: string, text: string) => {
    mkdirSync(join(home, path, '..'), { recursive: true });
    writeFileSync(join(home, path), text);
    return join(home, path);
  };
  const auth = Buffer.from('ada:secret-of-ada').toString('base64');
  const logins = JSON.stringify({ auths: { [address]: { auth } } });
  write('.docker/config.json', logins);
  write('.config/containers/auth.json', logins);
  if (helpers) write('.config/containers/registries.conf', 'credential-helpers = ["recorder"]\n');
  const answer = JSON.stringify({ Username: 'ada', Secret: 'secret-of-ada' });
  const helper = write(
    'bin/docker-credential-recorder',
    `#!/bin/sh\necho "$1" >> '${home}/asked'\ncat > /dev/null\necho '${answer}'\n`,
  );
  chmodSync(helper, 0o755);
  return {
    PATH: [join(home, 'bin'), process.env.PATH, buildkitFolder].join(':'),
    DOCKER_AUTH_CONFIG: logins,
    REGISTRY_AUTH_FILE: write('elsewhere/auth.json', logins),
    XDG_RUNTIME_DIR: join(write('run/containers/auth.json', logins), '../..'),
  };
}

/** One that lets everybody in and one that does not, for all of them: each takes a host of the sandbox. */
const registries = new Map<boolean, GreedyRegistry>();
async function greedyOne(wantsLogin: boolean): Promise<GreedyRegistry> {
  const known = registries.get(wantsLogin) ?? (await startGreedyRegistry({ wantsLogin }));
  registries.set(wantsLogin, known);
  return known;
}

afterEach(forgetTrust);
afterAll(async () => {
  for (const greedy of registries.values()) await greedy.stop();
});

for (const { name, consumer, needs, start, ways, buildx, helpers, restarts } of rows) {
  describeWithLab(`the proof by ${name}`, needs, () => {
    let running: Running;

    const trustAndAsk = async (wantsLogin: boolean) => {
      const greedy = await greedyOne(wantsLogin);
      const { address } = greedy;
      const earlier = greedy.asked().length;
      const { dockerHost } = running;
      const home = mkdtempSync(join(tmpdir(), 'home-'));
      const machine = await openLabMachine({
        ...(dockerHost === undefined ? {} : { dockerHost }),
        ...{ home, buildx: buildx ?? false },
        env: writeLogins(home, address, helpers ?? false),
      });
      await machine.trustFor(greedy, [consumer]);
      if (restarts) {
        await running.stop();
        running = await start();
      }
      const answers = await machine.ask(consumer, address);
      await machine.trust.revoke({ address });
      return { answers, home, asked: greedy.asked().slice(earlier) };
    };

    beforeAll(async () => {
      running = await start();
    });
    afterAll(() => running.stop());

    it('leaves nothing of a registry that has everything', async () => {
      // Its own housekeeping may take away meanwhile what others left.
      const before = new Set(linesOf(await running.kept()));
      const { answers, asked } = await trustAndAsk(false);
      expect(answers).toEqual(ways);
      const after = linesOf(await running.kept());
      expect(after.filter((line) => !before.has(line))).toEqual([]);
      expect(asked.some(({ path }) => path.includes('/regent-probe/'))).toBe(true);
    });

    it('tells the registry none of the logins that lie around', async () => {
      const { answers, asked, home } = await trustAndAsk(true);
      expect(answers).toEqual(ways);
      const told = asked.flatMap(({ authorization }) => authorization ?? []);
      const users = told.map((header) =>
        Buffer.from(header.replace(/^Basic /, ''), 'base64').toString('utf8'),
      );
      expect(users.filter((user) => !user.startsWith('regent-probe-'))).toEqual([]);
      expect(readIfThere(join(home, 'asked'))).toBeUndefined();
    });
  });
}
