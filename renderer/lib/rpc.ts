import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { RegentClient } from '../../shared/contract/client.ts';

/** The main process as the window sees it: plain calls, and the same calls as query options. */
export interface Regent {
  readonly client: RegentClient;
  readonly api: ReturnType<typeof createTanstackQueryUtils<RegentClient>>;
}

/** The message with which the preload script hands over the port, once per page. */
const PORT_MESSAGE = 'regent-port';

/** Waits for the port to the main process and connects to it. Only this very window may hand it over. */
export async function connectToMain(page: Window): Promise<Regent> {
  const port = await new Promise<MessagePort>((resolve) => {
    const receive = (event: MessageEvent): void => {
      const [handed] = event.ports;
      if (event.source !== page || event.data !== PORT_MESSAGE || !handed) return;
      page.removeEventListener('message', receive);
      resolve(handed);
    };
    page.addEventListener('message', receive);
  });
  const link = new RPCLink({ port });
  port.start();
  const client: RegentClient = createORPCClient(link);
  return { client, api: createTanstackQueryUtils(client) };
}
