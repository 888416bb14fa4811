import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** All folders of encrypted logins. Only one is in use; what else is there was left by a change that was interrupted. */
export function loginsRoot(dataFolder: string): string {
  return join(dataFolder, 'logins');
}

/** A short name for a recipient: 16 hex digits. Logins for another recipient never mix with its own. */
export function recipientId(recipient: string): string {
  return createHash('sha256').update(recipient).digest('hex').slice(0, 16);
}

/** Whether a folder's name is such a short name, so that Regent made it. */
export function isRecipientId(name: string): boolean {
  return /^[0-9a-f]{16}$/.test(name);
}

/** The folder of the logins that are encrypted for a recipient. */
export function loginFolder(dataFolder: string, recipient: string): string {
  return join(loginsRoot(dataFolder), recipientId(recipient));
}

/** Where one login stands in its folder. Names of registries and users may hold anything, so it is their hash. */
export function loginPath(folder: string, itemName: string): string {
  return join(folder, `${createHash('sha256').update(itemName).digest('hex')}.age`);
}

/** Of the names in a folder, the paths of those that are encrypted logins, whoever wrote them; half-written ones are not. */
export function loginFiles(folder: string, names: readonly string[]): readonly string[] {
  return names
    .filter((name) => name.endsWith('.age'))
    .map((name) => join(folder, name))
    .filter((path) => path !== identityPath(folder));
}

/** The identity that a passphrase protects. No login's name is a hash like this. */
export function identityPath(folder: string): string {
  return join(folder, 'identity.age');
}
