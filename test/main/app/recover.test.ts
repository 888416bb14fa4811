import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { reloadAfterCrash } from '../../../main/app/recover.ts';

function crashingPage() {
  const reload = vi.fn();
  const logError = vi.fn();
  const time = { now: 1_000_000 };
  const events = new EventEmitter();
  const contents = Object.assign(events, { reload });
  const target = contents as unknown as Parameters<typeof reloadAfterCrash>[0];
  reloadAfterCrash(target, { now: () => time.now }, logError);
  const die = (reason: string) => events.emit('render-process-gone', {}, { reason, exitCode: 5 });
  return { reload, logError, time, die };
}

describe('a page whose process died', () => {
  it('is loaded anew, and the death is noted', () => {
    const { die, reload, logError } = crashingPage();
    die('crashed');
    expect(reload).toHaveBeenCalledOnce();
    expect(logError).toHaveBeenCalledOnce();
  });

  it('is left alone when it dies again at once, and loaded when it lived for a while', () => {
    const { die, reload, time } = crashingPage();
    die('crashed');
    time.now += 500;
    die('oom');
    expect(reload).toHaveBeenCalledOnce();
    time.now += 60_000;
    die('crashed');
    expect(reload).toHaveBeenCalledTimes(2);
  });

  it('is not loaded when it ended by itself', () => {
    const { die, reload } = crashingPage();
    die('clean-exit');
    expect(reload).not.toHaveBeenCalled();
  });
});
