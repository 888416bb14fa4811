import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Elevate } from '../../../main/platform/elevation.ts';
import { createTrust, type Trust } from '../../../main/trust/trust.ts';
import { NOW } from './make-certificate.ts';

/** A machine in a temporary folder: no Docker folder yet, no system authorities, every name is loopback. */
export interface TestMachine {
  readonly etc: string;
  readonly certsD: string;
  readonly data: string;
  /** A fresh Regent on it, as after a restart. */
  open(options?: { readonly elevate?: Elevate; readonly hasEngine?: boolean }): Trust;
  remove(): void;
}

const noWayUp: Elevate = () => Promise.reject(new Error('no way up was expected'));

/** Makes such a machine. */
export function makeMachine(): TestMachine {
  const root = mkdtempSync(join(tmpdir(), 'machine-'));
  const etc = join(root, 'etc');
  const data = join(root, 'data');
  const certsD = join(etc, 'docker', 'certs.d');
  mkdirSync(etc, { mode: 0o755 });
  return {
    ...{ etc, certsD, data },
    open: ({ elevate = noWayUp, hasEngine = true } = {}) =>
      createTrust({
        paths: { data, dockerCertsD: certsD },
        clock: { now: () => NOW },
        elevate,
        hasEngine: async () => hasEngine,
        systemRoots: { files: [], folders: [] },
        resolver: async () => ['127.0.0.1'],
      }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
