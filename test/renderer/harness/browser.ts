import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { buildSite } from './build.ts';
import type { HarnessPage } from './page.ts';
import { serveSite } from './server.ts';

const executablePath = '/usr/bin/chromium';
const artifacts = fileURLToPath(new URL('../../artifacts/window/', import.meta.url));

/** Why there is no browser to open the window in; undefined when there is one. */
export const whyNoBrowser = existsSync(executablePath)
  ? undefined
  : `${executablePath} is not installed`;

/** The window in a browser, with an imagined main process. */
export interface Harness {
  /** Opens the window in a fresh world; `query` is a scenario, `fragment` a screen. */
  open(query?: string, fragment?: string, size?: WindowSize): Promise<Page>;
  close(): Promise<void>;
}

/** In CSS pixels. */
export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

/** Builds the window and starts a browser. */
export async function startHarness(): Promise<Harness> {
  const site = await serveSite(await buildSite());
  const browser: Browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  return {
    open: async (query = '', fragment = '#/', viewport = { width: 1280, height: 800 }) => {
      const context = await browser.newContext({
        viewport,
        colorScheme: 'light',
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      await page.goto(`${site.url}?${query}${fragment}`);
      await page.locator('main h1').waitFor();
      return page;
    },
    close: async () => {
      await browser.close();
      site.close();
    },
  };
}

/** What the page noticed that must never happen: broken policy, unexpected errors of the contract. */
export function troubleOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { harness } = window as unknown as { readonly harness: HarnessPage };
    return [...harness.violations, ...harness.unexpected];
  });
}

/** Accessibility violations of the whole page, in one line each; `only` names the rules, all by default. */
export async function axeOn(page: Page, only?: readonly string[]): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (only ? axe.withRules([...only]) : axe).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}

/** Takes a picture into the folder that is not committed. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(artifacts, { recursive: true });
  await page.screenshot({ path: join(artifacts, `${name}.png`) });
}
