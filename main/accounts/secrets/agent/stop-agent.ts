import { rm } from 'node:fs/promises';
import { askAgent } from './ask-agent.ts';

/** Ends the agent that listens at one of the places, and takes its socket away in any case: without it, it is out of reach. */
export async function stopAgent(sockets: readonly string[]): Promise<void> {
  await askAgent(sockets, { op: 'stop' }).catch(() => undefined);
  for (const socket of sockets) await rm(socket, { force: true }).catch(() => undefined);
}
