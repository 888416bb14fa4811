import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { disposeOnQuit } from '../../../main/app/quit.ts';

/** As Electron does it: `quit` announces the end, and a listener can put it off. */
function fakeApp() {
  const events = new EventEmitter();
  const ended = vi.fn();
  const app = {
    on: events.on.bind(events),
    quit: () => {
      let prevented = false;
      events.emit('will-quit', { preventDefault: () => (prevented = true) });
      if (!prevented) ended();
    },
  };
  return { app: app as unknown as Parameters<typeof disposeOnQuit>[0], ended };
}

describe('quitting', () => {
  it('waits until all is disposed, once, however often it is asked', async () => {
    const { app, ended } = fakeApp();
    let finish: () => void = () => undefined;
    const dispose = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    disposeOnQuit(app, dispose);
    app.quit();
    app.quit();
    expect(ended).not.toHaveBeenCalled();
    finish();
    await wait(0);
    expect(dispose).toHaveBeenCalledOnce();
    expect(ended).toHaveBeenCalledOnce();
  });

  it('ends also when disposing fails or never ends', async () => {
    const failing = fakeApp();
    disposeOnQuit(failing.app, () => Promise.reject(new Error('no')));
    failing.app.quit();
    const hanging = fakeApp();
    disposeOnQuit(hanging.app, () => new Promise(() => undefined), 1);
    hanging.app.quit();
    await vi.waitFor(() => expect(hanging.ended).toHaveBeenCalledOnce());
    expect(failing.ended).toHaveBeenCalledOnce();
  });
});
