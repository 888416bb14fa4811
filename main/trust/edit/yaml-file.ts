import { type Document, isMap, isNode, isScalar, type Pair, parseDocument, visit } from 'yaml';
import { EditRefused, LARGEST_TEXT, placeOf } from './editor.ts';
import { checkYamlNesting } from './yaml-nesting.ts';

/** A YAML text as nodes with their places, and as maps of what it says. */
export interface YamlFile {
  readonly document: Document.Parsed;
  readonly data: unknown;
}

/** Reads a YAML text of one document without aliases, which would give one line several meanings. Throws `EditRefused`. */
export function readYaml(text: string): YamlFile {
  if (text.length > LARGEST_TEXT) throw new EditRefused('tooLarge', String(text.length));
  checkYamlNesting(text);
  try {
    const options = { logLevel: 'error', prettyErrors: false, stringKeys: true } as const;
    const document = parseDocument(text, options);
    const [error] = document.errors;
    if (error) {
      const reason = error.code === 'DUPLICATE_KEY' ? 'duplicateKey' : 'unparsable';
      throw new EditRefused(reason, placeOf(text, error.pos[0]));
    }
    visit(document, {
      Alias: (_, { source }) => {
        throw new EditRefused('handEdit', `*${source}`);
      },
    });
    const data: unknown = document.toJS({ mapAsMap: true });
    if (data !== null && !(data instanceof Map)) throw new EditRefused('notAnObject', '');
    return { document, data: data ?? new Map() };
  } catch (thrown) {
    if (thrown instanceof EditRefused) throw thrown;
    // For instance a tag whose value does not fit.
    throw new EditRefused('unparsable', '', thrown);
  }
}

/** The value under a path of keys; undefined where there is none. */
export function yamlAt(data: unknown, path: readonly string[]): unknown {
  let current = data;
  for (const key of path) current = current instanceof Map ? current.get(key) : undefined;
  return current;
}

/** The pair with that key in a map. */
export function pairIn(map: unknown, name: string): Pair<unknown, unknown> | undefined {
  if (!isMap(map)) return undefined;
  return map.items.find(({ key }) => isScalar(key) && String(key.value) === name);
}

/** Where a node begins. */
export function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
