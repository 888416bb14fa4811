import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from '../../main/build/project.mjs';

const program = 'docker-credential-secretservice';
const installed = `/usr/bin/${program}`;
const folder = join(projectFolder, 'node_modules', '.cache', 'regent', 'peer-helper');

/**
 * Docker's own credential helper for this system, to measure against. Where it isn't installed, Debian's package is
 * unpacked into a cache folder: on PATH the docker CLI would choose it by itself and change what other tests see.
 * @returns {string | undefined} its path; undefined where it can't be had
 */
export function ensurePeerHelper() {
  if (existsSync(installed)) return installed;
  const cached = join(folder, 'usr', 'bin', program);
  if (existsSync(cached)) return cached;
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(join(dirname(folder), 'unpacking-'));
  try {
    const get = ['download', '-qq', 'golang-docker-credential-helpers'];
    spawnSync('/usr/bin/apt-get', get, { cwd: fresh, stdio: 'ignore' });
    const archive = readdirSync(fresh).find((name) => name.endsWith('.deb'));
    if (archive === undefined) return undefined;
    spawnSync('/usr/bin/dpkg', ['-x', archive, fresh], { cwd: fresh, stdio: 'inherit' });
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return existsSync(cached) ? cached : undefined;
}
