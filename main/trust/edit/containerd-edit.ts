import { registryTable } from './containerd-read.ts';
import { splice } from './editor.ts';
import { isMarked, removeLines } from './marked-lines.ts';
import {
  headerOf,
  pairsUnder,
  parseToml,
  readToml,
  sameKey,
  tomlAt,
  tomlText,
  tomlValueAt,
} from './toml-file.ts';
import type { TomlStatement } from './toml-statements.ts';

/** Fills `config_path = ""`, as containerd's own dump of its defaults has it, between the quotes that are there. */
export function replaceEmptyPath(text: string, { value }: TomlStatement, certsD: string): string {
  if (!value) return text;
  const quote = text.charAt(value.start);
  const isEmpty = value.end - value.start === 2;
  if (!isEmpty || (quote === "'" && certsD.includes("'"))) return text;
  const inside = quote === "'" ? certsD : tomlText(certsD).slice(1, -1);
  return splice(text, value.start + 1, value.start + 1, inside);
}

/** The text without the folder that Regent set; `null` when nothing else was in it. Throws `EditRefused`. */
export function removeCertsFolder(text: string, certsD: string): string | null {
  const file = readToml(text);
  const version = Number(tomlAt(file.data, 'version') ?? 1);
  const header = headerOf(file, registryTable(version));
  const pairs = header ? pairsUnder(file, header) : [];
  const pair = pairs.find(({ key }) => sameKey(key, ['config_path']));
  if (!header || !pair?.value || tomlValueAt(text, pair.value) !== certsD) return text;
  if (!isMarked(text, pair.start)) {
    return splice(text, pair.value.start + 1, pair.value.end - 1, '');
  }
  const whole = pairs.length === 1 && isMarked(text, header.start);
  const alone = whole && file.statements.length === 3;
  const first = file.statements[0];
  const places = [pair.start, ...(whole ? [header.start] : [])];
  if (alone && first && sameKey(first.key, ['version']) && isMarked(text, first.start)) {
    places.push(first.start);
  }
  const after = removeLines(text, places);
  parseToml(after);
  return after === '' && text.endsWith('\n') ? null : after;
}
