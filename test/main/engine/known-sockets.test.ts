import { describe, expect, it } from 'vitest';
import { knownSockets, socketsOf } from '../../../main/engine/known-sockets.ts';

const hints = { env: {}, home: '/home/ada', platform: 'linux', uid: 1000 } as const;

describe('the usual sockets', () => {
  it('on Linux begin with Docker’s own, then the rootless one, and end with Podman’s', () => {
    const sockets = knownSockets(hints);
    expect(sockets.slice(0, 2)).toEqual(['/var/run/docker.sock', '/run/user/1000/docker.sock']);
    expect(sockets.at(-1)).toBe('/run/podman/podman.sock');
  });

  it('follow XDG_RUNTIME_DIR and COLIMA_HOME; empty ones count as unset', () => {
    const env = { XDG_RUNTIME_DIR: '/run/x', COLIMA_HOME: '/colima' };
    const sockets = knownSockets({ ...hints, env });
    expect(sockets).toContain('/run/x/docker.sock');
    expect(sockets).toContain('/colima/default/docker.sock');
    const unset = knownSockets({ ...hints, env: { XDG_RUNTIME_DIR: '', COLIMA_HOME: '' } });
    expect(unset).toEqual(knownSockets(hints));
  });

  it('that are one engine’s alone are told', () => {
    expect(socketsOf('docker-rootless', hints)).toEqual(['/run/user/1000/docker.sock']);
    expect(socketsOf('docker-rootless', { ...hints, uid: null })).toEqual([]);
    expect(socketsOf('colima', { ...hints, platform: 'darwin' })).toEqual([
      '/home/ada/.colima/default/docker.sock',
    ]);
  });

  it('on macOS are in the home, on Windows they are named pipes', () => {
    const mac = knownSockets({ ...hints, platform: 'darwin' });
    expect(mac).toContain('/home/ada/.docker/run/docker.sock');
    const windows = knownSockets({ ...hints, platform: 'win32' });
    expect(windows.every((path) => path.startsWith('//./pipe/'))).toBe(true);
  });
});
