import { join } from 'node:path';
import { RegentError } from '../../../shared/errors/index.ts';
import { withLock } from '../../platform/with-lock.ts';
import { FileChanged } from './config-file.ts';

/** How often somebody else may get in between before Regent gives up: a script may sign out of dozens of registries. */
const ATTEMPTS = 60;

/**
 * Runs an edit of docker's or podman's file: of Regent's processes only one edits at a time, and where another program
 * got in between (`FileChanged`), which heeds no lock, the whole work is done again on what that one left.
 * @param path the file, for the error
 * @throws RegentError `FILE_FAILED` with `EBUSY` when the file never comes to rest
 */
export function editAlone<T>(dataFolder: string, path: string, work: () => Promise<T>): Promise<T> {
  return withLock(join(dataFolder, 'docker-config'), async () => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof FileChanged)) throw error;
        if (attempt === ATTEMPTS)
          throw new RegentError('FILE_FAILED', { path, reason: 'EBUSY' }, error);
      }
    }
  });
}
