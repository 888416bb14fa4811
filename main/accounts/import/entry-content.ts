import type { Node } from 'jsonc-parser';
import { IDENTITY_TOKEN_USER } from '../../../shared/model/identity-token.ts';
import { type ConfigText, propertiesNamed, valueNode } from '../docker-config/config-text.ts';

/** What an entry of `auths` holds. `none`: nothing to sign in with, such as docker's mark of a login with a helper. */
export type EntryContent =
  | {
      readonly kind: 'login';
      readonly username: string;
      readonly secret: string;
      /** Whether other secrets stand beside this one, which would be lost with the entry. */
      readonly hasOthers: boolean;
    }
  | { readonly kind: 'registry-token' | 'none' | 'damaged' };

/**
 * Reads an entry as docker does (docker/cli: cli/config/configfile/file.go): an identity token counts before the
 * password, `auth` before `username` and `password`. A key that stands there twice is damaged: nobody can be sure
 * which one another program reads.
 */
export function entryContent(config: ConfigText, key: string): EntryContent {
  const entries = config.authProperties.get(key) ?? [];
  const value = entries[0] && valueNode(entries[0]);
  if (entries.length > 1) return { kind: 'damaged' };
  if (value?.type !== 'object') return { kind: 'none' };
  const pair = readPair(value);
  if (!pair) return { kind: 'damaged' };
  const hasOthers = secretsOf(value).size > 1;
  const token = textOf(value, /^identitytoken$/iu);
  if (token) return { kind: 'login', username: IDENTITY_TOKEN_USER, secret: token, hasOthers };
  const { username, secret } = pair;
  if (username && secret) return { kind: 'login', username, secret, hasOthers };
  return { kind: textOf(value, /^registrytoken$/iu) ? 'registry-token' : 'none' };
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

/** Every secret of an entry, each once: `auth` beside the same `password` holds one. */
function secretsOf(entry: Node): ReadonlySet<string> {
  const plain = [/^password$/iu, /^identitytoken$/iu, /^registrytoken$/iu];
  const pairs = textsOf(entry, /^auth$/iu).map((auth) => decodeAuth(auth)?.secret ?? auth);
  const all = [...pairs, ...plain.flatMap((name) => textsOf(entry, name))];
  return new Set(all.filter((secret) => secret !== ''));
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
  return textsOf(entry, name).at(-1);
}

function textsOf(entry: Node, name: RegExp): readonly string[] {
  const values = propertiesNamed(entry, name).map((field): unknown => valueNode(field)?.value);
  return values.filter((value) => typeof value === 'string');
}
