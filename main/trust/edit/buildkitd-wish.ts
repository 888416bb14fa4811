import { EditRefused } from './editor.ts';
import { isTomlTable, type TomlTable, tomlAt, tomlWith } from './toml-file.ts';

/** How BuildKit shall reach a registry. Paths are absolute, as BuildKit sees them, and Regent's own. */
export interface BuildkitWish {
  readonly address: string;
  /** A file with the CA, PEM. */
  readonly caPath?: string | undefined;
  /** A client certificate and its key, PEM. */
  readonly client?: { readonly key: string; readonly cert: string } | undefined;
  /** Without encryption, or encrypted without looking at the certificate. BuildKit warns against both at once. */
  readonly insecure?: 'http' | 'skip-verify' | undefined;
}

/** The key that makes a registry insecure in that way. */
export function insecureKey(insecure: 'http' | 'skip-verify'): 'http' | 'insecure' {
  return insecure === 'http' ? 'http' : 'insecure';
}

/** What a buildkitd.toml lacks of a wish. */
export function missingFrom(data: TomlTable, wish: BuildkitWish): BuildkitWish {
  const { address, caPath, client, insecure } = wish;
  const registry = tomlAt(data, 'registry', address);
  const hasCa = listAt(registry, 'ca').includes(caPath);
  const hasClient = listAt(registry, 'keypair').some(
    (pair) => tomlAt(pair, 'key') === client?.key && tomlAt(pair, 'cert') === client?.cert,
  );
  const isSet = insecure && tomlAt(registry, insecureKey(insecure)) === true;
  return {
    address,
    caPath: hasCa ? undefined : caPath,
    client: hasClient ? undefined : client,
    insecure: isSet ? undefined : insecure,
  };
}

/** Whether a buildkitd.toml says all of a wish. */
export function saysAll(data: TomlTable, wish: BuildkitWish): boolean {
  const { caPath, client, insecure } = missingFrom(data, wish);
  const isThere = isTomlTable(tomlAt(data, 'registry', wish.address));
  return isThere && caPath === undefined && !client && !insecure;
}

/** What a buildkitd.toml says once it has that too. */
export function withWish(data: TomlTable, missing: BuildkitWish): TomlTable {
  const { address, caPath, client, insecure } = missing;
  const inner = tomlAt(data, 'registry', address);
  const table: Record<string, unknown> = isTomlTable(inner) ? { ...inner } : {};
  if (insecure) table[insecureKey(insecure)] = true;
  if (caPath !== undefined) table.ca = [caPath, ...listAt(inner, 'ca')];
  if (client) table.keypair = [...listAt(inner, 'keypair'), { ...client }];
  return tomlWith(data, ['registry', address], table);
}

/** Refuses a file that says something against the wish. */
export function refuseConflicts(
  data: TomlTable,
  { address, caPath, insecure }: BuildkitWish,
): void {
  const registry = tomlAt(data, 'registry', address);
  const ca = tomlAt(registry, 'ca');
  const isList = Array.isArray(ca) && ca.every((path) => typeof path === 'string');
  if (ca !== undefined && !isList) throw new EditRefused('listInvalid', 'ca');
  const refuseIf = (key: string, isAgainst: (value: unknown) => boolean) => {
    const value = tomlAt(registry, key);
    if (value !== undefined && isAgainst(value)) {
      throw new EditRefused('conflict', `${key} = ${String(value)}`);
    }
  };
  if (insecure) refuseIf(insecureKey(insecure), (value) => value !== true);
  if (insecure === 'http') refuseIf('insecure', (value) => value === true);
  else if (insecure || caPath !== undefined) refuseIf('http', (value) => value === true);
}

function listAt(table: unknown, key: string): readonly unknown[] {
  const value = tomlAt(table, key);
  return Array.isArray(value) ? value : [];
}
