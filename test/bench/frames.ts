import type { CDPSession, Page } from 'playwright-core';

/** The longest time between two frames while something is done, in milliseconds. It grows with what else the machine does. */
export async function longestFrame(page: Page, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(watchFrames);
  await act();
  return page.evaluate(() => window.longestFrame());
}

const sessions = new WeakMap<Page, CDPSession>();

/**
 * What the page's main thread works because of one deed, through the next two frames, in milliseconds of processor time:
 * what else the machine does hardly counts.
 */
export async function workOf(page: Page, act: () => Promise<unknown>): Promise<number> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
  if (!sessions.has(page)) {
    sessions.set(page, session);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  }
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const before = await worked();
  await act();
  await page.evaluate(twoFrames);
  return ((await worked()) - before) * 1000;
}

declare global {
  interface Window {
    /** Ends the watch. In milliseconds. */
    longestFrame: () => number;
  }
}

/** Runs in the page. */
function watchFrames(): void {
  let longest = 0;
  let last = performance.now();
  let isOver = false;
  const look = (now: number): void => {
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) requestAnimationFrame(look);
  };
  requestAnimationFrame((now) => {
    last = now;
    requestAnimationFrame(look);
  });
  window.longestFrame = () => {
    isOver = true;
    return longest;
  };
}

/** Runs in the page. */
function twoFrames(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
}
