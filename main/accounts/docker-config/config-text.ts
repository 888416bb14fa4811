import { type Node, type ParseError, parseTree } from 'jsonc-parser';

/** docker's config.json as a text that can be changed in places: what is not touched stays byte for byte. */
export interface ConfigText {
  readonly text: string;
  readonly root: Node;
  /** Every property `credHelpers`, however its name is spelled. docker joins them; of one key the last value counts. */
  readonly credHelpers: readonly Node[];
  /** Which helper serves which registry; `''` means the plain file on purpose. */
  readonly routes: ReadonlyMap<string, string>;
  /** Every property `credsStore`, likewise; the last that is not null counts. */
  readonly credsStores: readonly Node[];
  /** The helper for everything else, when one is set. */
  readonly credsStore: string | undefined;
  /** The entries of `auths` by their keys. */
  readonly auths: ReadonlyMap<string, Node>;
  /** The properties of `auths` by their keys: more than one where a key stands there twice. */
  readonly authProperties: ReadonlyMap<string, readonly Node[]>;
}

/**
 * Reads config.json (or podman's auth.json, which is of the same make) as strictly as Go does: no comments, no byte
 * order mark. An empty file counts as `{}`, as docker takes it. Undefined when docker could not read it, or when it
 * says something twice in a way that no edit can be sure of: such a file is never written over.
 */
export function readConfigText(text: string): ConfigText | undefined {
  const source = text.trim() === '' && !text.includes('\ufeff') ? `${text}{}` : text;
  const root = parseStrictly(source);
  if (root?.type !== 'object') return undefined;
  const credHelpers = propertiesNamed(root, /^credhelpers$/iu);
  const credsStores = propertiesNamed(root, /^credsstore$/iu);
  const helpers = joinObjects(credHelpers);
  const authObjects = propertiesNamed(root, /^auths$/iu);
  const auths = joinObjects(authObjects);
  const stores = credsStores.map((store): unknown => valueNode(store)?.value);
  if (!helpers || !auths || !stores.every(isTextOrNull)) return undefined;
  const routes = [...helpers].map(([key, node]) => [key, node.value ?? ''] as const);
  if (!routes.every(([, helper]) => typeof helper === 'string')) return undefined;
  if (![...auths.values()].every(isObjectOrNull)) return undefined;
  const credsStore = stores.findLast((store) => store !== null) || undefined;
  return {
    ...{ text: source, root, credHelpers, credsStores, credsStore, auths },
    authProperties: propertiesByName(authObjects),
    routes: new Map(routes as readonly (readonly [string, string])[]),
  };
}

/** The value of a property's node. */
export function valueNode(property: Node): Node | undefined {
  return property.children?.[1];
}

/** The name of a property's node. */
export function propertyName(property: Node): string {
  return String(property.children?.[0]?.value);
}

/** The properties of a name as Go folds names (encoding/json): simple case folding of Unicode, which the flags give. */
export function propertiesNamed(object: Node, name: RegExp): readonly Node[] {
  return (object.children ?? []).filter((child) => name.test(propertyName(child)));
}

/** The entries of objects that stand under one name, the last of each key; undefined where docker would stumble. */
function joinObjects(properties: readonly Node[]): ReadonlyMap<string, Node> | undefined {
  const values = properties.map(valueNode);
  const entries = new Map<string, Node>();
  for (const value of values) {
    // A null takes back what stood before it, so nothing may be put in its place then.
    if (value?.type !== 'object' && (value?.type !== 'null' || values.length > 1)) return undefined;
    for (const entry of value.children ?? []) {
      const node = valueNode(entry);
      if (node) entries.set(propertyName(entry), node);
    }
  }
  return entries;
}

/** All properties of objects that stand under one name: a file may have thousands, so nobody looks through them twice. */
function propertiesByName(objects: readonly Node[]): ReadonlyMap<string, readonly Node[]> {
  const byName = new Map<string, Node[]>();
  for (const property of objects.flatMap((object) => valueNode(object)?.children ?? [])) {
    const same = byName.get(propertyName(property));
    if (same) same.push(property);
    else byName.set(propertyName(property), [property]);
  }
  return byName;
}

const isTextOrNull = (value: unknown): value is string | null =>
  value === null || typeof value === 'string';

const isObjectOrNull = ({ type }: Node) => type === 'object' || type === 'null';

function parseStrictly(text: string): Node | undefined {
  try {
    // jsonc-parser forgives some things, such as control characters in strings.
    JSON.parse(text);
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
    return errors.length === 0 ? root : undefined;
  } catch {
    // No JSON, or brackets in brackets by the thousand, which are no settings.
    return undefined;
  }
}
