import { type Problem, problem } from '../../../shared/errors/index.ts';
import type { Answer } from './ask.ts';
import { ask } from './ask.ts';
import type { Connection } from './connect.ts';
import { isRegistryItself, registryVersion } from './judge-answer.ts';
import type { Look, Resolver } from './look.ts';
import { networkProblem } from './network-problem.ts';

const HTTP_PORT = 80;

/** Finds the IP addresses of a look's host; the problem when it has none. */
export async function resolveHost(
  look: Look,
  resolver: Resolver,
): Promise<readonly string[] | Problem> {
  const { host } = look.parts;
  if (look.isIp) return [host];
  const unknown = problem('HOST_UNKNOWN', { host });
  try {
    const ips = await look.within(() => resolver(host));
    return ips.length > 0 ? ips : unknown;
  } catch (error) {
    networkProblem(error, look.address, look.seconds);
    return unknown;
  }
}

/** A server that was reached; `plain` is its answer when it speaks plain HTTP and was asked already. */
export interface Reached {
  readonly connection: Connection;
  readonly port: number;
  readonly plain?: Answer;
}

/**
 * Connects to a look's port. Where no port was typed and HTTPS's does not answer, it looks whether a registry
 * speaks plain HTTP on port 80, as Docker does for registries that are marked insecure.
 */
export async function reachServer(look: Look, ips: readonly string[]): Promise<Reached | Problem> {
  try {
    const connection = await look.within((signal) =>
      look.connect(ips, { scheme: 'https', port: look.port }, signal),
    );
    return { connection, port: look.port };
  } catch (error) {
    const failure = networkProblem(error, look.address, look.seconds);
    // Many proxies lead to the ports of TLS alone, and answer for others only where they are told whole URLs.
    const isElsewhere = look.parts.port === undefined || failure.code === 'PROXY_REFUSED';
    const plain = isElsewhere ? await reachPlain(look, ips) : undefined;
    return plain ?? failure;
  }
}

async function reachPlain(look: Look, ips: readonly string[]): Promise<Reached | undefined> {
  try {
    return await look.within(async (signal) => {
      const port = look.parts.port ?? HTTP_PORT;
      const connection = await look.connect(ips, { scheme: 'http', port }, signal);
      const { socket, way } = connection;
      const plain = await ask(socket, look.address, '/v2/', signal, way);
      const isRegistry = isRegistryItself(plain, way) && registryVersion(plain) !== undefined;
      return isRegistry ? { connection, port, plain } : undefined;
    });
  } catch (error) {
    networkProblem(error, look.address, look.seconds);
    return undefined;
  }
}
