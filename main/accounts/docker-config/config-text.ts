import { type Node, type ParseError, parseTree } from 'jsonc-parser';

/** docker's config.json as a text that can be changed in places: what is not touched stays byte for byte. */
export interface ConfigText {
  readonly text: string;
  readonly root: Node;
  /** The property `credHelpers`, however its name is spelled; docker reads names in any case. */
  readonly credHelpers: Node | undefined;
  /** Which helper serves which registry; `''` means the plain file on purpose. */
  readonly routes: ReadonlyMap<string, string>;
  /** The helper for everything else, when one is set. */
  readonly credsStore: string | undefined;
}

/**
 * Reads config.json as strictly as Go does: no comments, no byte order mark. An empty file counts as `{}`, as docker
 * takes it. Undefined when docker could not read it, or when it says something twice, so that nobody can tell which
 * counts: such a file is never written over.
 */
export function readConfigText(text: string): ConfigText | undefined {
  const source = text.trim() === '' && !text.includes('\ufeff') ? `${text}{}` : text;
  const errors: ParseError[] = [];
  const root = parseTree(source, errors, { disallowComments: true, allowTrailingComma: false });
  if (!root || errors.length > 0 || root.type !== 'object' || !isJson(source)) return undefined;
  const helpers = propertiesNamed(root, 'credhelpers');
  const stores = propertiesNamed(root, 'credsstore');
  if (helpers.length > 1 || stores.length > 1) return undefined;
  const [credHelpers] = helpers;
  const routes = credHelpers ? readRoutes(valueNode(credHelpers)) : new Map<string, string>();
  const store: unknown = stores[0] ? valueNode(stores[0])?.value : undefined;
  if (!routes || (store != null && typeof store !== 'string')) return undefined;
  return { text: source, root, credHelpers, routes, credsStore: store || undefined };
}

/** The value of a property's node. */
export function valueNode(property: Node): Node | undefined {
  return property.children?.[1];
}

/** The name of a property's node. */
function propertyName(property: Node): string {
  return String(property.children?.[0]?.value);
}

function propertiesNamed(root: Node, lowerCaseName: string): readonly Node[] {
  return (root.children ?? []).filter(
    (child) => propertyName(child).toLowerCase() === lowerCaseName,
  );
}

function readRoutes(value: Node | undefined): ReadonlyMap<string, string> | undefined {
  if (value?.type === 'null') return new Map();
  if (value?.type !== 'object') return undefined;
  const properties = value.children ?? [];
  const routes = new Map<string, string>();
  for (const property of properties) {
    const helper: unknown = valueNode(property)?.value;
    if (typeof helper !== 'string') return undefined;
    routes.set(propertyName(property), helper);
  }
  return routes.size === properties.length ? routes : undefined;
}

/** jsonc-parser forgives some things, such as control characters in strings. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
