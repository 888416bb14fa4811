import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian packages by the libraries they hold. Newer releases gave some a new name, so each may have several. */
const packages: readonly { readonly library: RegExp; readonly names: readonly string[] }[] = [
  { library: /^lib(nss3|nssutil3|smime3|nspr4|plc4|plds4)\./, names: ['libnss3'] },
  { library: /^libasound\./, names: ['libasound2t64', 'libasound2'] },
  { library: /^lib(gbm|drm)\./, names: ['libgbm1'] },
  { library: /^libsecret-1\./, names: ['libsecret-1-0'] },
];

/** GTK brings the rest of what Electron links: Pango, Cairo, ATK, CUPS, X11. */
const gtk = ['libgtk-3-0t64', 'libgtk-3-0'];

/** Shared libraries that these programs or modules need and this machine does not have (Linux only). */
export function listMissingLibraries(binaries: readonly string[]): readonly string[] {
  if (process.platform !== 'linux') return [];
  const missing = binaries.flatMap((binary) => {
    const { stdout } = spawnSync('/usr/bin/ldd', [binary], { encoding: 'utf8' });
    return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '');
  });
  return [...new Set(missing)].sort();
}

/**
 * The Debian packages with these libraries, by the names that this release knows.
 * @param isKnown whether apt can install a package of this name
 */
export function choosePackages(
  libraries: readonly string[],
  isKnown: (name: string) => boolean,
): readonly string[] {
  const chosen = libraries.map((library) => {
    const names = packages.find((entry) => entry.library.test(library))?.names ?? gtk;
    return names.find(isKnown) ?? names.at(-1) ?? library;
  });
  return [...new Set(chosen)].sort();
}

/** What came of the missing libraries. `command` is what the user could run as root. */
export type LibraryOutcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'missing'; readonly libraries: readonly string[]; readonly command: string };

/**
 * Sees to the shared libraries of these binaries: as root on Debian and its relatives it installs them,
 * otherwise it says what to run.
 */
export function ensureLibraries(
  binaries: readonly string[],
  say: (line: string) => void,
): LibraryOutcome {
  if (listMissingLibraries(binaries).length === 0) return { kind: 'complete' };
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  // A fresh machine has no package lists, and without them no name is known.
  if (canInstall) runApt(['update']);
  const wanted = choosePackages(listMissingLibraries(binaries), isKnownToApt);
  if (canInstall) {
    say(`Installing Debian packages that Electron needs: ${wanted.join(' ')} …`);
    runApt(['install', '-y', '--no-install-recommends', ...wanted]);
  }
  const libraries = listMissingLibraries(binaries);
  if (libraries.length === 0) return { kind: 'complete' };
  const command = `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${wanted.join(' ')}`;
  return { kind: 'missing', libraries, command };
}

function runApt(args: readonly string[]): void {
  const result = spawnSync(
    '/usr/bin/apt-get',
    ['-qq', '-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=3', ...args],
    { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } },
  );
  if (result.status !== 0) process.stderr.write(`${result.stdout}${result.stderr}`);
}

function isKnownToApt(name: string): boolean {
  const { stdout } = spawnSync('/usr/bin/apt-cache', ['policy', name], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return /Candidate: (?!\(none\))/.test(stdout ?? '');
}
