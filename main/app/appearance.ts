import { app, type BrowserWindow, Menu, nativeTheme } from 'electron';
import type { Settings } from '../../shared/contract/settings.ts';
import type { Translator } from '../../shared/i18n/index.ts';
import { menuTemplate } from './menu.ts';
import { backgroundColor } from './window-options.ts';

/** Puts the user's language and colours on what the main process draws. */
export function applyAppearance(
  t: Translator,
  theme: Settings['theme'],
  withDeveloperTools: boolean,
): void {
  nativeTheme.themeSource = theme;
  app.setAboutPanelOptions({
    applicationName: t('common.product'),
    applicationVersion: app.getVersion(),
  });
  const template = menuTemplate(t, process.platform, withDeveloperTools);
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Keeps the colour behind the page in step with the theme. */
export function followTheme(window: BrowserWindow): void {
  const follow = () => window.setBackgroundColor(backgroundColor(nativeTheme.shouldUseDarkColors));
  nativeTheme.on('updated', follow);
  window.once('closed', () => nativeTheme.off('updated', follow));
}
