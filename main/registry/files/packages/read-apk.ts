import type { Packages } from './read-dpkg.ts';

/** Reads Alpine's list of packages (`/lib/apk/db/installed`): `P:` a name, `V:` its version, a blank line between two. */
export function readApk(text: string): Packages {
  const packages = new Map<string, string>();
  for (const stanza of text.split('\n\n')) {
    const lines = stanza.split('\n');
    const after = (key: string) => lines.find((line) => line.startsWith(key))?.slice(key.length);
    const [name, version] = [after('P:'), after('V:')];
    if (name && version) packages.set(name, version);
  }
  return packages;
}
