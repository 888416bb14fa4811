import { lookup } from 'node:dns/promises';
import { hostname } from 'node:os';
import { RegentError } from '../../shared/errors/index.ts';
import type { EngineStatus, LocalImage } from '../../shared/model/image.ts';
import type { Proof } from '../../shared/model/trust.ts';
import type { Paths } from '../platform/paths.ts';
import { readStatus } from './engine-facts.ts';
import { findEngine } from './find-engine.ts';
import { knownSockets } from './known-sockets.ts';
import { listImages } from './list-images.ts';
import { prove } from './prove.ts';
import { type PullOptions, type PullResult, pullImage } from './pull-image.ts';
import type { EngineAuth } from './registry-auth.ts';

/** The container engine of this machine. It is looked for anew at each call, so one that comes or goes is noticed. */
export interface Engine {
  /** Which engine there is; why there is none is an answer, too. */
  status(): Promise<EngineStatus>;
  /** The engine's images, newest first. @throws RegentError `ENGINE_…` */
  listImages(): Promise<readonly LocalImage[]>;
  /** See {@link pullImage}. */
  pull(reference: string, options: PullOptions): Promise<PullResult>;
  /** Whether the engine itself can sign in there. See {@link prove}. */
  proveSignIn(address: string, auth: EngineAuth | null, signal?: AbortSignal): Promise<Proof>;
  /** Whether the engine itself can pull from there. See {@link prove}. */
  provePull(address: string, auth: EngineAuth | null, signal?: AbortSignal): Promise<Proof>;
}

/** Where to look for the engine. */
export interface EngineSettings {
  readonly env: NodeJS.ProcessEnv;
  readonly paths: Pick<Paths, 'home' | 'dockerConfig'>;
}

/** Makes the client of this machine's container engine. Nothing is opened before it is used. */
export function createEngine({ env, paths }: EngineSettings): Engine {
  const sockets = knownSockets({
    ...{ env, home: paths.home },
    ...{ platform: process.platform, uid: process.getuid?.() ?? null },
  });
  const connect = () => findEngine({ env, dockerConfig: paths.dockerConfig, sockets });
  const tools = { connect, lookUp, hostname: hostname() };
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
    proveSignIn: (address, auth, signal) => prove('sign-in', address, auth, tools, signal),
    provePull: (address, auth, signal) => prove('pull', address, auth, tools, signal),
  };
}

async function lookUp(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}
