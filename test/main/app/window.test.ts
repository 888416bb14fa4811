import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { windowOptions } from '../../../main/app/window-options.ts';
import { openWindowSize } from '../../../main/app/window-size.ts';

describe('the window’s options', () => {
  const options = windowOptions({
    title: 'Regent',
    size: { width: 1280, height: 800, maximized: false },
    icon: '/icon.png',
    preload: '/preload.cjs',
    dark: true,
    withDeveloperTools: false,
  });

  it('give the page no rights, each said explicitly', () => {
    expect(options.webPreferences).toEqual({
      preload: '/preload.cjs',
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
      devTools: false,
    });
  });

  it('open it at a size that fits the screens, hidden until it is painted', () => {
    expect(options).toMatchObject({
      ...{ width: 1280, height: 800, minWidth: 900, minHeight: 600 },
      ...{ show: false, title: 'Regent' },
    });
  });
});

describe('the remembered size', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'regent-window-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is the first size, then the last one', async () => {
    const sizes = openWindowSize(folder);
    expect(await sizes.read()).toEqual({ width: 1280, height: 800, maximized: false });
    await sizes.write({ width: 1000, height: 700, maximized: true });
    expect(await openWindowSize(folder).read()).toEqual({
      ...{ width: 1000, height: 700, maximized: true },
    });
  });

  it.each(['{', '{"width":-1,"height":0,"maximized":false}', '[]'])(
    'does without a file that says %s',
    async (text) => {
      const path = join(folder, 'window.json');
      await writeFile(path, text);
      const sizes = openWindowSize(folder);
      expect(await sizes.read()).toEqual({ width: 1280, height: 800, maximized: false });
      await sizes.write({ width: 1000, height: 700, maximized: false });
      expect(await readFile(path, 'utf8')).toBe(text);
    },
  );
});
