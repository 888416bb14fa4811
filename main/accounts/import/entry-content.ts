import type { Node } from 'jsonc-parser';
import { IDENTITY_TOKEN_USER } from '../../../shared/model/identity-token.ts';
import {
  type ConfigText,
  propertiesNamed,
  propertyName,
  valueNode,
} from '../docker-config/config-text.ts';

/** What an entry of `auths` holds. `none`: nothing to sign in with, such as docker's mark of a login with a helper. */
export type EntryContent =
  | { readonly kind: 'login'; readonly username: string; readonly secret: string }
  | { readonly kind: 'registry-token' | 'none' | 'damaged' };

/**
 * Reads an entry as docker does (docker/cli: cli/config/configfile/file.go): an identity token counts before the
 * password, `auth` before `username` and `password`. A key that stands there twice is damaged: nobody can be sure
 * which one another program reads.
 */
export function entryContent(config: ConfigText, key: string): EntryContent {
  const entries = entriesNamed(config, key);
  const value = entries[0] && valueNode(entries[0]);
  if (entries.length > 1) return { kind: 'damaged' };
  if (value?.type !== 'object') return { kind: 'none' };
  const pair = readPair(value);
  if (!pair) return { kind: 'damaged' };
  const token = textOf(value, /^identitytoken$/iu);
  if (token) return { kind: 'login', username: IDENTITY_TOKEN_USER, secret: token };
  const { username, secret } = pair;
  if (username && secret) return { kind: 'login', username, secret };
  return { kind: textOf(value, /^registrytoken$/iu) ? 'registry-token' : 'none' };
}

/** The properties of `auths` under that key. */
export function entriesNamed({ root }: ConfigText, key: string): readonly Node[] {
  return propertiesNamed(root, /^auths$/iu)
    .flatMap((auths) => valueNode(auths)?.children ?? [])
    .filter((entry) => propertyName(entry) === key);
}

interface Pair {
  readonly username: string;
  readonly secret: string;
}

function readPair(entry: Node): Pair | undefined {
  const auth = textOf(entry, /^auth$/iu);
  if (auth) return decodeAuth(auth);
  return {
    username: textOf(entry, /^username$/iu) ?? '',
    secret: textOf(entry, /^password$/iu) ?? '',
  };
}

/** Go's decoder takes padded base64 only, with line ends anywhere in it; docker takes NULs off the password's ends. */
function decodeAuth(auth: string): Pair | undefined {
  const text = auth.replace(/[\r\n]/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const pair = bytes.toString();
  const colon = pair.indexOf(':');
  // What is not UTF-8 could not be given back as it was.
  if (colon <= 0 || !Buffer.from(pair).equals(bytes)) return undefined;
  return { username: pair.slice(0, colon), secret: trimNuls(pair.slice(colon + 1)) };
}

function trimNuls(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === '\0') start += 1;
  while (end > start && text[end - 1] === '\0') end -= 1;
  return text.slice(start, end);
}

/** Of a field that stands there twice, Go takes the last that is a text. */
function textOf(entry: Node, name: RegExp): string | undefined {
  const values = propertiesNamed(entry, name).map((field): unknown => valueNode(field)?.value);
  return values.findLast((value): value is string => typeof value === 'string');
}
