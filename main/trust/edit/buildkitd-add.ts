import { type BuildkitWish, insecureKey, missingFrom, withWish } from './buildkitd-wish.ts';
import { lineEndOf, splice } from './editor.ts';
import { indentOf, insertLines, marked, startOfNextLine } from './marked-lines.ts';
import {
  checkedToml,
  headerOf,
  pairsUnder,
  sameKey,
  type TomlFile,
  tomlText,
} from './toml-file.ts';
import { scanElements, type TomlStatement } from './toml-statements.ts';

/** The lines that say all of a wish, as tables of their own. */
export function tablesToPaste(wish: BuildkitWish): readonly string[] {
  const header = marked(`[registry.${tomlText(wish.address)}]`);
  return [header, ...flagLines(wish), ...caLines(wish), ...clientLines(wish)];
}

/** The text with what it lacks of the wish. The file says nothing against it. Throws `EditRefused`. */
export function addToBuildkitd(file: TomlFile, wish: BuildkitWish): string {
  const missing = missingFrom(file.data, wish);
  const eol = lineEndOf(file.text);
  const header = headerOf(file, ['registry', wish.address]);
  const extended = header ? extendTable(file, header, missing, eol) : file.text;
  const last = header ? clientLines(missing) : tablesToPaste(missing);
  const text = insertLines(extended, extended.length, last, eol);
  return checkedToml(text, withWish(file.data, missing), tablesToPaste(missing).join('\n'));
}

/** Adds what belongs into the table itself: an element to its list of CAs, or whole lines under its header. */
function extendTable(
  file: TomlFile,
  header: TomlStatement,
  missing: BuildkitWish,
  eol: string,
): string {
  const { text } = file;
  const { caPath } = missing;
  const pairs = pairsUnder(file, header);
  const list = pairs.find(({ key }) => sameKey(key, ['ca']));
  const extended = list && caPath !== undefined ? withElement(text, list, caPath) : text;
  const indent = indentOf(text, pairs[0]?.start ?? header.start);
  const lines = [...flagLines(missing), ...(list ? [] : caLines(missing))];
  const indented = lines.map((line) => indent + line);
  return insertLines(extended, startOfNextLine(extended, header.end), indented, eol);
}

/** Before the first element, so that a comment behind an element stays with it. */
function withElement(text: string, { value }: TomlStatement, path: string): string {
  if (!value) return text;
  const [first] = scanElements(text, value);
  if (!first) return splice(text, value.start + 1, value.start + 1, tomlText(path));
  const gap = /\r?\n[ \t]*$/.exec(text.slice(value.start + 1, first.start))?.[0] ?? ' ';
  return splice(text, first.start, first.start, `${tomlText(path)},${gap}`);
}

function flagLines({ insecure }: BuildkitWish): readonly string[] {
  return insecure ? [marked(`${insecureKey(insecure)} = true`)] : [];
}

function caLines({ caPath }: BuildkitWish): readonly string[] {
  return caPath === undefined ? [] : [marked(`ca = [${tomlText(caPath)}]`)];
}

function clientLines({ address, client }: BuildkitWish): readonly string[] {
  if (!client) return [];
  return [
    marked(`[[registry.${tomlText(address)}.keypair]]`),
    marked(`key = ${tomlText(client.key)}`),
    marked(`cert = ${tomlText(client.cert)}`),
  ];
}
