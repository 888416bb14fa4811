import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { blockNetwork } from '../../../main/app/network.ts';
import { denyPermissions, type PermissionSession } from '../../../main/app/permissions.ts';

type Handler = (...args: readonly unknown[]) => unknown;

function deniedSession() {
  const handlers = new Map<string, Handler>();
  const events = new EventEmitter();
  const setters = [
    'setPermissionRequestHandler',
    'setPermissionCheckHandler',
    'setDevicePermissionHandler',
    'setDisplayMediaRequestHandler',
    'setBluetoothPairingHandler',
  ];
  const session = Object.assign(
    events,
    Object.fromEntries(
      setters.map((name) => [name, (handler: Handler) => handlers.set(name, handler)]),
    ),
  );
  denyPermissions(session as unknown as PermissionSession);
  return { events, call: (name: string, ...args: unknown[]) => handlers.get(name)?.(...args) };
}

describe('the window’s permissions', () => {
  it.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'fullscreen',
    'openExternal',
  ])('deny %s, asked for or checked', (permission) => {
    const { call } = deniedSession();
    const answer = vi.fn();
    call('setPermissionRequestHandler', {}, permission, answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith(false);
    expect(call('setPermissionCheckHandler', {}, permission)).toBe(false);
  });

  it('deny devices, screens and pairing', () => {
    const { call } = deniedSession();
    expect(call('setDevicePermissionHandler', { deviceType: 'usb' })).toBe(false);
    const screen = vi.fn();
    call('setDisplayMediaRequestHandler', {}, screen);
    expect(screen).toHaveBeenCalledWith(null);
    const pairing = vi.fn();
    call('setBluetoothPairingHandler', {}, pairing);
    expect(pairing).toHaveBeenCalledWith({ confirmed: false });
  });

  it.each([
    ['select-usb-device', [{}], undefined],
    ['select-hid-device', [{}], undefined],
    ['select-serial-port', [[], {}], ''],
  ])('choose nothing on %s', (name, details, chosen) => {
    const { events } = deniedSession();
    const event = { preventDefault: vi.fn() };
    const answer = vi.fn();
    events.emit(name, event, ...details, answer);
    expect(event.preventDefault).toHaveBeenCalledOnce();
    expect(answer.mock.calls[0]?.[0]).toBe(chosen);
  });

  it('prevent downloads', () => {
    const event = { preventDefault: vi.fn() };
    deniedSession().events.emit('will-download', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
  });
});

describe('the window’s network', () => {
  it('is cut off, and says what was refused', () => {
    let decide: Handler = () => undefined;
    const onBlocked = vi.fn();
    const session = {
      webRequest: {
        onBeforeRequest: (handler: Handler) => {
          decide = handler;
        },
      },
    };
    blockNetwork(session as unknown as Parameters<typeof blockNetwork>[0], false, onBlocked);
    const answers = ['app://regent/index.js', 'https://example.org/'].map((url) => {
      const answer = vi.fn();
      decide({ url }, answer);
      return answer.mock.calls[0]?.[0];
    });
    expect(answers).toEqual([{ cancel: false }, { cancel: true }]);
    expect(onBlocked).toHaveBeenCalledExactlyOnceWith('https://example.org/');
  });
});
