import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from '../../main/build/project.mjs';
import { unpackFromSuite, works } from './suite-packages.mjs';

const cache = join(projectFolder, 'node_modules', '.cache', 'regent');

/** Docker Compose of the second generation, a plugin of the docker CLI, once it was fetched. Absolute. */
export const composePlugin = join(cache, 'compose-plugin', 'docker-compose');

/**
 * Takes it out of a package of the next Debian, as this one has the first generation only, unless it was done before:
 * it is a Go program that runs on older systems.
 * @returns {string | undefined} why there is none, in one line
 */
export function ensureComposePlugin() {
  if (existsSync(composePlugin)) return undefined;
  console.log('Fetching the Docker Compose plugin …');
  mkdirSync(dirname(composePlugin), { recursive: true });
  const work = mkdtempSync(join(cache, 'fetching-'));
  try {
    const got = unpackFromSuite('trixie', ['docker-compose'], work);
    if ('why' in got) return got.why;
    const plugin = join(got.unpacked, 'usr/libexec/docker/cli-plugins/docker-compose');
    if (!works(plugin, ['version'], work)) return 'it does not run on this system';
    renameSync(plugin, composePlugin);
    return undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
