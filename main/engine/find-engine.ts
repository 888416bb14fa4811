import { RegentError } from '../../shared/errors/index.ts';
import { callEngine } from './call-engine.ts';
import { readContextEndpoint, readCurrentContext } from './docker-context.ts';
import { type Endpoint, parseEndpoint, socketEndpoint } from './endpoint.ts';
import { chooseApiVersion } from './negotiate.ts';
import { readTlsMaterial } from './tls-material.ts';

/** Where to look for an engine. */
export interface EngineHints {
  readonly env: NodeJS.ProcessEnv;
  /** The docker CLI's folder with config.json and contexts. */
  readonly dockerConfig: string;
  /** Where engines usually listen, best first. */
  readonly sockets: readonly string[];
}

/** An engine that has answered. */
export interface Connection {
  readonly endpoint: Endpoint;
  /** The version of the API to speak with it, such as `1.41`. */
  readonly apiVersion: string;
  readonly podman: boolean;
}

/** How long an engine may take to answer a ping. */
const PING_MS = 2000;

/**
 * Finds the engine as the docker CLI does: `DOCKER_HOST`, `DOCKER_CONTEXT`, the context of config.json; when none
 * chooses (empty variables count as unset), the usual sockets. Existence is not enough: each one is pinged.
 * @throws RegentError `ENGINE_UNREACHABLE` or `ENGINE_PERMISSION` when the chosen engine does not answer,
 * `ENGINE_CONTEXT_MISSING`, `ENGINE_UNSUPPORTED`, and `ENGINE_ABSENT` when nothing answers anywhere
 */
export async function findEngine(hints: EngineHints): Promise<Connection> {
  const chosen = await chooseEndpoint(hints);
  if (chosen) return pingEngine(chosen);
  return findListening(hints.sockets);
}

/**
 * The first of these sockets where an engine answers.
 * @throws RegentError `ENGINE_PERMISSION` when one may not be opened and no other answers, else `ENGINE_ABSENT`
 */
export async function findListening(sockets: readonly string[]): Promise<Connection> {
  const pings = await Promise.allSettled(sockets.map((path) => pingEngine(socketEndpoint(path))));
  const found = pings.find((ping) => ping.status === 'fulfilled');
  if (found) return found.value;
  for (const ping of pings) {
    const error: unknown = ping.status === 'rejected' ? ping.reason : undefined;
    if (error instanceof RegentError && error.code === 'ENGINE_PERMISSION') throw error;
  }
  throw new RegentError('ENGINE_ABSENT', { tried: sockets });
}

async function chooseEndpoint(hints: EngineHints): Promise<Endpoint | undefined> {
  const { env, dockerConfig } = hints;
  if (env.DOCKER_HOST) {
    const encrypted = Boolean(env.DOCKER_TLS_VERIFY || env.DOCKER_TLS);
    const tls = encrypted ? await readTlsMaterial(env.DOCKER_CERT_PATH || dockerConfig) : null;
    return parseEndpoint(env.DOCKER_HOST, encrypted ? (tls ?? {}) : null);
  }
  const context = env.DOCKER_CONTEXT || (await readCurrentContext(dockerConfig));
  return context && context !== 'default' ? readContextEndpoint(dockerConfig, context) : undefined;
}

/**
 * Asks an engine whether it is there, which also tells its API version.
 * @throws RegentError `ENGINE_PERMISSION`, or `ENGINE_UNREACHABLE` when there is no good answer within 2 s
 */
async function pingEngine(endpoint: Endpoint): Promise<Connection> {
  const response = await callEngine(endpoint, { method: 'GET', path: '/_ping', idleMs: PING_MS });
  response.destroy();
  if (response.statusCode !== 200) {
    const detail = `HTTP ${response.statusCode}`;
    throw new RegentError('ENGINE_UNREACHABLE', { endpoint: endpoint.url, detail });
  }
  return {
    endpoint,
    apiVersion: chooseApiVersion(header(response.headers['api-version'])),
    // Podman's compatible service answers at Docker's usual sockets, too; this header gives it away.
    podman: 'libpod-api-version' in response.headers,
  };
}

function header(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
