import type { WebContents } from 'electron';
import type { LogError } from '../api/serve.ts';
import type { Clock } from '../platform/clock.ts';

/** A page that dies again within this time, in milliseconds, would only die once more. */
const tooSoonMs = 10_000;

/** Loads the page anew when its process has died; the services and their tasks live on in the main process. */
export function reloadAfterCrash(
  contents: Pick<WebContents, 'on' | 'reload'>,
  clock: Clock,
  logError: LogError,
): void {
  let last = Number.NEGATIVE_INFINITY;
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    logError(new Error(`the page's process is gone: ${reason}, ${exitCode}`));
    const previous = last;
    last = clock.now();
    if (last - previous >= tooSoonMs) contents.reload();
  });
}
