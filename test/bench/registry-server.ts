import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import type { ContentStore } from '../../main/registry/cache/content-store.ts';
import { createRegistryClient, type RegistryClient } from '../../main/registry/client.ts';
import { startDaemon } from '../lab/index.ts';
import { readIfThere } from '../lab/read-if-there.ts';

/** The registry of `registry-server.mjs`. */
export interface BenchRegistry {
  readonly address: string;
  readonly origin: string;
  /** How many requests it has had, and how many of them were for content: all but HEAD. */
  requests(): Promise<{ readonly all: number; readonly reads: number }>;
  /** A client as the app makes it, without connections yet; with a store, it keeps what it sees. */
  client(store?: ContentStore): RegistryClient;
  stop(): Promise<void>;
}

/** Starts it, over plain HTTP, as nothing of TLS is to be measured. */
export async function startBenchRegistry(): Promise<BenchRegistry> {
  const script = fileURLToPath(new URL('registry-server.mjs', import.meta.url));
  const daemon = await startDaemon('bench-registry', [process.execPath, script], {
    env: process.env,
    ready: (logPath) => /^(\d+)\n/m.exec(readIfThere(logPath) ?? '')?.[1],
  });
  const address = `127.0.0.1:${daemon.answer}`;
  const origin = `http://${address}`;
  return {
    address,
    origin,
    requests: async () => {
      const text = await (await request(`${origin}/requests`)).body.text();
      const [all = 0, reads = 0] = text.split(' ').map(Number);
      return { all, reads };
    },
    client: (store) =>
      createRegistryClient({
        ...{ address, scheme: 'http', trust: { ca: [] } },
        systemRoots: async () => [],
        credentials: async () => null,
        ...(store && { contentOf: (name) => store.at({ address, user: null }, name) }),
      }),
    stop: daemon.stop,
  };
}
