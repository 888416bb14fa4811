import type { Node } from 'jsonc-parser';
import { type DaemonJsonText, endOf, LIST_KEY, nodeOfValue } from './daemon-json-text.ts';
import { lineEndOf, splice } from './editor.ts';

/*
 * What was there before has to be readable from the layout alone, so that taking out is exact:
 * - a list that Regent made has white space after its `[`; a list that was there and empty has the entry right after it;
 * - an object that was there and empty gets four spaces, or one line; a file that was not there, or blank, gets two.
 */

interface Layout {
  /** Between the parent's bracket and a child: a line end with white space, or nothing on one line. */
  readonly gap: string;
  readonly colon: string;
  readonly unit: string;
}

/** A whole daemon.json with one entry, without a line end after it. */
export function newFile(address: string): string {
  return `{\n  ${propertyWith(address, { gap: '\n  ', colon: ': ', unit: '  ' })}\n}`;
}

/** The text with one more entry at the end of the list; makes the list, or the object, where there is none. */
export function insertEntry(
  { text, root, list, entries }: DaemonJsonText,
  address: string,
): string {
  if (!root) return text + newFile(address);
  const value = JSON.stringify(address);
  if (list) {
    if (entries.length === 0) return splice(text, list.offset + 1, list.offset + 1, value);
    return insertAfterLast(text, list, entries, value);
  }
  const properties = root.children ?? [];
  if (properties.length > 0) {
    const entry = propertyWith(address, layoutOf(text, root));
    return insertAfterLast(text, root, properties, entry);
  }
  const inside = text.slice(root.offset + 1, endOf(root) - 1);
  const gap = inside.includes('\n') ? `${lineEndOf(inside)}    ` : '';
  const entry = propertyWith(address, { gap, colon: ': ', unit: '    ' });
  return splice(text, root.offset + 1, root.offset + 1, gap + entry);
}

/** The text without one entry, and without the list if Regent made it and nothing else is in it. */
export function removeNode(file: DaemonJsonText, index: number): string {
  const { text, root, property, list, entries } = file;
  const entry = entries[index];
  if (!root || !property || !list || !entry) return text;
  if (entries.length > 1) return removeChild(text, list, index);
  if (entry.offset === list.offset + 1) return splice(text, entry.offset, endOf(entry), '');
  return removeChild(text, root, (root.children ?? []).indexOf(property));
}

function propertyWith(address: string, { gap, colon, unit }: Layout): string {
  const name = JSON.stringify(LIST_KEY);
  const value = JSON.stringify(address);
  if (!gap.includes('\n')) return `${name}${colon}[ ${value} ]`;
  return `${name}${colon}[${gap}${unit}${value}${gap}]`;
}

function insertAfterLast(
  text: string,
  parent: Node,
  children: readonly Node[],
  entry: string,
): string {
  const last = children.at(-1) ?? parent;
  const before = children.at(-2);
  const start = before ? endOf(before) : parent.offset + 1;
  const gap = text.slice(start, last.offset).replace(/^\s*,/, '');
  return splice(text, endOf(last), endOf(last), `,${gap}${entry}`);
}

function removeChild(text: string, parent: Node, index: number): string {
  const children = parent.children ?? [];
  const child = children[index];
  if (!child) return text;
  const previous = children[index - 1];
  const next = children[index + 1];
  if (previous) return splice(text, endOf(previous), endOf(child), '');
  return splice(text, next ? child.offset : parent.offset + 1, next?.offset ?? endOf(child), '');
}

/** How the children of an object that has some are laid out. */
function layoutOf(text: string, object: Node): Layout {
  const first = object.children?.[0];
  const name = first?.children?.[0];
  const value = first && nodeOfValue(first);
  const space = first ? text.slice(object.offset + 1, first.offset) : '';
  const at = space.lastIndexOf('\n');
  if (!name || !value || at < 0) {
    return {
      gap: '',
      colon: name && value ? text.slice(endOf(name), value.offset) : ': ',
      unit: '',
    };
  }
  const indent = space.slice(at + 1);
  return {
    gap: lineEndOf(space) + indent,
    colon: text.slice(endOf(name), value.offset),
    unit: indent,
  };
}
