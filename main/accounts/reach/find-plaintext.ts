import { plainEntryOf, podmanKey } from './podman-lookup.ts';
import type { SetUp } from './set-up.ts';

/** A login in plain text in one of podman's files, of a registry that Regent has one of, too. */
export interface PodmanPlaintext {
  readonly path: string;
  readonly address: string;
  /** As podman calls the registry. */
  readonly key: string;
  /** Whether that file sends lookups to a helper all the same. */
  readonly isRouted: boolean;
}

/** Finds them; docker's own file is left to the import. */
export function findPlaintext(
  { podman, configPath }: SetUp,
  addresses: readonly string[],
): readonly PodmanPlaintext[] {
  const files = (podman?.files ?? []).filter(({ path }) => path !== configPath);
  return [...new Set(addresses)].flatMap((address) => {
    const key = podmanKey(address);
    if (key === undefined) return [];
    return files
      .filter(({ config }) => plainEntryOf(config, key) !== undefined)
      .map(({ path, config }) => ({ path, address, key, isRouted: config.routes.has(key) }));
  });
}
