import { lookup } from 'node:dns/promises';
import { hostname } from 'node:os';
import { RegentError } from '../../shared/errors/index.ts';
import type { Proof } from '../../shared/model/consumer.ts';
import type { EngineStatus, LocalImage } from '../../shared/model/image.ts';
import { findOnPath } from '../platform/find-on-path.ts';
import type { Paths } from '../platform/paths.ts';
import { type RunProcess, runProcess } from '../platform/run-process.ts';
import { readStatus } from './engine-facts.ts';
import { findEngine } from './find-engine.ts';
import { knownSockets, type SocketOwner, socketsOf } from './known-sockets.ts';
import { listImages } from './list-images.ts';
import { type ProofQuestion, type ProofTools, proveByEngine } from './prove.ts';
import { proveByBuilders } from './prove-builder.ts';
import { type PullOptions, type PullResult, pullImage } from './pull-image.ts';

/** The container engine of this machine. It is looked for anew at each call, so one that comes or goes is noticed. */
export interface Engine {
  /** Which engine there is; why there is none is an answer, too. */
  status(): Promise<EngineStatus>;
  /** The engine's images, newest first. @throws RegentError `ENGINE_…` */
  listImages(): Promise<readonly LocalImage[]>;
  /** See {@link pullImage}. */
  pull(reference: string, options: PullOptions): Promise<PullResult>;
  /**
   * What an engine, or buildx's builders, say themselves about a registry, for each way in. See
   * {@link proveByEngine} and {@link proveByBuilders}.
   */
  prove(
    consumer: SocketOwner | 'buildx',
    address: string,
    question: ProofQuestion,
  ): Promise<readonly Proof[]>;
}

/** Where to look for the engine, and how to run the docker CLI. */
export interface EngineSettings {
  readonly env: NodeJS.ProcessEnv;
  readonly paths: Pick<Paths, 'home' | 'dockerConfig'>;
  readonly run?: RunProcess;
}

/** Makes the client of this machine's container engine. Nothing is opened before it is used. */
export function createEngine({ env, paths, run = runProcess }: EngineSettings): Engine {
  const hints = {
    ...{ env, home: paths.home },
    ...{ platform: process.platform, uid: process.getuid?.() ?? null },
  };
  const sockets = knownSockets(hints);
  const connect = () => findEngine({ env, dockerConfig: paths.dockerConfig, sockets });
  const tools: ProofTools = {
    ...{ connect, lookUp, hostname: hostname() },
    sockets: (owner) => socketsOf(owner, hints),
    findCli: async () => {
      const path = await findOnPath(CLI, env.PATH ?? '');
      return path === undefined ? undefined : { path, run, env, dockerConfig: paths.dockerConfig };
    },
  };
  return {
    status: async () => {
      try {
        return await readStatus(await connect(), tools.hostname);
      } catch (error) {
        if (!(error instanceof RegentError)) throw error;
        return { state: 'absent', problem: error.toProblem() };
      }
    },
    listImages: async () => listImages(await connect()),
    pull: async (reference, options) => pullImage(await connect(), reference, options),
    prove: (consumer, address, question) =>
      consumer === 'buildx'
        ? proveByBuilders(address, question, tools)
        : proveByEngine(consumer, address, question, tools),
  };
}

const CLI = process.platform === 'win32' ? 'docker.exe' : 'docker';

async function lookUp(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}
