import { join } from 'node:path';
import { app, MessageChannelMain, nativeTheme, protocol, session, shell } from 'electron';
import type { Handlers } from '../../shared/contract/handlers.ts';
import type { Door } from '../api/door.ts';
import { type LogError, serveOverPort } from '../api/serve.ts';
import { systemClock } from '../platform/clock.ts';
import { followTheme } from './appearance.ts';
import { bundleFolder } from './bundle-folder.ts';
import { createDoor } from './desktop-door.ts';
import { lockNavigation } from './navigation.ts';
import { blockNetwork } from './network.ts';
import { appPage, appScheme } from './origin.ts';
import { denyPermissions } from './permissions.ts';
import { handPorts } from './port.ts';
import { listServedFiles, serveFiles } from './protocol.ts';
import { disposeOnQuit } from './quit.ts';
import { reloadAfterCrash } from './recover.ts';
import { createWindow, focusWindow } from './window.ts';
import { windowOptions } from './window-options.ts';
import { openWindowSize } from './window-size.ts';

/** What the window opens onto. */
export interface Services {
  readonly handlers: Handlers;
  /** Cancels running tasks and closes what is open. */
  dispose(): Promise<void>;
}

/**
 * Opens Regent's window, locked down, over its services.
 * @throws what `createServices` throws, and RegentError when the settings can't be read; the app can't go on then
 */
export async function startDesktop(
  dataFolder: string,
  createServices: (door: Door) => Promise<Services>,
  logError: LogError,
): Promise<void> {
  const withDeveloperTools = !app.isPackaged;
  lockSession(withDeveloperTools);
  protocol.handle(appScheme, serveFiles(await listServedFiles(join(bundleFolder, 'renderer'))));

  const door = createDoor(withDeveloperTools);
  const { handlers, dispose } = await createServices(door);
  const { settings } = await handlers.settings.get(undefined, { signal: neverAborted });
  door.applySettings(settings);

  const sizes = openWindowSize(dataFolder);
  const size = await sizes.read();
  let remembered = Promise.resolve();
  const options = windowOptions({
    title: door.translator()('common.product'),
    size,
    icon: join(bundleFolder, 'icon.png'),
    preload: join(bundleFolder, 'preload.cjs'),
    dark: nativeTheme.shouldUseDarkColors,
    withDeveloperTools,
  });
  const window = createWindow(options, size.maximized, (last) => {
    remembered = sizes.write(last);
  });
  door.setWindow(window);
  followTheme(window);
  handPorts(
    window.webContents,
    () => new MessageChannelMain(),
    (port) => serveOverPort(handlers, port, logError),
  );
  reloadAfterCrash(window.webContents, systemClock, logError);
  app.on('second-instance', () => focusWindow(window));
  app.on('window-all-closed', () => app.quit());
  disposeOnQuit(app, async () => {
    await Promise.all([dispose(), remembered]);
  });
  await window.loadURL(appPage);
}

const neverAborted = new AbortController().signal;

/** Locks every page of this app, whatever opens it. */
function lockSession(withDeveloperTools: boolean): void {
  denyPermissions(session.defaultSession);
  // Although no page has its spelling checked, Chromium fetches dictionaries from Google, past what `blockNetwork` sees.
  session.defaultSession.setSpellCheckerDictionaryDownloadURL('data:,');
  blockNetwork(session.defaultSession, withDeveloperTools, (address) => {
    console.warn(`The window asked for ${JSON.stringify(address)}; it has no network.`);
  });
  app.on('web-contents-created', (_event, contents) => {
    lockNavigation(contents, (address) => shell.openExternal(address));
  });
}
