import { type BuildkitWish, insecureKey } from './buildkitd-wish.ts';
import { splice } from './editor.ts';
import { isMarked, removeLines } from './marked-lines.ts';
import {
  headerOf,
  pairsUnder,
  parseToml,
  readToml,
  sameKey,
  type TomlFile,
  tomlValueAt,
} from './toml-file.ts';
import { scanElements, type TomlStatement } from './toml-statements.ts';

/** The text without what Regent put in for the wish; `null` when nothing else was in it. Throws `EditRefused`. */
export function removeFromBuildkitd(before: string, wish: BuildkitWish): string | null {
  const shorter = withoutElement(before, wish);
  const file = readToml(shorter);
  const header = headerOf(file, ['registry', wish.address]);
  const own = header ? ownLines(file, header, (pair) => isOwnPair(file, pair, wish)) : [];
  const text = removeLines(shorter, [...own, ...clientLines(file, wish)]);
  parseToml(text);
  return text === '' && shorter.endsWith('\n') ? null : text;
}

/** Where the marked lines of a table are that are Regent's; with its header, when nothing else is left under it. */
function ownLines(
  file: TomlFile,
  header: TomlStatement,
  isOwn: (pair: TomlStatement) => boolean,
): readonly number[] {
  const pairs = pairsUnder(file, header);
  const own = pairs.filter((pair) => isMarked(file.text, pair.start) && isOwn(pair));
  const whole = own.length === pairs.length && isMarked(file.text, header.start);
  return [...(whole ? [header.start] : []), ...own.map(({ start }) => start)];
}

function isOwnPair({ text }: TomlFile, pair: TomlStatement, wish: BuildkitWish): boolean {
  if (wish.insecure && sameKey(pair.key, [insecureKey(wish.insecure)])) return true;
  if (!sameKey(pair.key, ['ca']) || !pair.value) return false;
  return scanElements(text, pair.value).every(
    (element) => tomlValueAt(text, element) === wish.caPath,
  );
}

function clientLines(file: TomlFile, { address, client }: BuildkitWish): readonly number[] {
  if (!client) return [];
  const key = ['registry', address, 'keypair'];
  return file.statements
    .filter((one) => one.kind === 'tables' && sameKey(one.key, key))
    .filter((header) => {
      const says = (name: 'key' | 'cert') =>
        pairsUnder(file, header).some(
          (pair) =>
            sameKey(pair.key, [name]) &&
            pair.value &&
            tomlValueAt(file.text, pair.value) === client[name],
        );
      return says('key') && says('cert');
    })
    .flatMap((header) =>
      ownLines(file, header, ({ key: [name] }) => name === 'key' || name === 'cert'),
    );
}

/** Takes the path out of a list of CAs that holds others, or that was there before. */
function withoutElement(before: string, wish: BuildkitWish): string {
  const file = readToml(before);
  const header = headerOf(file, ['registry', wish.address]);
  const list = header && pairsUnder(file, header).find(({ key }) => sameKey(key, ['ca']));
  if (!list?.value || before[list.value.start] !== '[') return before;
  const elements = scanElements(before, list.value);
  const index = elements.findIndex((element) => tomlValueAt(before, element) === wish.caPath);
  const element = elements[index];
  if (!element || (elements.length === 1 && isMarked(before, list.start))) return before;
  const next = elements[index + 1];
  const previous = elements[index - 1];
  if (next) return splice(before, element.start, next.start, '');
  return splice(before, previous?.end ?? element.start, element.end, '');
}
