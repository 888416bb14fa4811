import type { Node } from 'jsonc-parser';
import { valueNode } from './config-text.ts';

/** How a file is laid out, so that what is added looks like what is there. */
export interface Layout {
  readonly multiline: boolean;
  readonly indent: string;
  readonly eol: string;
  readonly colon: string;
}

/** The layout of an object; docker itself indents with a tab and one space after the colon. */
export function layoutOf(text: string, root: Node): Layout {
  const first = root.children?.[0];
  const gap = first ? text.slice(root.offset + 1, first.offset) : '\n\t';
  const multiline = gap.includes('\n');
  const name = first?.children?.[0];
  const value = first && valueNode(first);
  return {
    multiline,
    indent: gap.slice(gap.lastIndexOf('\n') + 1) || '\t',
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    colon: name && value ? text.slice(endOf(name), value.offset) : ': ',
  };
}

/** Adds an entry as the last of an object that stands at that depth. */
export function insertInto(
  text: string,
  object: Node,
  entry: string,
  layout: Layout,
  depth: number,
): string {
  const children = object.children ?? [];
  const last = children.at(-1);
  if (!last) return replaceNode(text, object, wrap(entry, layout, depth));
  const before = children.at(-2);
  const start = before ? endOf(before) : object.offset + 1;
  const gap = text.slice(start, last.offset).replace(/^\s*,/, '');
  return splice(text, endOf(last), 0, `,${gap}${entry}`);
}

/** Braces around one entry, as an object at that depth. */
export function wrap(entry: string, { multiline, indent, eol }: Layout, depth: number): string {
  if (!multiline) return `{${entry}}`;
  return `{${eol}${indent.repeat(depth + 1)}${entry}${eol}${indent.repeat(depth)}}`;
}

/** Takes one entry out of an object, with the comma that belongs to it. */
export function removeChild(text: string, object: Node, child: Node): string {
  const children = object.children ?? [];
  const index = children.indexOf(child);
  const previous = children[index - 1];
  const next = children[index + 1];
  if (previous) return splice(text, endOf(previous), endOf(child) - endOf(previous), '');
  if (next) return splice(text, child.offset, next.offset - child.offset, '');
  return replaceNode(text, object, '{}');
}

/** Puts another value in a node's place. */
export function replaceNode(text: string, { offset, length }: Node, replacement: string): string {
  return splice(text, offset, length, replacement);
}

const endOf = (node: Node) => node.offset + node.length;

function splice(text: string, at: number, length: number, replacement: string): string {
  return text.slice(0, at) + replacement + text.slice(at + length);
}
