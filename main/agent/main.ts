import { text } from 'node:stream/consumers';
import { problemOf } from '../../shared/errors/regent-error.ts';
import type { AgentWord } from '../accounts/secrets/agent/start-agent.ts';
import { type UnlockOrder, unlock } from '../accounts/secrets/agent/unlock.ts';
import { systemClock } from '../platform/clock.ts';

// Keeps the logins of a passphrase readable, like ssh-agent: started by the terminal with an order on stdin, it says
// one word on stdout, and serves until it ends by itself or is asked to.
process.umask(0o077);
const say = (word: AgentWord) =>
  new Promise<void>((resolve) =>
    process.stdout.write(`${JSON.stringify(word)}\n`, () => resolve()),
  );
try {
  const agent = await unlock(JSON.parse(await text(process.stdin)) as UnlockOrder, systemClock);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, agent.stop);
  await say({ serves: true });
  // Opening the passphrase has left 256 MiB behind, and the passphrase.
  globalThis.gc?.();
  await agent.ended;
  process.exit(0);
} catch (error) {
  await say({ problem: problemOf(error) });
  process.exit(1);
}
