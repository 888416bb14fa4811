import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { handPorts, type PortContents, portMessage } from '../../../main/app/port.ts';

function contentsAt(url: string) {
  const postMessage = vi.fn();
  const contents = Object.assign(new EventEmitter(), { mainFrame: { url, postMessage } });
  const made: { port1: { start: () => void; close: () => void }; port2: object }[] = [];
  const served: unknown[] = [];
  handPorts(
    contents as unknown as PortContents,
    () => {
      const channel = { port1: { start: vi.fn(), close: vi.fn() }, port2: {} };
      made.push(channel);
      return channel as unknown as ReturnType<Parameters<typeof handPorts>[1]>;
    },
    (port) => served.push(port),
  );
  return { contents, postMessage, made, served };
}

describe('the port to the main process', () => {
  it('goes to the top frame of the app’s own page, once it has loaded', () => {
    const { contents, postMessage, made, served } = contentsAt('app://regent/index.html');
    expect(postMessage).not.toHaveBeenCalled();
    contents.emit('did-finish-load');
    expect(served).toEqual([made[0]?.port1]);
    expect(made[0]?.port1.start).toHaveBeenCalledOnce();
    expect(postMessage).toHaveBeenCalledExactlyOnceWith(portMessage, null, [made[0]?.port2]);
  });

  it.each(['https://evil.example/', 'app://regent.evil.example/', 'about:blank', 'file:///x', ''])(
    'is not made for %j',
    (url) => {
      const { contents, postMessage, made, served } = contentsAt(url);
      contents.emit('did-finish-load');
      expect([...made, ...served, ...postMessage.mock.calls]).toEqual([]);
    },
  );

  it('is replaced by a fresh one when the page is reloaded', () => {
    const { contents, made } = contentsAt('app://regent/index.html');
    contents.emit('did-finish-load');
    contents.emit('did-finish-load');
    expect(made).toHaveLength(2);
    expect(made[0]?.port1.close).toHaveBeenCalledOnce();
    expect(made[1]?.port1.close).not.toHaveBeenCalled();
  });

  it('is withdrawn from a page that crashed or left', () => {
    const { contents, made } = contentsAt('app://regent/index.html');
    contents.emit('did-finish-load');
    contents.emit('render-process-gone');
    expect(made[0]?.port1.close).toHaveBeenCalledOnce();
    contents.mainFrame.url = 'https://evil.example/';
    contents.emit('did-finish-load');
    expect(made).toHaveLength(1);
  });
});
