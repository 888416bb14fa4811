import { checkAddress } from './check-wish.ts';
import { EditRefused } from './editor.ts';
import { linesAsFile } from './marked-lines.ts';
import { isTomlTable, parseToml, tomlAt, tomlText } from './toml-file.ts';

/**
 * A whole drop-in for `registries.conf.d`, which is Regent's alone: one registry to which Podman, Buildah and Skopeo
 * talk without insisting on TLS (containers-registries.conf(5), version 2). Its name must end with `.conf`. Throws
 * `EditRefused` for an odd address.
 */
export function registriesDropIn({ address }: { readonly address: string }): string {
  checkAddress(address);
  return linesAsFile([
    '# Written by Regent',
    '[[registry]]',
    `location = ${tomlText(address)}`,
    'insecure = true',
  ]);
}

/** A registries.conf or a file in registries.conf.d. */
export interface RegistriesFile {
  readonly path: string;
  readonly text: string;
  /** It is in a registries.conf.d, where only names that end with `.conf` count. */
  readonly isDropIn: boolean;
  /** It is read after Regent's drop-in, so that what it says about the same registry prevails. */
  readonly isLater: boolean;
}

/** Something about such a file that a person should know. */
export type RegistriesRemark =
  /** It can't be parsed: no pull works at all. `place`: line:column, when known. */
  | { readonly kind: 'unreadable'; readonly path: string; readonly place: string }
  /** Version 1 of the format: as a drop-in it breaks every pull; as the main file, every pull with a drop-in. */
  | { readonly kind: 'versionOne'; readonly path: string }
  /** A drop-in whose name does not end with `.conf` is ignored. */
  | { readonly kind: 'ignoredName'; readonly path: string }
  /** It has the same registry. The later file prevails whole: settings are not merged. `keys`: what it sets. */
  | {
      readonly kind: 'sameRegistry';
      readonly path: string;
      readonly isInsecure: boolean;
      readonly prevails: boolean;
      readonly keys: readonly string[];
    }
  /** It has a part of the registry (`h:p/team`), for which TLS is insisted on all the same. */
  | { readonly kind: 'narrowerRegistry'; readonly path: string; readonly prefix: string };

/** What is odd about the registries files beside Regent's drop-in for an address. Never throws. */
export function registriesRemarks(
  files: readonly RegistriesFile[],
  address: string,
): readonly RegistriesRemark[] {
  return files.flatMap((file) => remarksOfFile(file, address));
}

function remarksOfFile(file: RegistriesFile, address: string): readonly RegistriesRemark[] {
  const { path, text, isDropIn } = file;
  if (isDropIn && !path.endsWith('.conf')) return [{ kind: 'ignoredName', path }];
  let data: unknown;
  try {
    data = parseToml(text);
  } catch (thrown) {
    if (!(thrown instanceof EditRefused)) throw thrown;
    return [{ kind: 'unreadable', path, place: thrown.detail }];
  }
  if (isVersionOne(data)) return [{ kind: 'versionOne', path }];
  const registries = tomlAt(data, 'registry');
  if (!Array.isArray(registries)) return [];
  return registries.flatMap((registry: unknown) => remarkOfRegistry(file, registry, address));
}

function isVersionOne(data: unknown): boolean {
  return ['search', 'insecure', 'block'].some((name) =>
    isTomlTable(tomlAt(data, 'registries', name)),
  );
}

/** A registry counts for the longest `prefix`, which is its `location` where none is given. */
function remarkOfRegistry(
  { path, isLater }: RegistriesFile,
  registry: unknown,
  address: string,
): readonly RegistriesRemark[] {
  const said = tomlAt(registry, 'prefix') || tomlAt(registry, 'location');
  if (!isTomlTable(registry) || typeof said !== 'string') return [];
  const prefix = said.replace(/\/+$/, '');
  const isInsecure = tomlAt(registry, 'insecure') === true;
  if (prefix === address) {
    const keys = Object.keys(registry);
    return [{ kind: 'sameRegistry', path, isInsecure, prevails: isLater, keys }];
  }
  if (isInsecure || !prefix.startsWith(`${address}/`)) return [];
  return [{ kind: 'narrowerRegistry', path, prefix }];
}
