import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isScalar, type YAMLMap } from 'yaml';
import { EditRefused, lineEndOf } from './editor.ts';
import { insertLines, marked, startOfLine, startOfNextLine } from './marked-lines.ts';
import { pairIn, readYaml, startOf, yamlAt } from './yaml-file.ts';

/** One value in a YAML file, under a path of keys: a text, or a list of one text. */
export interface Setting {
  readonly path: readonly [string, ...string[]];
  readonly value: string | readonly [string];
}

/** Whether the setting is there. */
export function says(data: unknown, { path, value }: Setting): boolean {
  const found = yamlAt(data, path);
  return typeof value === 'string' ? found === value : isListWith(found, value[0]);
}

/**
 * The text with the setting in whole marked lines; the same text when it is there already. Refuses to change another
 * value, and any layout in which lines can't be put in without changing more (`snippet`: what to paste).
 */
export function addSetting(text: string, setting: Setting, snippet: string): string {
  const { document, data } = readYaml(text);
  if (says(data, setting)) return text;
  const found = yamlAt(data, setting.path);
  if (found !== undefined) {
    throw new EditRefused('conflict', `${setting.path.at(-1)}: ${shown(found)}`);
  }
  const after = withLines(text, document, setting);
  if (after !== undefined && saysOnly(after, expectedAfter(data, setting))) return after;
  throw new EditRefused('handEdit', snippet);
}

/** The lines of a setting from the key at `depth` on, each indented by `indent` first. */
export function settingLines({ path, value }: Setting, depth = 0, indent = ''): readonly string[] {
  const last = typeof value === 'string' ? JSON.stringify(value) : `[${JSON.stringify(value[0])}]`;
  return path.slice(depth).map((key, index) => {
    const name = /^[a-z_]+$/.test(key) ? key : JSON.stringify(key);
    const isLast = depth + index === path.length - 1;
    return marked(`${indent}${'  '.repeat(index)}${name}:${isLast ? ` ${last}` : ''}`);
  });
}

/** Puts the lines below the last key of the path that is there, or at the end; undefined where that is not safe. */
function withLines(text: string, document: Document.Parsed, setting: Setting): string | undefined {
  let map: unknown = document.contents;
  let parent: number | undefined;
  for (const [depth, name] of setting.path.entries()) {
    const pair = pairIn(map, name);
    if (!pair) {
      const indent = isMap(map) ? indentOfItems(text, map) : indentBelow(text, map, parent);
      if (indent === undefined) return undefined;
      const at = parent === undefined ? text.length : startOfNextLine(text, parent);
      return insertLines(text, at, settingLines(setting, depth, indent), lineEndOf(text));
    }
    parent = startOf(pair.key);
    map = pair.value;
  }
  return undefined;
}

/** What stands before each key of a map; undefined for a map in braces, or with anything but spaces before a key. */
function indentOfItems(text: string, map: YAMLMap): string | undefined {
  const start = startOf(map.items[0]?.key);
  if (map.flow || start === undefined) return undefined;
  const indent = text.slice(startOfLine(text, start), start);
  return /^ *$/.test(indent) ? indent : undefined;
}

/** For keys below a key without a value, or in a text of nothing but comments. */
function indentBelow(text: string, value: unknown, parent: number | undefined): string | undefined {
  const isEmpty = value === null || (isScalar(value) && value.value === null && !value.source);
  if (!isEmpty) return undefined;
  if (parent === undefined) return '';
  const indent = text.slice(startOfLine(text, parent), parent);
  return /^ *$/.test(indent) ? `${indent}  ` : undefined;
}

function saysOnly(text: string, expected: unknown): boolean {
  try {
    return isDeepStrictEqual(readYaml(text).data, expected);
  } catch (thrown) {
    if (thrown instanceof EditRefused) return false;
    throw thrown;
  }
}

function expectedAfter(data: unknown, { path: [key, next, ...rest], value }: Setting): unknown {
  const map: ReadonlyMap<unknown, unknown> = data instanceof Map ? data : new Map();
  const inner =
    next === undefined ? value : expectedAfter(map.get(key), { path: [next, ...rest], value });
  return new Map([...map, [key, inner]]);
}

function isListWith(found: unknown, value: string): boolean {
  return Array.isArray(found) && found.includes(value);
}

function shown(value: unknown): string {
  return typeof value === 'string' || Array.isArray(value) ? JSON.stringify(value) : String(value);
}
