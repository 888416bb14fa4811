import type { Difference, ImageComparison } from '../../../shared/model/image-comparison.ts';
import type { ImageConfig, ImageFacts, Layer } from '../../../shared/model/image-details.ts';

/**
 * Compares two images by what their manifests and configs say: which layers they share, what fetching the right one
 * costs whoever has the left one, and what containers made from them start with.
 */
export function compareImages(left: ImageFacts, right: ImageFacts): ImageComparison {
  const [here, there] = [digestsOf(left), digestsOf(right)];
  return {
    shared: distinct(right.layers).filter(({ digest }) => here.has(digest)),
    onlyLeft: distinct(left.layers).filter(({ digest }) => !there.has(digest)),
    onlyRight: distinct(right.layers).filter(({ digest }) => !here.has(digest)),
    toFetch: toFetch(left, right),
    config: differences(factsOf(left), factsOf(right)),
  };
}

function distinct(layers: readonly Layer[]): readonly Layer[] {
  return [...new Map(layers.map((layer) => [layer.digest, layer])).values()];
}

function digestsOf({ layers }: ImageFacts): ReadonlySet<string> {
  return new Set(layers.map(({ digest }) => digest));
}

/** All of the right one but the layers, and the config, that the left one has, too. Foreign layers don't count in either. */
function toFetch(left: ImageFacts, right: ImageFacts): number | null {
  if (right.size === null) return null;
  const stored = distinct(right.layers).filter(({ foreign }) => !foreign);
  if (stored.some(({ size }) => size === null)) return null;
  const sum = (layers: readonly Layer[]) =>
    layers.reduce((total, { size }) => total + (size ?? 0), 0);
  const config = right.size - sum(stored);
  const here = digestsOf(left);
  const missing = sum(stored.filter(({ digest }) => !here.has(digest)));
  return missing + (left.configDigest === right.configDigest ? 0 : config);
}

/** What an image states, by name; in the order in which people look for it. */
function factsOf({ platform, author, config }: ImageFacts): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  const add = (name: string, value: string | null | undefined): void => {
    if (value) facts.set(name, value);
  };
  add('platform', platform);
  add('author', author);
  if (config) for (const [name, value] of configFacts(config)) add(name, value);
  return facts;
}

function configFacts(config: ImageConfig): readonly (readonly [string, string | null])[] {
  const words = (list: readonly string[] | null) => list && JSON.stringify(list);
  return [
    ['entrypoint', words(config.entrypoint)],
    ['command', words(config.command)],
    ['user', config.user],
    ['workingDir', config.workingDir],
    ...config.env.map((line) => variableOf(line)),
    ...config.ports.map((port) => [`port ${port}`, port] as const),
    ...config.volumes.map((path) => [`volume ${path}`, path] as const),
    ...config.labels.map(([name, value]) => [`label ${name}`, value || '""'] as const),
    ['stopSignal', config.stopSignal],
    ['healthcheck', words(config.healthcheck)],
  ];
}

function variableOf(line: string): readonly [string, string] {
  const equals = line.indexOf('=');
  if (equals === -1) return [`env ${line}`, '""'];
  return [`env ${line.slice(0, equals)}`, line.slice(equals + 1) || '""'];
}

function differences(
  left: ReadonlyMap<string, string>,
  right: ReadonlyMap<string, string>,
): Difference[] {
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return names.flatMap((name) => {
    const [before, after] = [left.get(name) ?? null, right.get(name) ?? null];
    return before === after ? [] : { name, left: before, right: after };
  });
}
