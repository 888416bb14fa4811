import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { lockNavigation, type NavigatingContents } from '../../../main/app/navigation.ts';

type OpenHandler = (details: { readonly url: string }) => unknown;

function lockedContents() {
  const events = new EventEmitter();
  let open: OpenHandler | undefined;
  const contents = Object.assign(events, {
    setWindowOpenHandler: (handler: OpenHandler) => {
      open = handler;
    },
  });
  const openExternal = vi.fn(async () => {});
  lockNavigation(contents as unknown as NavigatingContents, openExternal);
  return { events, openExternal, open: (url: string) => open?.({ url }) };
}

describe('a locked page', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'prevents %s',
    (name) => {
      const { events } = lockedContents();
      const event = { preventDefault: vi.fn() };
      events.emit(name, event);
      expect(event.preventDefault).toHaveBeenCalledOnce();
    },
  );

  it('chooses no bluetooth device', () => {
    const { events } = lockedContents();
    const answer = vi.fn();
    events.emit(
      'select-bluetooth-device',
      { preventDefault: vi.fn() },
      [{ deviceId: 'a' }],
      answer,
    );
    expect(answer).toHaveBeenCalledWith('');
  });

  it('opens no window, and hands only allowed links to the browser', () => {
    const { open, openExternal } = lockedContents();
    expect(open('https://evil.example/')).toEqual({ action: 'deny' });
    expect(open('app://regent/index.html')).toEqual({ action: 'deny' });
    expect(openExternal).not.toHaveBeenCalled();
    expect(open('https://docs.docker.com/')).toEqual({ action: 'deny' });
    expect(openExternal).toHaveBeenCalledExactlyOnceWith('https://docs.docker.com/');
  });
});
