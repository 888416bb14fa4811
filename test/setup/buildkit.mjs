import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFolder } from '../../main/build/project.mjs';
import { unpackFromSuite, works } from './suite-packages.mjs';

const cache = join(projectFolder, 'node_modules', '.cache', 'regent');

/** Holds `buildkitd` and `buildctl`, once they were built. Absolute. */
export const buildkitFolder = join(cache, 'buildkit');

/** Files that take the place of what Debian does not package, or of cloud caches that no test needs; see there. */
const standIns = fileURLToPath(new URL('buildkit', import.meta.url));

/** The suite whose Docker Engine brings BuildKit 0.13's sources along. A stable one: its packages hardly change. */
const suite = 'trixie';

/** Major version 2 of these lies where version 1 would, as no package has both. */
const versioned = ['mitchellh/hashstructure/v2', 'coreos/go-systemd/v22'];

/** @returns {string[]} Go, and exactly the libraries that BuildKit's two programs are made of */
const sourcePackages = () =>
  readFileSync(join(standIns, 'packages.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

/**
 * Builds a real BuildKit (a daemon and its client), unless it was done before: no package of Debian or npm has one, but
 * Debian's Docker Engine is built from sources that hold it whole. Takes about two minutes, 110 MB are downloaded.
 * @returns {string | undefined} why there is none, in one line
 */
export function ensureBuildkit() {
  if (existsSync(join(buildkitFolder, 'buildkitd'))) return undefined;
  console.log('Building BuildKit …');
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'building-'));
  try {
    const got = unpackFromSuite(suite, sourcePackages(), work);
    if ('why' in got) return got.why;
    const why = build(got.unpacked, work);
    if (why !== undefined) return why;
    rmSync(buildkitFolder, { recursive: true, force: true });
    renameSync(join(work, 'programs'), buildkitFolder);
    return undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} unpacked @param {string} work @returns {string | undefined} why it failed */
function build(unpacked, work) {
  const sources = join(unpacked, 'usr/share/gocode/src');
  const libraries = join(sources, 'github.com');
  for (const cloud of ['gha', 's3', 'azblob']) {
    rmSync(join(libraries, 'moby/buildkit/cache/remotecache', cloud), { recursive: true });
  }
  cpSync(join(standIns, 'github.com'), libraries, { recursive: true });
  for (const path of versioned) symlinkSync('.', join(libraries, path));
  const goRoot = join(unpacked, 'usr/lib/go-1.24');
  const programs = ['buildkitd', 'buildctl'];
  const built = works(
    join(goRoot, 'bin/go'),
    [
      ...['build', '-trimpath', '-ldflags', '-s -w', '-o', `${join(work, 'programs')}/`],
      ...programs.map((name) => `github.com/moby/buildkit/cmd/${name}`),
    ],
    work,
    {
      // Nothing from the person's own Go settings, and nothing from the network.
      PATH: process.env.PATH,
      ...{ HOME: work, GOROOT: goRoot, GOPATH: join(unpacked, 'usr/share/gocode') },
      ...{ GOCACHE: join(work, 'go-cache'), GOENV: 'off', GO111MODULE: 'off', CGO_ENABLED: '0' },
    },
  );
  if (!built) return 'its sources could not be built';
  const runs = programs.every((name) => works(join(work, 'programs', name), ['--version'], work));
  return runs ? undefined : 'its programs do not run on this system';
}
