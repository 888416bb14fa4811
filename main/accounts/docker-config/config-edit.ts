import type { Node } from 'jsonc-parser';
import { type ConfigText, propertyName, readConfigText, valueNode } from './config-text.ts';
import { insertInto, layoutOf, removeChild, replaceNode, wrap } from './json-edit.ts';

/** What Regent is called in config.json: docker runs `docker-credential-` + this. */
export const HELPER_VALUE = 'regent';

/** Whether a helper's name in config.json is Regent's. */
export const isRegent = (helper: string | undefined) => helper === HELPER_VALUE;

/** Routes a registry to Regent, and leaves every other byte as it is. A route that exists is left alone. */
export function addRoute(config: ConfigText, key: string): string {
  if (config.routes.has(key)) return config.text;
  const layout = layoutOf(config.text, config.root);
  const entry = `${JSON.stringify(key)}${layout.colon}"${HELPER_VALUE}"`;
  const last = config.credHelpers.at(-1);
  const value = last && valueNode(last);
  if (value?.type === 'object') return insertInto(config.text, value, entry, layout, 1);
  const object = wrap(entry, layout, 1);
  if (value) return replaceNode(config.text, value, object);
  return insertInto(config.text, config.root, `"credHelpers"${layout.colon}${object}`, layout, 0);
}

/** Gives a registry's route another helper. */
export function changeRoute(text: string, key: string, helper: string): string {
  const config = readConfigText(text);
  const entry = config?.credHelpers
    .flatMap(routesOf)
    .findLast((route) => propertyName(route) === key);
  const value = entry && valueNode(entry);
  return value ? replaceNode(text, value, JSON.stringify(helper)) : text;
}

/** Takes the first route of a registry out: one property only, since another's login may stand before the next. */
export function dropRoute(config: ConfigText, key: string): string {
  return removeFirst(config, (entry) => propertyName(entry) === key);
}

/**
 * Removes the routes to Regent, and nothing else. With `withEmptyHelpers` a `credHelpers` that is empty then goes too.
 */
export function removeRoutes(text: string, withEmptyHelpers: boolean): string {
  const current = removeAll(text, (entry) => valueNode(entry)?.value === HELPER_VALUE);
  if (current === text || !withEmptyHelpers) return current;
  const config = readConfigText(current);
  const empty = config?.credHelpers.find((property) => routesOf(property).length === 0);
  return config && empty ? removeChild(current, config.root, empty) : current;
}

/** Names the helper for every registry without a route of its own; undefined takes it out, however often it is there. */
export function changeDefault(config: ConfigText, helper: string | undefined): string {
  const { text, root, credsStores } = config;
  if (helper === undefined) {
    const rest = credsStores.length > 0 ? readConfigText(dropDefault(config)) : undefined;
    return rest ? changeDefault(rest, undefined) : text;
  }
  const counts = credsStores.findLast((store) => valueNode(store)?.value !== null);
  const value = valueNode(counts ?? credsStores.at(-1) ?? root);
  if (credsStores.length > 0 && value) return replaceNode(text, value, JSON.stringify(helper));
  const layout = layoutOf(text, root);
  const property = `"credsStore"${layout.colon}${JSON.stringify(helper)}`;
  return insertInto(text, root, property, layout, 0);
}

/** Takes the first `credsStore` out: one property only, as `dropRoute`. */
export function dropDefault({ text, root, credsStores }: ConfigText): string {
  const [first] = credsStores;
  return first ? removeChild(text, root, first) : text;
}

/** The names of all registries that are routed to Regent. */
export function routesToRegent({ routes }: ConfigText): readonly string[] {
  return [...routes].filter(([, helper]) => isRegent(helper)).map(([key]) => key);
}

/** Removes routes one after the other: each removal moves what stands behind it. */
function removeAll(text: string, isWanted: (entry: Node) => boolean): string {
  const config = readConfigText(text);
  const rest = config ? removeFirst(config, isWanted) : text;
  return rest === config?.text ? text : removeAll(rest, isWanted);
}

function removeFirst({ text, credHelpers }: ConfigText, isWanted: (entry: Node) => boolean) {
  for (const property of credHelpers) {
    const entry = routesOf(property).find(isWanted);
    const object = valueNode(property);
    if (entry && object) return removeChild(text, object, entry);
  }
  return text;
}

const routesOf = (property: Node): readonly Node[] => valueNode(property)?.children ?? [];
