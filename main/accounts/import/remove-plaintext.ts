import type { Node } from 'jsonc-parser';
import { removeLeftovers } from '../../platform/leftovers.ts';
import { FileChanged, readConfigFile, replaceConfigFile } from '../docker-config/config-file.ts';
import {
  type ConfigText,
  propertiesNamed,
  propertyName,
  valueNode,
} from '../docker-config/config-text.ts';
import { editAlone } from '../docker-config/edit-alone.ts';
import { removeChild, replaceNode } from '../docker-config/json-edit.ts';
import type { AuthFile } from './auth-files.ts';
import { type EntryContent, entryContent } from './entry-content.ts';
import { parseAuths } from './read-auth-file.ts';

/**
 * Takes a login's plain text out of its file, and leaves every other byte as it is: in docker's config.json `{}` stays,
 * which is docker's own mark of a login with a helper; in podman's auth.json nothing does. No copy is made.
 * @param taken what Regent has by now
 * @returns false when the file holds another login by now, or another secret beside it, which stays
 * @throws RegentError `FILE_FAILED`, `DOCKER_CONFIG_INVALID`, `AUTH_FILE_INVALID`
 */
export function removePlaintext(
  dataFolder: string,
  file: AuthFile,
  key: string,
  taken: EntryContent,
): Promise<boolean> {
  return editAlone(dataFolder, file.path, async () => {
    const found = await readConfigFile(file.path);
    if (found.text !== null) await removeLeftovers(found.target);
    const config = parseAuths(file, found.text ?? '');
    const content = entryContent(config, key);
    if (content.kind === 'none') return true;
    if (!isSame(content, taken)) return false;
    await replaceConfigFile(found, withoutLogin(config, key, file.kind));
    // docker and podman write without any lock, so look whether one of them put back what it had read before.
    const after = await readConfigFile(file.path);
    const now = entryContent(parseAuths(file, after.text ?? ''), key);
    if (isSame(now, taken) || (now.kind === 'login' && now.hasOthers)) {
      throw new FileChanged(file.path);
    }
    return true;
  });
}

/** The text of a file without what one entry of `auths` holds. */
export function withoutLogin(config: ConfigText, key: string, kind: AuthFile['kind']): string {
  const [entry] = config.authProperties.get(key) ?? [];
  const value = entry && valueNode(entry);
  if (!entry || !value) return config.text;
  if (kind === 'docker-config') return replaceNode(config.text, value, markFor(config.text, value));
  const auths = propertiesNamed(config.root, /^auths$/iu).find(
    (one) => valueNode(one)?.children?.some((child) => child === entry) === true,
  );
  const object = auths && valueNode(auths);
  return object ? removeChild(config.text, object, entry) : config.text;
}

/** What docker leaves of an entry: nothing but the e-mail address that old versions asked for (native_store.go). */
function markFor(text: string, value: Node): string {
  const email = (value.children ?? []).find((field) => propertyName(field) === 'email');
  return email ? `{${text.slice(email.offset, email.offset + email.length)}}` : '{}';
}

function isSame(one: EntryContent, other: EntryContent): boolean {
  return (
    one.kind === 'login' &&
    other.kind === 'login' &&
    one.username === other.username &&
    one.secret === other.secret &&
    one.hasOthers === other.hasOthers
  );
}
