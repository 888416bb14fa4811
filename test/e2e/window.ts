import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { resolveElectron } from '../../main/build/electron-runtime.ts';
import { type LabDisplay, writeUserLauncher } from '../lab/index.ts';
import type { Terminal } from './terminal.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const artifacts = join(project, 'test', 'artifacts', 'e2e');

/** Regent's real window, as a person has it in front of them. */
export interface RegentWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Everything that the page broke of its content security policy. */
  violations(): Promise<readonly string[]>;
  /** All that the main process has sent to the page over its port, as text. */
  received(): Promise<string>;
  /** Pictures of this step in light and dark, and no complaint of axe in either. */
  look(step: string): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  close(): Promise<void>;
}

/** How to open the window. */
export interface WindowOptions {
  readonly display: LabDisplay;
  /** A packed app instead of this build. */
  readonly packed?: string;
  /** Of Chromium's own, such as `--proxy-server=…`. */
  readonly switches?: readonly string[];
}

/** Opens the window as the terminal's user, with Chromium's sandbox on. */
export async function openWindow(
  terminal: Terminal,
  options: WindowOptions,
): Promise<RegentWindow> {
  const program = options.packed ?? (await resolveElectron()).executablePath;
  const app = await _electron.launch({
    executablePath: writeUserLauncher(terminal.user, program),
    args: [...(options.packed ? [] : [project]), ...(options.switches ?? [])],
    cwd: terminal.env.HOME ?? '/',
    env: { ...terminal.env, ...options.display.env } as Record<string, string>,
    // Playwright would switch it off.
    chromiumSandbox: true,
    colorScheme: null,
    timeout: 60_000,
  });
  try {
    return await prepareWindow(app);
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function prepareWindow(app: ElectronApplication): Promise<RegentWindow> {
  const page = await app.firstWindow();
  // On the page, not on its context: a page that is just being attached can miss the context's.
  await page.addInitScript(watchPage);
  // The first page began before it could be watched.
  await page.getByRole('main').waitFor();
  while (!(await app.evaluate(isShown))) await sleep(50);
  await page.evaluate(drawTwice);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await page.waitForFunction(() => 'regentViolations' in window);
  await page.getByRole('main').waitFor();
  await resize(app, 1280, 800);
  return {
    app,
    page,
    violations: () => page.evaluate(() => window.regentViolations),
    received: () => page.evaluate(() => window.regentReceived.join('\n')),
    look: (step) => look(page, step),
    resize: (width, height) => resize(app, width, height),
    close: () => app.close(),
  };
}

declare global {
  interface Window {
    regentViolations: string[];
    regentReceived: string[];
  }
}

/** Runs in the main process: a page that is reloaded before it was painted would stay hidden. */
function isShown({ BrowserWindow }: typeof import('electron')): boolean {
  return BrowserWindow.getAllWindows().some((window) => window.isVisible());
}

/** Runs in the page before its own code. */
function watchPage(): void {
  window.regentViolations = [];
  window.regentReceived = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    window.regentViolations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
  window.addEventListener('message', ({ ports: [port] }) => {
    port?.addEventListener('message', ({ data }) => {
      window.regentReceived.push(typeof data === 'string' ? data : JSON.stringify(data));
    });
  });
}

/** Runs in the page: waits until what has changed is on the screen. */
function drawTwice(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
}

async function resize(app: ElectronApplication, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
    [width, height] as [number, number],
  );
}

async function look(page: Page, step: string): Promise<void> {
  mkdirSync(artifacts, { recursive: true });
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`);
    await page.evaluate(drawTwice);
    await page.screenshot({ path: join(artifacts, `${step}-${colorScheme}.png`) });
    expect(said, `axe at ${step}, ${colorScheme}`).toEqual([]);
  }
}
