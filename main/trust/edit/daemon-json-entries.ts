import { isIP } from 'node:net';
import { isHostAndPort } from './check-wish.ts';
import { LIST_KEY, nameOf, readDaemonJson } from './daemon-json-text.ts';
import { besideMark, type EditRefusal, EditRefused } from './editor.ts';

/** Something about a daemon.json that a person should know, although it is not Regent's business. */
export type DaemonJsonRemark =
  /** Docker 20.10 does not start with a byte order mark. */
  | { readonly kind: 'byteOrderMark' }
  /** The file can't be edited, and why. */
  | { readonly kind: 'refused'; readonly reason: EditRefusal; readonly detail: string }
  /** `insecure-registry` is accepted and does nothing. */
  | { readonly kind: 'singularKey' }
  /** The daemon does not start with this entry. */
  | { readonly kind: 'badEntry'; readonly entry: string }
  /** `http://` and `https://` are cut off with a warning. */
  | { readonly kind: 'schemeInEntry'; readonly entry: string };

const SCHEME = /^https?:\/\//i;

/** The registry or network that an entry means: dockerd cuts `http://` and `https://` off. */
export function registryOf(entry: string): string {
  return entry.replace(SCHEME, '');
}

/** The first entry with which the daemon would not start (moby `registry/config.go`, `loadInsecureRegistries`). */
export function firstBadEntry(entries: readonly string[]): string | undefined {
  return entries.find((entry) => {
    const registry = registryOf(entry);
    return !isNetwork(registry) && !isHostAndPort(registry);
  });
}

/** What is odd about a daemon.json. Never throws. */
export function remarksOf(text: string): readonly DaemonJsonRemark[] {
  const remarks: DaemonJsonRemark[] = [];
  if (text.startsWith('\ufeff')) remarks.push({ kind: 'byteOrderMark' });
  try {
    besideMark(text, (rest) => {
      remarks.push(...remarksOfReadable(rest));
      return rest;
    });
  } catch (thrown) {
    if (!(thrown instanceof EditRefused)) throw thrown;
    remarks.push({ kind: 'refused', reason: thrown.reason, detail: thrown.detail });
  }
  return remarks;
}

function remarksOfReadable(text: string): readonly DaemonJsonRemark[] {
  const { root, entries } = readDaemonJson(text);
  const names = (root?.children ?? []).map(nameOf);
  const written = entries.map(({ value }) => String(value));
  return [
    ...(names.includes(SINGULAR) ? [{ kind: 'singularKey' } as const] : []),
    ...written
      .filter((entry) => firstBadEntry([entry]) !== undefined)
      .map((entry) => ({ kind: 'badEntry', entry }) as const),
    ...written
      .filter((entry) => SCHEME.test(entry))
      .map((entry) => ({ kind: 'schemeInEntry', entry }) as const),
  ];
}

const SINGULAR = LIST_KEY.replace(/ies$/, 'y');

/** An IP network, as Go's `net.ParseCIDR` takes it. */
function isNetwork(text: string): boolean {
  const [, ip = '', bits = ''] = /^([^/%]+)\/(\d{1,3})$/.exec(text) ?? [];
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(ip)] ?? -1;
  return bits === String(Number(bits)) && Number(bits) <= most;
}
