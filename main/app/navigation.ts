import type { WebContents } from 'electron';
import { isOutsideLinkAllowed } from '../../shared/model/outside-link.ts';

/** The part of a window's contents that decides where it can go. */
export type NavigatingContents = Pick<WebContents, 'on' | 'setWindowOpenHandler'>;

/**
 * Keeps a page where it is: no navigation, no redirect, no second window, no embedded page. A link to one of
 * the allowed sites is opened in the user's browser instead.
 */
export function lockNavigation(
  contents: NavigatingContents,
  openExternal: (address: string) => Promise<void>,
): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('select-bluetooth-device', (event, _devices, answer) => {
    event.preventDefault();
    answer('');
  });
  contents.setWindowOpenHandler(({ url }) => {
    if (isOutsideLinkAllowed(url)) openExternal(url).catch(() => undefined);
    return { action: 'deny' };
  });
}
