import type { BrowserWindowConstructorOptions } from 'electron';
import type { WindowSize } from './window-size.ts';

/** What differs from one window to the next. */
export interface WindowChoices {
  readonly title: string;
  readonly size: WindowSize;
  readonly icon: string;
  /** Absolute path of the preload script. */
  readonly preload: string;
  /** Whether the dark colours are in use, for the time before the page has painted. */
  readonly dark: boolean;
  readonly withDeveloperTools: boolean;
}

/** The colour behind the page: the same as its own background. */
export function backgroundColor(dark: boolean): string {
  return dark ? '#1a1d21' : '#ffffff';
}

/** The one place where the window's rights are set; each is given explicitly, defaults have changed before. */
export function windowOptions(choices: WindowChoices): BrowserWindowConstructorOptions {
  return {
    title: choices.title,
    width: choices.size.width,
    height: choices.size.height,
    minWidth: 900,
    minHeight: 600,
    icon: choices.icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: backgroundColor(choices.dark),
    webPreferences: {
      preload: choices.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: choices.withDeveloperTools,
    },
  };
}
