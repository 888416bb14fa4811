import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Elevate } from '../../../main/platform/elevation.ts';
import type { Places } from '../../../main/trust/targets/target.ts';
import { createTrust, type Trust } from '../../../main/trust/trust.ts';
import { NOW } from './make-certificate.ts';

/** A machine in a temporary folder: no Docker folder yet, no system authorities, every name is loopback. */
export interface TestMachine {
  /** Its root. */
  readonly root: string;
  readonly etc: string;
  readonly certsD: string;
  readonly data: string;
  readonly places: Places;
  /** A fresh Regent on it, as after a restart. */
  open(options?: { readonly elevate?: Elevate; readonly path?: string }): Trust;
  remove(): void;
}

const noWayUp: Elevate = () => Promise.reject(new Error('no way up was expected'));

/** Makes such a machine. */
export function makeMachine({ hasEngine = true } = {}): TestMachine {
  const root = mkdtempSync(join(tmpdir(), 'machine-'));
  const etc = join(root, 'etc');
  const data = join(root, 'data');
  const certsD = join(etc, 'docker', 'certs.d');
  mkdirSync(etc, { mode: 0o755 });
  // The trace of a Docker Engine.
  if (hasEngine) {
    mkdirSync(join(root, 'usr', 'sbin'), { recursive: true });
    writeFileSync(join(root, 'usr', 'sbin', 'dockerd'), '');
  }
  const home = join(root, 'home');
  const places: Places = {
    ...{ platform: 'linux', root, home, configHome: join(home, '.config'), runtimeDir: null },
    ...{ dockerConfig: join(home, '.docker'), data, systemStore: null },
  };
  return {
    ...{ root, etc, certsD, data, places },
    open: ({ elevate = noWayUp, path = '' } = {}) =>
      createTrust({
        places,
        path,
        clock: { now: () => NOW },
        elevate,
        systemRoots: { files: [], folders: [] },
        resolver: async () => ['127.0.0.1'],
      }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
