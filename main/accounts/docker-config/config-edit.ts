import type { Node } from 'jsonc-parser';
import { type ConfigText, readConfigText, valueNode } from './config-text.ts';

/** What Regent is called in config.json: docker runs `docker-credential-` + this. */
export const HELPER_VALUE = 'regent';

/** How the file is laid out, so that what is added looks like what is there. */
interface Layout {
  readonly multiline: boolean;
  readonly indent: string;
  readonly eol: string;
  readonly colon: string;
}

/** Routes a registry to Regent, and leaves every other byte as it is. A route that exists is left alone. */
export function addRoute(config: ConfigText, key: string): string {
  if (config.routes.has(key)) return config.text;
  const layout = layoutOf(config);
  const name = JSON.stringify(key);
  const entry = `${name}${layout.colon}"${HELPER_VALUE}"`;
  const value = config.credHelpers && valueNode(config.credHelpers);
  if (value?.type === 'object') return insertInto(config.text, value, entry, layout, 1);
  const object = wrap(entry, layout, 1);
  if (value) return splice(config.text, value.offset, value.length, object);
  const property = `"credHelpers"${layout.colon}${object}`;
  return insertInto(config.text, config.root, property, layout, 0);
}

/**
 * Removes the routes to Regent, and nothing else. With `withEmptyHelpers` a `credHelpers` that is empty then goes too.
 */
export function removeRoutes(text: string, withEmptyHelpers: boolean): string {
  let current = text;
  for (;;) {
    const config = readConfigText(current);
    const value = config?.credHelpers && valueNode(config.credHelpers);
    if (!config || !value || value.type !== 'object') return current;
    const routes = value.children ?? [];
    const index = routes.findIndex((route) => valueNode(route)?.value === HELPER_VALUE);
    if (index >= 0) {
      current = removeChild(current, value, index);
    } else if (routes.length === 0 && withEmptyHelpers && current !== text) {
      const siblings = config.root.children ?? [];
      return removeChild(current, config.root, siblings.indexOf(config.credHelpers as Node));
    } else {
      return current;
    }
  }
}

function insertInto(
  text: string,
  object: Node,
  entry: string,
  layout: Layout,
  depth: number,
): string {
  const children = object.children ?? [];
  const last = children.at(-1);
  if (!last) return splice(text, object.offset, object.length, wrap(entry, layout, depth));
  const before = children.at(-2);
  const start = before ? endOf(before) : object.offset + 1;
  const gap = text.slice(start, last.offset).replace(/^\s*,/, '');
  return splice(text, endOf(last), 0, `,${gap}${entry}`);
}

/** Braces around one entry, as an object at that depth. */
function wrap(entry: string, { multiline, indent, eol }: Layout, depth: number): string {
  if (!multiline) return `{${entry}}`;
  return `{${eol}${indent.repeat(depth + 1)}${entry}${eol}${indent.repeat(depth)}}`;
}

function removeChild(text: string, object: Node, index: number): string {
  const children = object.children ?? [];
  const child = children[index];
  if (!child) return text;
  const previous = children[index - 1];
  const next = children[index + 1];
  if (previous) return splice(text, endOf(previous), endOf(child) - endOf(previous), '');
  if (next) return splice(text, child.offset, next.offset - child.offset, '');
  return splice(text, object.offset, object.length, '{}');
}

/** docker itself indents with a tab and one space after the colon. */
function layoutOf({ text, root }: ConfigText): Layout {
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

const endOf = (node: Node) => node.offset + node.length;

function splice(text: string, at: number, length: number, replacement: string): string {
  return text.slice(0, at) + replacement + text.slice(at + length);
}

/** The names of all registries that are routed to Regent. */
export function routesToRegent({ routes }: ConfigText): readonly string[] {
  return [...routes].filter(([, helper]) => helper === HELPER_VALUE).map(([key]) => key);
}
