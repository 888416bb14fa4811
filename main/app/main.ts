import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, protocol, session } from 'electron';
import { problemOf } from '../../shared/errors/index.ts';
import { chooseLocale, createTranslator, explain } from '../../shared/i18n/index.ts';
import type { Door } from '../api/door.ts';
import { createRegent, type Regent } from '../index.ts';
import { withDeadline } from '../platform/deadline.ts';
import { openLog } from '../platform/log.ts';
import { findPaths } from '../platform/paths.ts';
import { programsFolder } from './bundle-folder.ts';
import { startDesktop } from './desktop.ts';
import { appSchemeRegistration } from './protocol.ts';

// Electron reads the scheme and its folders before it is ready, so this happens while the module loads. Nothing
// here may wait for `ready` at the top level: Electron waits for this module first.
const paths = findPaths(process.env, process.platform);
const logError = openLog(paths);
const electronFolder = join(paths.data, 'electron');
mkdirSync(electronFolder, { recursive: true, mode: 0o700 });
app.setPath('userData', electronFolder);
// Root can't use Chromium's sandbox; the window's own options still ask for it.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
protocol.registerSchemesAsPrivileged([appSchemeRegistration]);

/** How long a proxy's script may take to say which way to go, in milliseconds; then the way is direct, as in browsers. */
const PROXY_MS = 3_000;

if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(() => startDesktop(paths.data, openServices, logError))
    .catch(reportFailure);
} else {
  app.quit();
}

function openServices(door: Door): Promise<Regent> {
  const { env, platform } = process;
  // A window's user has set a proxy in the system's settings, not in a shell.
  const askSystemProxy = (url: string) =>
    withDeadline(session.defaultSession.resolveProxy(url), PROXY_MS).catch(() => 'DIRECT');
  const programs = programsFolder;
  return createRegent({ env, platform, door, programs, logError, askSystemProxy });
}

/** The app can't start: says so in a native box, since there is no window to say it in. */
function reportFailure(error: unknown): void {
  logError(error);
  const t = createTranslator(chooseLocale(app.getPreferredSystemLanguages()));
  const { what, why, fix } = explain(t, problemOf(error));
  dialog.showErrorBox(t('app.failed.title'), [what, why, fix].filter(Boolean).join('\n\n'));
  app.exit(1);
}
