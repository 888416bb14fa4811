import { isTomlTable, parseToml, type TomlTable, tomlAt } from './toml-file.ts';

/** What a containerd config.toml says about registries. */
export interface ContainerdConfig {
  /** 1 when it says nothing. */
  readonly version: number;
  /** Patterns of files that are read after this one and prevail. */
  readonly imports: readonly string[];
  /** The folders with `<host:port>/hosts.toml`; none when `config_path` is not set, or empty. */
  readonly configPath: readonly string[];
  /** Keys of the older way, which containerd refuses beside `config_path`. */
  readonly oldStyle: readonly string[];
  /** The CRI plugin is switched off, as Docker's packages do: nothing of this has an effect. */
  readonly isCriDisabled: boolean;
}

const NOTHING: ContainerdConfig = {
  version: 1,
  imports: [],
  configPath: [],
  oldStyle: [],
  isCriDisabled: false,
};

/** The table that holds `config_path`, by the version of the file. */
export function registryTable(version: number): [string, string, string] {
  if (version >= 3) return ['plugins', 'io.containerd.cri.v1.images', 'registry'];
  return ['plugins', version === 2 ? 'io.containerd.grpc.v1.cri' : 'cri', 'registry'];
}

/** Reads one config.toml. Throws `EditRefused` when it can't be parsed. */
export function readContainerdConfig(text: string): ContainerdConfig {
  const data = parseToml(text);
  const version = Number(tomlAt(data, 'version') ?? 1);
  const table = tomlAt(data, ...registryTable(version));
  const registry: TomlTable = isTomlTable(table) ? table : {};
  const path = tomlAt(registry, 'config_path');
  return {
    version,
    imports: textsAt(data, 'imports'),
    configPath: typeof path === 'string' ? path.split(':').filter((folder) => folder !== '') : [],
    oldStyle: oldStyleOf(registry),
    isCriDisabled: textsAt(data, 'disabled_plugins').some(isCri),
  };
}

/**
 * What several files say together: the main one, then its imports in the order in which containerd reads them. A
 * later `config_path` prevails; lists grow.
 */
export function readContainerdConfigs(texts: readonly string[]): ContainerdConfig {
  return texts.map(readContainerdConfig).reduce(
    (before, after, index) => ({
      version: index === 0 ? after.version : before.version,
      imports: [...before.imports, ...after.imports],
      configPath: after.configPath.length > 0 ? after.configPath : before.configPath,
      oldStyle: [...before.oldStyle, ...after.oldStyle],
      isCriDisabled: before.isCriDisabled || after.isCriDisabled,
    }),
    NOTHING,
  );
}

/** `mirrors` with anything in it, and `configs` with a `tls` (containerd `ValidateImageConfig`). */
function oldStyleOf(registry: TomlTable): readonly string[] {
  const mirrors = tomlAt(registry, 'mirrors');
  const configs = tomlAt(registry, 'configs');
  const names = (table: unknown) => (isTomlTable(table) ? Object.keys(table) : []);
  return [
    ...names(mirrors).map((name) => `registry.mirrors.${JSON.stringify(name)}`),
    ...names(configs)
      .filter((name) => tomlAt(configs, name, 'tls') !== undefined)
      .map((name) => `registry.configs.${JSON.stringify(name)}.tls`),
  ];
}

function isCri(plugin: string): boolean {
  return ['cri', 'io.containerd.grpc.v1.cri', 'io.containerd.cri.v1.images'].includes(plugin);
}

function textsAt(table: TomlTable, key: string): readonly string[] {
  const value = tomlAt(table, key);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
