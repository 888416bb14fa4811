import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectFolder } from '../../main/build/project.mjs';
import { unpackFromSuite, works } from './suite-packages.mjs';

const cache = join(projectFolder, 'node_modules', '.cache', 'regent');

/** Holds the programs of a Docker Engine newer than this system's, once they were fetched. Absolute. */
export const newerEngineFolder = join(cache, 'newer-engine');

/** Programs that are taken, by the Debian package they are in. runc stays the system's: the newer one wants a newer libc. */
const programs = {
  'docker.io': ['usr/sbin/dockerd', 'usr/sbin/docker-proxy'],
  containerd: ['usr/bin/containerd', 'usr/bin/containerd-shim-runc-v2', 'usr/bin/ctr'],
  'docker-buildx': ['usr/libexec/docker/cli-plugins/docker-buildx'],
};

const paths = Object.values(programs).flat();

/**
 * Takes a newer Docker Engine out of the packages of Debian's unstable suite, unless it was done before: its Go
 * programs run on older systems as they are. Neither the system nor apt's own lists are touched, no root is needed;
 * apt checks signatures as always. Where it can't be had, what apt said is shown.
 * @returns {string | undefined} why there is none, in one line
 */
export function ensureNewerEngine() {
  if (paths.every((path) => existsSync(join(newerEngineFolder, basename(path))))) return undefined;
  console.log('Fetching a newer Docker Engine …');
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'fetching-'));
  try {
    const fetched = fetchPackages(work);
    if (fetched !== undefined) return fetched;
    rmSync(newerEngineFolder, { recursive: true, force: true });
    renameSync(join(work, 'programs'), newerEngineFolder);
    return undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} work an empty folder @returns {string | undefined} why it failed */
function fetchPackages(work) {
  const got = unpackFromSuite('sid', Object.keys(programs), work);
  if ('why' in got) return got.why;
  const target = join(work, 'programs');
  mkdirSync(target);
  for (const path of paths) {
    const from = join(got.unpacked, path);
    if (!existsSync(from)) return `${path} is not in its packages`;
    renameSync(from, join(target, basename(path)));
  }
  const runs = ['dockerd', 'containerd'].every((name) =>
    works(join(target, name), ['--version'], work),
  );
  return runs ? undefined : 'its programs do not run on this system';
}
