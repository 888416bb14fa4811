// Plain JavaScript without dependencies: it runs before node_modules exists.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, projectFolder, runCommand } from './project.mjs';

/** The oldest Node that builds and tests Regent: the first 20 that loads ES modules from `require`. */
const oldestNode = [20, 19];

const installTimeoutMs = 15 * 60_000;

/**
 * Says why this Node can't be used, or nothing when it can.
 * @param {string} version such as `20.19.0`
 * @returns {string | undefined}
 */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `Regent needs Node ${oldestNode.join('.')} or later; this is Node ${version}. Install a newer Node, then try again.`;
}

/**
 * Whether the installed packages are those of the lock file: npm leaves its own copy of what it
 * installed in `node_modules/.package-lock.json`. Contents are compared, since a checkout makes file times meaningless.
 * @param {string} folder with package-lock.json
 * @returns {boolean}
 */
export function isInstalled(folder) {
  const installedPath = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installedPath)) return false;
  const wanted = readPackages(join(folder, 'package-lock.json'));
  const installed = readPackages(installedPath);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    // A package for another platform is not installed, and shall not be.
    if (found === undefined) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockEntry
 * @param {string} path
 * @returns {Record<string, LockEntry>}
 */
function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
}

/**
 * Installs the locked packages if they are not there yet, and checks that they are the locked ones. Install
 * scripts stay off: nothing in the tree needs one (native parts come prebuilt inside their packages).
 * @throws {Error} with a sentence for the developer: Node too old, or npm failed
 */
export async function ensureNodeModules() {
  const problem = nodeProblem(process.versions.node);
  if (problem) throw new Error(problem);
  if (isInstalled(projectFolder)) return;
  console.log('Installing the locked npm packages (once, about a minute) …');
  // Not `npm ci`: it refuses as a whole when a mirror lacks an optional package of another platform.
  const npm = npmCommand([
    'install',
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  const beat = setInterval(() => console.log('  still installing …'), 15_000);
  const started = Date.now();
  const { status, output } = await runCommand(npm.file, npm.args, {
    cwd: projectFolder,
    shell: npm.shell,
    timeoutMs: installTimeoutMs,
  });
  clearInterval(beat);
  if (status !== 0) throw new Error(`npm install failed:\n${output.trim()}`);
  if (!isInstalled(projectFolder)) {
    throw new Error('npm installed other packages than those in package-lock.json.');
  }
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}
