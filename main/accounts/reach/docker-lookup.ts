import type { ConfigText } from '../docker-config/config-text.ts';
import { entryContent } from '../import/entry-content.ts';

/** Where a program looks for a login: with a helper, in the plain file, or nowhere. */
export type Lookup =
  | { readonly kind: 'helper'; readonly helper: string }
  | { readonly kind: 'plaintext' }
  | { readonly kind: 'nothing' };

/**
 * Where docker looks for the login of a registry: `credHelpers`, then `credsStore`, then the plain file; an empty
 * helper's name means the plain file on purpose (docker/cli: cli/config/configfile/file.go).
 * @param key as docker looks it up: the address of image names, or the URL of Docker Hub
 * @param ownChoice the helper that docker takes where a file says nothing at all
 */
export function dockerLookup(
  config: ConfigText,
  key: string,
  ownChoice: string | undefined,
): Lookup {
  const helper = config.routes.get(key) ?? defaultHelper(config, ownChoice) ?? '';
  if (helper !== '') return { kind: 'helper', helper };
  // Entries of long ago are URLs, with a path; they count where there is none by the very name.
  const entry = config.auths.has(key)
    ? key
    : [...config.auths.keys()].find((other) => hostOf(other) === key);
  return entry !== undefined && isLogin(config, entry) ? { kind: 'plaintext' } : NOTHING;
}

/** The helper that serves the registries without a route of their own; undefined for the plain file. */
export function defaultHelper(
  config: ConfigText,
  ownChoice: string | undefined,
): string | undefined {
  return config.credsStore ?? (saysNothing(config) ? ownChoice : undefined);
}

/** Whether docker would choose a helper by itself, as in a file without any login (`ContainsAuth`, the same source). */
export function saysNothing({ routes, credsStore, auths }: ConfigText): boolean {
  return routes.size === 0 && credsStore === undefined && auths.size === 0;
}

/** Whether an entry of `auths` holds something to sign in with. */
export function isLogin(config: ConfigText, key: string): boolean {
  const { kind } = entryContent(config, key);
  return kind === 'login' || kind === 'registry-token';
}

/** The host of an old entry (docker/cli: cli/config/credentials/file_store.go, `ConvertToHostname`). */
export function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, '').split('/')[0] ?? '';
}

const NOTHING: Lookup = { kind: 'nothing' };
