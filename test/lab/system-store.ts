import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireLab } from './lab-missing.ts';
import { type Finished, run, runOrThrow } from './processes.ts';

/** Debian's store of certificate authorities, the sandbox's own copy. */
export interface LabSystemStore {
  /** Where administrators put certificates, `*.crt`. */
  readonly folder: string;
  /** The one file that programs read. */
  readonly bundle: string;
  /** Adds a certificate and rebuilds the bundle. @param name without `.crt` */
  add(name: string, pem: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Asks with curl, a program that reads this store and nothing else. */
  curl(url: string): Promise<Finished>;
}

/** The store as it is in the sandbox. @throws LabMissing */
export function systemStore(): LabSystemStore {
  requireLab('system-store');
  const folder = '/usr/local/share/ca-certificates';
  const pathOf = (name: string) => join(folder, `${name}.crt`);
  const rebuild = () => runOrThrow(['update-ca-certificates']);
  return {
    folder,
    bundle: '/etc/ssl/certs/ca-certificates.crt',
    add: async (name, pem) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(pathOf(name), pem);
      await rebuild();
    },
    remove: async (name) => {
      rmSync(pathOf(name));
      await rebuild();
    },
    curl: (url) => run(['curl', '--silent', '--show-error', '--max-time', '20', url]),
  };
}
