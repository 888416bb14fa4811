import { type EngineInfo, isRootless, readInfo } from './engine-facts.ts';
import { type Connection, findListening } from './find-engine.ts';
import type { SocketOwner } from './known-sockets.ts';

/** How engines are found. */
export interface EngineFinder {
  /** The engine in use, as the docker CLI chooses it. */
  readonly connect: () => Promise<Connection>;
  /** Where an engine listens that has a place of its own. */
  readonly sockets: (owner: SocketOwner) => readonly string[];
}

/** An engine, and what it says about itself. */
export interface ChosenEngine {
  readonly connection: Connection;
  readonly info: EngineInfo;
}

/**
 * Finds the engine that is meant: for `docker-engine` the one in use, unless that is the user's own without root,
 * which reads another trust; the others where they listen.
 * @throws RegentError `ENGINE_…`
 */
export async function chooseEngine(
  owner: SocketOwner,
  { connect, sockets }: EngineFinder,
  signal: AbortSignal,
): Promise<ChosenEngine> {
  const listening = () => findListening(sockets(owner)).then((found) => look(found, signal));
  if (owner !== 'docker-engine') return listening();
  const inUse = await look(await connect(), signal);
  return isRootless(inUse.info) ? listening() : inUse;
}

async function look(connection: Connection, signal: AbortSignal): Promise<ChosenEngine> {
  return { connection, info: await readInfo(connection, signal) };
}
