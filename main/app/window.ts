import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import type { WindowSize } from './window-size.ts';

/**
 * Makes the window, shown as soon as it has something to show.
 * @param remember is given the size that the window closes with
 */
export function createWindow(
  options: BrowserWindowConstructorOptions,
  maximized: boolean,
  remember: (size: WindowSize) => void,
): BrowserWindow {
  const window = new BrowserWindow(options);
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on('close', () => {
    const { width, height } = window.getNormalBounds();
    remember({ width, height, maximized: window.isMaximized() });
  });
  return window;
}

/** Brings the window to the front, for a second start of the app. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
