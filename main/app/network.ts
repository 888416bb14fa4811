import type { Session } from 'electron';
import { isAppUrl } from './origin.ts';

/** Whether the window may load this address. Developer tools come with pages of their own. */
export function isLoadable(address: string, withDeveloperTools: boolean): boolean {
  return isAppUrl(address) || (withDeveloperTools && address.startsWith('devtools://'));
}

/** Cuts the window off from every network; `onBlocked` is told what was refused. */
export function blockNetwork(
  session: Pick<Session, 'webRequest'>,
  withDeveloperTools: boolean,
  onBlocked: (address: string) => void,
): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !isLoadable(details.url, withDeveloperTools);
    if (cancel) onBlocked(details.url);
    answer({ cancel });
  });
}
