import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { describeUnless } from '../../lab/describe-with-lab.ts';
import { type Harness, startHarness, troubleOn, type WindowSize, whyNoBrowser } from './browser.ts';

/** Opens the window in a fresh world; it is closed, and looked at for trouble, after the test. */
export type OpenWindow = (query?: string, fragment?: string, size?: WindowSize) => Promise<Page>;

/** Describes the window as a person meets it, in a real browser under the real policy. */
export function describeWindow(title: string, tell: (open: OpenWindow) => void): void {
  describeUnless(whyNoBrowser, title, () => {
    let harness: Harness;
    const opened: Page[] = [];
    beforeAll(async () => {
      harness = await startHarness();
    });
    afterAll(() => harness.close());
    afterEach(async () => {
      for (const page of opened.splice(0)) {
        expect(await troubleOn(page)).toEqual([]);
        await page.context().close();
      }
    });
    tell(async (...where) => {
      const page = await harness.open(...where);
      opened.push(page);
      return page;
    });
  });
}
