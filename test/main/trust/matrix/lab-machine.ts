import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../../../main/engine/create-engine.ts';
import { runProcess } from '../../../../main/platform/run-process.ts';
import { createRegistryClient } from '../../../../main/registry/client.ts';
import {
  type ConsumerProof,
  createConsumerProof,
} from '../../../../main/trust/proof/consumer-proof.ts';
import { userPlaces } from '../../../../main/trust/targets/user-places.ts';
import { createTrust, type Trust } from '../../../../main/trust/trust.ts';
import { gotThrough } from '../../../../shared/errors/got-through.ts';
import { problemOf } from '../../../../shared/errors/index.ts';
import type { ConsumerId, Way } from '../../../../shared/model/consumer.ts';
import { runOrThrow } from '../../../lab/processes.ts';
import { buildkitFolder } from '../../../setup/buildkit.mjs';
import { newerEngineFolder } from '../../../setup/newer-engine.mjs';

/** Regent on the sandbox's own machine: as root with a home of its own, or as an ordinary user. */
export interface LabMachine {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly trust: Trust;
  readonly prove: ConsumerProof;
  /** Trusts a registry for these consumers, as a user does who was given its CA; or plain HTTP without. */
  trustFor(
    registry: { readonly address: string; readonly caPem: string; readonly caSha256: string },
    consumers: readonly ConsumerId[],
  ): Promise<void>;
  /** What a consumer says itself, in a few words: `proven`, a problem's code, or why it was not asked. */
  ask(consumer: ConsumerId, address: string): Promise<Answers>;
}

/** For each way in that the consumer has. */
export type Answers = Readonly<Partial<Record<Way, string>>>;

/** What can be chosen about it. */
export interface LabMachineOptions {
  /** `DOCKER_HOST`. */
  readonly dockerHost?: string;
  /** Whether the docker CLI finds buildx, and so builds with BuildKit; without, the engine itself builds. */
  readonly buildx?: boolean;
  /** A home that is there already, instead of a new one. */
  readonly home?: string;
  /** Whether this process is an ordinary user's, with the home and the environment of that user. */
  readonly ofUser?: boolean;
  /** What the environment has besides. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Opens Regent there. Everything it writes is gone with the sandbox. */
export async function openLabMachine(options: LabMachineOptions = {}): Promise<LabMachine> {
  const own = options.ofUser ? process.env.HOME : options.home;
  const home = own ?? mkdtempSync(join(tmpdir(), 'home-'));
  const dockerConfig = join(home, '.docker');
  if (options.buildx) {
    mkdirSync(join(dockerConfig, 'cli-plugins'), { recursive: true });
    const plugin = join(dockerConfig, 'cli-plugins', 'docker-buildx');
    symlinkSync(join(newerEngineFolder, 'docker-buildx'), plugin);
  }
  const env: NodeJS.ProcessEnv = {
    ...(options.ofUser ? process.env : {}),
    HOME: home,
    PATH: `${process.env.PATH}:${buildkitFolder}`,
    ...(options.dockerHost === undefined ? {} : { DOCKER_HOST: options.dockerHost }),
    ...options.env,
  };
  const paths = { home, dockerConfig, data: join(home, 'regent') };
  const places = await userPlaces(env, 'linux', paths);
  const trust = createTrust({
    ...{ places, path: env.PATH ?? '', clock: { now: () => Date.now() } },
    elevate: () => Promise.reject(new Error('nothing here needs elevation')),
  });
  const engine = createEngine({ env, paths });
  const prove = createConsumerProof({
    ...{ run: runProcess, env, places, isRoot: !options.ofUser },
    askEngine: (consumer, address, question) =>
      engine.prove(consumer, address, { ...question, auth: null }),
    askRegent: async (address, signal = new AbortController().signal) => {
      const ca = await trust.materialFor(address);
      const credentials = async () => null;
      const client = createRegistryClient({ address, scheme: 'https', trust: { ca }, credentials });
      try {
        await client.ping(signal);
        return null;
      } catch (error) {
        const problem = problemOf(error);
        return gotThrough(problem) ? null : problem;
      } finally {
        await client.close();
      }
    },
  });
  return {
    ...{ home, env, trust, prove },
    trustFor: async ({ address, caPem, caSha256 }, consumers) => {
      const wish =
        caPem === ''
          ? { address, insecure: true, consumers }
          : { address, pem: caPem, sha256: caSha256, consumers };
      const plan = await trust.plan({ ...wish, consumers: [...consumers] });
      const result = await trust.apply(plan.planId);
      for (const { id, status } of result.consumers) {
        if (consumers.includes(id) && status !== 'applied') throw new Error(`${id}: ${status}`);
      }
    },
    ask: async (consumer, address) => {
      const { consumers, plainHttp } = await trust.standingOf(address);
      const trusted = consumers.includes(consumer);
      const proofs = await prove(consumer, address, { trusted, plainHttp });
      return Object.fromEntries(
        proofs.map(({ way, outcome, problem, reason }) => [
          way,
          outcome === 'refused'
            ? [problem?.code, reason].filter(Boolean).join(', ')
            : (reason ?? outcome),
        ]),
      );
    },
  };
}

/** Really pulls, pushes and builds with the docker CLI; the proof itself writes nothing. */
export interface RealDocker {
  pull(image: string): Promise<boolean>;
  push(image: string, target: string): Promise<boolean>;
  build(image: string): Promise<boolean>;
}

/** The docker CLI as it is run on that machine. Each answers whether it worked. */
export function realDocker({ env }: LabMachine): RealDocker {
  const docker = async (args: readonly string[], input = '') => {
    const { status } = await runProcess('/usr/bin/env', ['docker', ...args], { env, input });
    return status === 0;
  };
  return {
    pull: (image) => docker(['pull', image]),
    push: async (image, target) =>
      (await docker(['tag', image, target])) && (await docker(['push', target])),
    build: (image) => docker(['build', '-'], `FROM ${image}\n`),
  };
}

/** Forgets everything that consumers were told to trust in the folders for one registry each. */
export async function forgetTrust(): Promise<void> {
  await runOrThrow(['rm', '-rf', '/etc/docker/certs.d', '/etc/containers/certs.d']);
}
