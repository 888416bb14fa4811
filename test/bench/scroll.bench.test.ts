import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { systemClock } from '../../main/platform/clock.ts';
import { createKnownRegistries } from '../../main/registry/known-registries.ts';
import { openTerminal } from '../e2e/terminal.ts';
import { openWindow, type RegentWindow } from '../e2e/window.ts';
import { createUser, describeWithLab, type LabDisplay, run, startDisplay } from '../lab/index.ts';
import { median, report } from './compare.ts';
import { longestFrame, workOf } from './frames.ts';
import { type BenchRegistry, startBenchRegistry } from './registry-server.ts';

/** A frame that takes longer is seen, in milliseconds. */
const longestAllowed = 50;
const rounds = 5;
/** Turns of the wheel in pixels: line by line, by pages, and as far as a hard flick goes. */
const steps = [100, 400, 3000, 40_000, -40_000, -900];
const unit = 'ms';

describeWithLab('a hundred thousand tags in the window', ['display'], () => {
  let display: LabDisplay;
  let registry: BenchRegistry;
  let regent: RegentWindow;

  beforeAll(async () => {
    [display, registry] = [await startDisplay(), await startBenchRegistry()];
    const { address } = registry;
    const terminal = await openTerminal(await createUser());
    const paths = { data: join(terminal.regentHome, 'data') };
    const known = createKnownRegistries({ paths, clock: systemClock });
    await known.add({ address, scheme: 'http', demo: false });
    const { gid, uid } = terminal.user;
    await run(['chown', '-R', `${uid}:${gid}`, terminal.regentHome]);
    regent = await openWindow(terminal, { display });
    const { page } = regent;
    await page.evaluate((registryAddress) => {
      window.location.hash = `#/registry/${encodeURIComponent(registryAddress)}/team%2Fhuge`;
    }, address);
    await page.getByText('100,000 tags').waitFor();
    await page.mouse.move(640, 400);
  });
  afterAll(async () => {
    await regent?.close();
    await registry?.stop();
    await display?.stop();
  });

  it('scroll without a long frame', async () => {
    const { page } = regent;
    const still: number[] = [];
    const scrolled: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      still.push(await longestFrame(page, () => page.waitForTimeout(3000)));
      scrolled.push(await longestFrame(page, () => scroll(page)));
    }
    const ours = median(scrolled);
    const name = '100,000 tags scrolled, longest frame';
    report({ name, ours, peer: longestAllowed, unit, budget: { atMost: 1 } });
    report({ name: 'the same, beside a window at rest', ours, peer: median(still), unit });
  });

  it('cost little work at each turn of the wheel', async () => {
    const { page } = regent;
    const works: number[] = [];
    for (const step of steps) {
      for (let turn = 0; turn < 20; turn += 1) {
        works.push(await workOf(page, () => page.mouse.wheel(0, step)));
      }
    }
    const name = '100,000 tags, work of a turn of the wheel';
    report({ name, ours: median(works), peer: longestAllowed, unit, budget: { atMost: 1 } });
  });
});

/** Slowly and fast, down and up; and by the keys that go to the ends. */
async function scroll(page: Page): Promise<void> {
  for (const step of steps) {
    for (let turn = 0; turn < 30; turn += 1) await page.mouse.wheel(0, step);
  }
  await page.getByRole('row').nth(3).focus();
  for (const key of ['End', 'PageUp', 'Home', 'PageDown', 'Home']) await page.keyboard.press(key);
}
