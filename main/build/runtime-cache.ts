import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder for fetched runtimes. It follows XDG_CACHE_HOME; without it, root on Linux uses the machine's
 * own cache, because root's home is closed to the ordinary users that tests run the window as.
 */
export function findRuntimeCache(
  env: NodeJS.ProcessEnv = process.env,
  isRoot = isRootOnLinux(),
): string {
  const own = isRoot ? '/var/cache' : join(env.HOME || homedir(), '.cache');
  return join(env.XDG_CACHE_HOME || own, 'regent', 'electron');
}

/** Whether this process is root on Linux, where Chromium refuses its sandbox. */
export function isRootOnLinux(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}
