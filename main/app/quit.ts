import type { App } from 'electron';

/** Longer than this nobody waits for a window to go away, in milliseconds. */
const patienceMs = 5000;

/** Holds back the app's end until running tasks are cancelled and files are closed, within limits. */
export function disposeOnQuit(
  app: Pick<App, 'on' | 'quit'>,
  dispose: () => Promise<void>,
  waitMs = patienceMs,
): void {
  let state: 'running' | 'disposing' | 'disposed' = 'running';
  app.on('will-quit', (event) => {
    if (state === 'disposed') return;
    event.preventDefault();
    if (state === 'disposing') return;
    state = 'disposing';
    const patience = new Promise<void>((resolve) => setTimeout(resolve, waitMs).unref());
    Promise.race([dispose(), patience])
      .catch(() => undefined)
      .finally(() => {
        state = 'disposed';
        app.quit();
      });
  });
}
