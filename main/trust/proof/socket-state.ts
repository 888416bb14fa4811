import { constants } from 'node:fs';
import { access } from 'node:fs/promises';

/** Whether this user may speak to a daemon: `closed` when only another one may, `absent` when there is none. */
export async function socketState(path: string): Promise<'open' | 'closed' | 'absent'> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return 'open';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' || code === 'EPERM' ? 'closed' : 'absent';
  }
}
