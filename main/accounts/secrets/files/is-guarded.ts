import { stat } from 'node:fs/promises';

/**
 * Whether nobody but this user and root can put something else in the place of what is in a folder. A folder with the
 * sticky bit may be open to others; a user's own group may write where the user may, as many systems give each user one.
 * @throws NodeJS.ErrnoException
 */
export async function isGuarded(folder: string): Promise<boolean> {
  const own = process.geteuid?.();
  // Windows guards its folders by access lists; the bits there say nothing.
  if (own === undefined) return true;
  const { uid, gid, mode } = await stat(folder);
  if (uid !== 0 && uid !== own) return false;
  const isOwnGroup = own !== 0 && uid === own && gid === own && gid === process.getegid?.();
  return (mode & (isOwnGroup ? 0o002 : 0o022)) === 0 || (mode & 0o1000) !== 0;
}
