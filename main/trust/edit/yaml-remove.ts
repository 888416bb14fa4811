import { isNode, isScalar, isSeq, type YAMLSeq } from 'yaml';
import { splice } from './editor.ts';
import { isMarked, removeLines } from './marked-lines.ts';
import { type Setting, says } from './yaml-add.ts';
import { pairIn, readYaml, startOf } from './yaml-file.ts';

/**
 * The text without the settings' marked lines, and without the marked keys above them that then hold nothing; `null`
 * when nothing else was in it. Lines without the mark stay, whatever they say. Throws `EditRefused`.
 */
export function removeSettings(text: string, settings: readonly Setting[]): string | null {
  let current = text;
  for (const setting of settings) {
    for (let depth = setting.path.length; depth > 0; depth -= 1) {
      current = removeKey(current, setting, depth);
    }
  }
  readYaml(current);
  return current === '' && text !== '' && text.endsWith('\n') ? null : current;
}

/** Takes one line of a setting out: its last key with the value, or a key above it that has none. */
function removeKey(text: string, setting: Setting, depth: number): string {
  const { document, data } = readYaml(text);
  let map: unknown = document.contents;
  let start: number | undefined;
  for (const name of setting.path.slice(0, depth)) {
    const pair = pairIn(map, name);
    if (!pair) return text;
    start = startOf(pair.key);
    map = pair.value;
  }
  if (start === undefined || !isMarked(text, start)) return text;
  if (depth < setting.path.length) return isNothing(map) ? removeLines(text, [start]) : text;
  if (!says(data, setting)) return text;
  if (!isSeq(map) || map.items.length === 1) return removeLines(text, [start]);
  return withoutItem(text, map, setting.value[0]);
}

/** Takes one text out of a list to which others were added. */
function withoutItem(text: string, list: YAMLSeq, value: string | undefined): string {
  const index = list.items.findIndex((item) => isScalar(item) && item.value === value);
  const start = startOf(list.items[index]);
  if (start === undefined) return text;
  if (!list.flow) return removeLines(text, [start]);
  const next = startOf(list.items[index + 1]);
  if (next !== undefined) return splice(text, start, next, '');
  return splice(text, endOf(list.items[index - 1]) ?? start, endOf(list.items[index]) ?? start, '');
}

function endOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[1] : undefined;
}

function isNothing(value: unknown): boolean {
  return value === null || (typeof value === 'object' && 'value' in value && value.value === null);
}
