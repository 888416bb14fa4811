import { createScanner, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { DEEPEST_NESTING, EditRefused, LARGEST_TEXT, placeOf } from './editor.ts';

/** The key of daemon.json that lists the registries for which TLS is not insisted on. */
export const LIST_KEY = 'insecure-registries';

/** daemon.json as a text that can be changed in places. */
export interface DaemonJsonText {
  readonly text: string;
  /** Undefined for a text of nothing but white space. */
  readonly root: Node | undefined;
  /** The property with the list. */
  readonly property: Node | undefined;
  /** The list itself. */
  readonly list: Node | undefined;
  /** The list's nodes, each a string. */
  readonly entries: readonly Node[];
}

/**
 * Reads daemon.json as strictly as its strictest reader: JSON without comments, one object, no key twice at its
 * top, the list a list of texts. The key in other capitals is refused as dockerd does ("don't match any
 * configuration option"). Throws `EditRefused`.
 */
export function readDaemonJson(text: string): DaemonJsonText {
  if (text.length > LARGEST_TEXT) throw new EditRefused('tooLarge', String(text.length));
  if (/^[ \t\r\n]*$/.test(text)) {
    return { text, root: undefined, property: undefined, list: undefined, entries: [] };
  }
  const root = parseStrictly(text);
  if (root.type !== 'object') throw new EditRefused('notAnObject', root.type);
  const property = findList(root);
  const list = property && nodeOfValue(property);
  if (list && list.type !== 'array') throw new EditRefused('listInvalid', LIST_KEY);
  const entries = list?.children ?? [];
  if (entries.some(({ type }) => type !== 'string')) throw new EditRefused('listInvalid', LIST_KEY);
  return { text, root, property, list, entries };
}

/** The value of a property. */
export function nodeOfValue(property: Node): Node | undefined {
  return property.children?.[1];
}

/** The name of a property. */
export function nameOf(property: Node): string {
  return String(property.children?.[0]?.value);
}

/** Where a node ends. */
export function endOf(node: Node): number {
  return node.offset + node.length;
}

function findList(root: Node): Node | undefined {
  const seen = new Set<string>();
  let found: Node | undefined;
  for (const property of root.children ?? []) {
    const name = nameOf(property);
    if (seen.has(name)) throw new EditRefused('duplicateKey', name);
    seen.add(name);
    if (name === LIST_KEY) found = property;
    else if (name.toLowerCase() === LIST_KEY) throw new EditRefused('misspelledKey', name);
  }
  return found;
}

/** jsonc-parser knows the places but forgives some things; JSON.parse forgives nothing. */
function parseStrictly(text: string): Node {
  checkNesting(text);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  const place = error ? placeOf(text, error.offset) : '';
  try {
    JSON.parse(text);
  } catch (thrown) {
    throw new EditRefused('unparsable', place, thrown);
  }
  if (!root || error) throw new EditRefused('unparsable', place);
  return root;
}

function checkNesting(text: string): void {
  const scanner = createScanner(text, true);
  let depth = 0;
  // At the end the scanner may stand behind the text, so only where a token begins tells that there is one.
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const first = text.charAt(scanner.getTokenOffset());
    if (first === '{' || first === '[') depth += 1;
    if (first === '}' || first === ']') depth -= 1;
    if (depth > DEEPEST_NESTING) {
      throw new EditRefused('unparsable', placeOf(text, scanner.getTokenOffset()));
    }
  }
}
