import { checkAddress, checkPaths } from './check-wish.ts';
import { besideMark, EditRefused } from './editor.ts';
import { linesAsFile } from './marked-lines.ts';
import { isTomlTable, parseToml, tomlAt, tomlText } from './toml-file.ts';

/** How containerd, nerdctl and BuildKit shall reach a registry. Paths are absolute. */
export interface HostsWish {
  readonly address: string;
  /** Files with CAs, PEM. */
  readonly caPaths: readonly string[];
  /** A client certificate and its key, PEM. */
  readonly client?: { readonly key: string; readonly cert: string } | undefined;
  /** Without encryption; then neither CAs nor a client certificate are of use. */
  readonly plainHttp?: boolean | undefined;
}

/**
 * A whole hosts.toml, which is Regent's alone (containerd `docs/hosts.md`). Everything is said twice on purpose:
 * containerd 1.x can't read a file without a `[host]` table; and after the hosts every version tries the server
 * itself, with the settings at the top, whose failure would otherwise hide the real one ("not found"). Throws
 * `EditRefused` for odd addresses or paths.
 */
export function hostsToml(wish: HostsWish): string {
  const { address, caPaths, client, plainHttp } = wish;
  checkAddress(address);
  checkPaths(...caPaths, client?.key, client?.cert);
  const url = tomlText(`${plainHttp ? 'http' : 'https'}://${address}`);
  const settings = plainHttp ? [] : tlsLines(wish);
  return linesAsFile([
    '# Written by Regent',
    `server = ${url}`,
    ...settings,
    `[host.${url}]`,
    ...settings,
  ]);
}

function tlsLines({ caPaths, client }: HostsWish): readonly string[] {
  return [
    ...(caPaths.length > 0 ? [`ca = [${caPaths.map(tomlText).join(', ')}]`] : []),
    ...(client ? [`client = [[${tomlText(client.cert)}, ${tomlText(client.key)}]]`] : []),
  ];
}

/**
 * Whether a hosts.toml hides the `.crt`, `.cert` and `.key` files beside it: containerd looks at them only when it is
 * missing, empty to the last byte, or can't be read (containerd `config/hosts.go`, `loadHostDir`). A file of nothing
 * but a comment hides them from Docker 28 and later and from containerd 2; containerd 1.x takes every file without a
 * `[host]` table for unreadable.
 */
export function shadows(text: string): boolean {
  return text !== '' && readHostsToml(text) !== undefined;
}

/** One server of a hosts.toml, in the order of trying. */
export interface HostsServer {
  /** As written; empty for the registry itself. */
  readonly url: string;
  readonly caPaths: readonly string[];
  readonly skipVerify: boolean;
}

/** What a hosts.toml says; undefined when containerd could not read it. Never throws. */
export function readHostsToml(text: string): readonly HostsServer[] | undefined {
  try {
    let servers: readonly HostsServer[] | undefined;
    besideMark(text, (rest) => {
      servers = serversOf(rest);
      return rest;
    });
    return servers;
  } catch (thrown) {
    if (thrown instanceof EditRefused) return undefined;
    throw thrown;
  }
}

function serversOf(text: string): readonly HostsServer[] | undefined {
  const data = parseToml(text);
  const hosts = tomlAt(data, 'host') ?? {};
  const server = tomlAt(data, 'server') ?? '';
  if (!isTomlTable(hosts) || typeof server !== 'string') return undefined;
  const tables: readonly (readonly [string, unknown])[] = [
    ...Object.entries(hosts),
    [server, data],
  ];
  const read = tables.map(([url, table]) => readServer(url, table));
  return read.every((one) => one !== undefined) ? read : undefined;
}

const CAPABILITIES: readonly unknown[] = ['pull', 'resolve', 'push'];

function readServer(url: string, table: unknown): HostsServer | undefined {
  const ca = tomlAt(table, 'ca') ?? [];
  const caPaths: readonly unknown[] = Array.isArray(ca) ? ca : [ca];
  const capabilities = tomlAt(table, 'capabilities') ?? [];
  const skip = tomlAt(table, 'skip_verify') ?? false;
  const fits =
    isTomlTable(table) &&
    Array.isArray(capabilities) &&
    capabilities.every((one) => CAPABILITIES.includes(String(one).toLowerCase())) &&
    typeof skip === 'boolean';
  if (!fits || !caPaths.every((path) => typeof path === 'string')) return undefined;
  return { url, caPaths, skipVerify: skip };
}
