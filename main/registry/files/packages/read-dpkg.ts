/** Packages by name, each with its version. */
export type Packages = ReadonlyMap<string, string>;

/**
 * Reads dpkg's list of packages (`/var/lib/dpkg/status`, or one file of the `status.d` that images without dpkg have), as
 * Debian's policy, chapter 5, and dpkg-query describe it. A second package of a name, of another architecture, is called
 * `name:architecture`.
 */
export function readDpkg(text: string): Packages {
  const packages = new Map<string, string>();
  for (const stanza of text.split(/\n[ \t]*\n/)) {
    const [name, version] = [fieldOf(stanza, 'Package'), fieldOf(stanza, 'Version')];
    const status = fieldOf(stanza, 'Status');
    // `install ok installed`; what was removed may have left its configuration, and stays in the list.
    const isInstalled = status === undefined || status.endsWith(' installed');
    if (name === undefined || version === undefined || !isInstalled) continue;
    const isSecond = packages.has(name);
    packages.set(isSecond ? `${name}:${fieldOf(stanza, 'Architecture')}` : name, version);
  }
  return packages;
}

function fieldOf(stanza: string, field: string): string | undefined {
  const start = stanza.startsWith(`${field}:`) ? 0 : stanza.indexOf(`\n${field}:`) + 1;
  if (start === 0 && !stanza.startsWith(`${field}:`)) return undefined;
  const end = stanza.indexOf('\n', start);
  return stanza.slice(start + field.length + 1, end === -1 ? undefined : end).trim();
}
