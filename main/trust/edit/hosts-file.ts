import { type Editor, EditRefused } from './editor.ts';
import { type HostsWish, hostsToml, readHostsToml } from './hosts-toml.ts';

const OURS = '# Written by Regent\n';

/**
 * hosts.toml as a file that several trusts of one registry share: each adds its authorities, and takes only
 * those away. A file that Regent did not write is never changed.
 */
export const hostsFile: Editor<HostsWish> = {
  apply(text, wish) {
    if (text === null || text === '') return hostsToml(wish);
    if (says(text, wish)) return text;
    const known = text.startsWith(OURS) ? pathsIn(text) : undefined;
    if (!known || hostsToml({ ...wish, caPaths: known }) !== text) {
      throw new EditRefused('handEdit', hostsToml(wish));
    }
    return hostsToml({ ...wish, caPaths: [...known, ...wish.caPaths] });
  },

  revert(text, wish) {
    const known = text.startsWith(OURS) ? (pathsIn(text) ?? []) : [];
    const left = known.filter((path) => !wish.caPaths.includes(path));
    if (hostsToml({ ...wish, caPaths: known }) !== text) return text;
    return left.length === 0 ? null : hostsToml({ ...wish, caPaths: left });
  },

  has: says,
};

function says(text: string, { address, caPaths, client, plainHttp }: HostsWish): boolean {
  const [server] = readHostsToml(text) ?? [];
  if (!server) return false;
  const scheme = plainHttp ? 'http' : 'https';
  const isSame = server.url === `${scheme}://${address}`;
  const knowsClient = !client || text.includes(JSON.stringify(client.cert));
  return isSame && knowsClient && caPaths.every((path) => server.caPaths.includes(path));
}

function pathsIn(text: string): readonly string[] | undefined {
  return readHostsToml(text)?.[0]?.caPaths;
}
