/** What a dockerd was told on its command line that bears on `insecure-registries`. */
export interface DockerdFlags {
  /** Values of `--insecure-registry`: with any of them, the key in daemon.json stops the next start. */
  readonly insecureRegistries: readonly string[];
  /** Value of `--config-file`; undefined for the usual place. */
  readonly configFile: string | undefined;
}

/**
 * Reads dockerd's arguments (with or without the program's name) as its flag parser does: `--flag value` or
 * `--flag=value`, the last `--config-file` counts, nothing after `--` is a flag.
 */
export function readDockerdFlags(argv: readonly string[]): DockerdFlags {
  const insecureRegistries: string[] = [];
  let configFile: string | undefined;
  for (let index = 0; index < argv.length && argv[index] !== '--'; index += 1) {
    const [, name, inline] =
      /^--(insecure-registry|config-file)(?:=(.*))?$/s.exec(argv[index] ?? '') ?? [];
    if (!name) continue;
    if (inline === undefined) index += 1;
    const value = inline ?? argv[index];
    if (value === undefined) break;
    if (name === 'config-file') configFile = value;
    else insecureRegistries.push(value);
  }
  return { insecureRegistries, configFile };
}
