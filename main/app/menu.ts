import type { MenuItemConstructorOptions } from 'electron';
import type { Translator } from '../../shared/i18n/index.ts';

/** The application menu: the few commands that a desktop expects, in the user's language. */
export function menuTemplate(
  t: Translator,
  platform: NodeJS.Platform,
  withDeveloperTools: boolean,
): MenuItemConstructorOptions[] {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const quit: MenuItemConstructorOptions = { role: 'quit', label: t('app.menu.quit') };
  const about: MenuItemConstructorOptions = { role: 'about', label: t('app.menu.about') };
  const tools: MenuItemConstructorOptions = {
    role: 'toggleDevTools',
    label: t('app.menu.developerTools'),
  };
  const own: MenuItemConstructorOptions =
    platform === 'darwin'
      ? {
          label: t('common.product'),
          submenu: [
            about,
            separator,
            { role: 'hide', label: t('app.menu.hide') },
            { role: 'unhide', label: t('app.menu.showAll') },
            separator,
            quit,
          ],
        }
      : { label: t('app.menu.file'), submenu: [about, separator, quit] };
  return [
    own,
    {
      label: t('app.menu.edit'),
      submenu: [
        { role: 'undo', label: t('app.menu.undo') },
        { role: 'redo', label: t('app.menu.redo') },
        separator,
        { role: 'cut', label: t('app.menu.cut') },
        { role: 'copy', label: t('app.menu.copy') },
        { role: 'paste', label: t('app.menu.paste') },
        { role: 'selectAll', label: t('app.menu.selectAll') },
      ],
    },
    {
      label: t('app.menu.view'),
      submenu: [
        { role: 'reload', label: t('app.menu.reload') },
        separator,
        { role: 'resetZoom', label: t('app.menu.actualSize') },
        { role: 'zoomIn', label: t('app.menu.zoomIn') },
        { role: 'zoomOut', label: t('app.menu.zoomOut') },
        { role: 'togglefullscreen', label: t('app.menu.fullScreen') },
        ...(withDeveloperTools ? [separator, tools] : []),
      ],
    },
  ];
}
