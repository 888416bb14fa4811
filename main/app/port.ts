import type { MessageChannelMain, MessagePortMain, WebContents } from 'electron';
import { isAppUrl } from './origin.ts';

/** The message by which the page receives its port; `preload.ts` waits for it. */
export const portMessage = 'regent-port';

/** What the hand-over needs of the window's contents. */
export type PortContents = Pick<WebContents, 'on' | 'mainFrame'>;

/**
 * Hands one end of a fresh message channel to the top frame whenever it has loaded, and serves the other. Only
 * Regent's own page gets one; a page that was reloaded or has crashed loses its old port.
 */
export function handPorts(
  contents: PortContents,
  createChannel: () => MessageChannelMain,
  serve: (port: MessagePortMain) => void,
): void {
  let current: MessagePortMain | undefined;
  const withdraw = () => {
    current?.close();
    current = undefined;
  };
  contents.on('did-finish-load', () => {
    withdraw();
    if (!isAppUrl(contents.mainFrame.url)) return;
    const { port1, port2 } = createChannel();
    current = port1;
    serve(port1);
    port1.start();
    contents.mainFrame.postMessage(portMessage, null, [port2]);
  });
  contents.on('render-process-gone', withdraw);
  contents.on('destroyed', withdraw);
}
