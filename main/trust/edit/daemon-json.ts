import type { Node } from 'jsonc-parser';
import { checkAddress } from './check-wish.ts';
import { insertEntry, newFile, removeNode } from './daemon-json-edit.ts';
import { firstBadEntry, registryOf } from './daemon-json-entries.ts';
import { type DaemonJsonText, endOf, readDaemonJson } from './daemon-json-text.ts';
import { besideMark, checkEditable, type Editor, EditRefused, holds, splice } from './editor.ts';

/** A registry that Docker shall reach without insisting on TLS: `host[:port]` exactly as it is typed in references. */
export interface InsecureWish {
  readonly address: string;
}

/**
 * `insecure-registries` in dockerd's daemon.json (moby `daemon/config`, `registry/config.go`).
 *
 * Stricter than `dockerd --validate`, which says OK to entries that stop the daemon at its next start. A byte order
 * mark is refused although newer engines skip it: Docker 20.10 does not start with one, the text does not
 * say which engine reads it, and a person can save the file without it in a moment. Taking out works beside a mark.
 */
export const daemonJson: Editor<InsecureWish> = {
  apply(text, { address }) {
    checkAddress(address);
    if (text === null) return `${newFile(address)}\n`;
    checkEditable(text);
    const file = readDaemonJson(text);
    const bad = firstBadEntry(valuesOf(file));
    if (bad !== undefined) throw new EditRefused('entryInvalid', bad);
    return names(file, address) ? text : insertEntry(file, address);
  },

  revert(text, { address }) {
    if (text === `${newFile(address)}\n`) return null;
    return besideMark(text, (rest) => {
      const blank = rest.slice(0, -newFile(address).length);
      if (rest === blank + newFile(address) && blank.trim() === '') return blank;
      return removeAll(rest, address, removeNode);
    });
  },

  has: (text, { address }) => holds(text, (rest) => names(readDaemonJson(rest), address)),
};

/**
 * The text to load first when an entry is taken back. dockerd keeps the old list when the key goes away, so the key
 * has to be there as `[]`, loaded by SIGHUP, before the old bytes may come back. Throws `EditRefused`.
 */
export function emptied(text: string, { address }: InsecureWish): string {
  return removeEntry(text, address);
}

/** What the list says now, entry by entry as written. Throws `EditRefused` for a file that can't be read. */
export function insecureEntries(text: string): readonly string[] {
  let entries: readonly string[] = [];
  besideMark(text, (rest) => {
    entries = valuesOf(readDaemonJson(rest));
    return rest;
  });
  return entries;
}

/** The text without one entry, written exactly so; the key stays, as `[]` when nothing is left. Throws `EditRefused`. */
export function removeEntry(text: string, entry: string): string {
  return besideMark(text, (rest) =>
    removeAll(rest, entry, (file, index) => {
      const { list, entries } = file;
      if (!list || entries.length > 1) return removeNode(file, index);
      return splice(file.text, list.offset, endOf(list), '[]');
    }),
  );
}

/** Takes every such entry out: those after the first from the end on, then the first in what is left. */
function removeAll(
  text: string,
  entry: string,
  removeLast: (file: DaemonJsonText, index: number) => string,
): string {
  const file = readDaemonJson(text);
  const isOurs = ({ value }: Node) => value === entry;
  const first = file.entries.findIndex(isOurs);
  if (first < 0) return text;
  let shorter = text;
  for (let index = file.entries.length - 1; index > first; index -= 1) {
    const [node, previous] = [file.entries[index], file.entries[index - 1]];
    if (node && previous && isOurs(node))
      shorter = splice(shorter, endOf(previous), endOf(node), '');
  }
  return removeLast(readDaemonJson(shorter), first);
}

function names(file: DaemonJsonText, address: string): boolean {
  return valuesOf(file).some((entry) => registryOf(entry) === address);
}

function valuesOf({ entries }: DaemonJsonText): readonly string[] {
  return entries.map(({ value }) => String(value));
}
