import { checkAddress, checkPaths } from './check-wish.ts';
import { besideMark, checkEditable, type Editor, EditRefused, holds } from './editor.ts';
import { linesAsFile } from './marked-lines.ts';
import { addSetting, type Setting, says, settingLines } from './yaml-add.ts';
import { readYaml, yamlAt } from './yaml-file.ts';
import { removeSettings } from './yaml-remove.ts';

/** How k3s or RKE2 shall reach a registry. Paths are absolute, on the node, and Regent's own. */
export interface K3sWish {
  readonly address: string;
  /** A file with the CA, PEM. */
  readonly caPath?: string | undefined;
  /** A client certificate and its key, PEM. */
  readonly client?: { readonly key: string; readonly cert: string } | undefined;
  /** Without encryption. */
  readonly plainHttp?: boolean | undefined;
  /**
   * Names the registry as its own mirror too. k3s 1.27.12, 1.28.8 and 1.29.3 heed `configs` for mirrors only
   * (k3s-io/k3s#9839); where it is not needed it does no harm.
   */
  readonly isOwnMirror?: boolean | undefined;
}

/**
 * registries.yaml of k3s and RKE2 (k3s-io/docs `installation/private-registry.md`), which each node reads at the start
 * of k3s. The library's writer would lay the file out anew, so whole marked lines are put in, and what the text says
 * is compared before and after.
 */
export const k3sRegistries: Editor<K3sWish> = {
  apply(text, wish) {
    checkAddress(wish.address);
    checkPaths(wish.caPath, wish.client?.key, wish.client?.cert);
    const settings = settingsOf(wish);
    if (settings.length === 0) throw new EditRefused('wishInvalid', wish.address);
    if (text === null) return linesAsFile(wholeFile(settings));
    checkEditable(text);
    refuseHttp(readYaml(text).data, wish);
    return settings.reduce(
      (current, setting) => addSetting(current, setting, wholeFile(settings).join('\n')),
      text,
    );
  },

  revert: (text, wish) => besideMark(text, (rest) => removeSettings(rest, settingsOf(wish))),

  has: (text, wish) =>
    holds(text, (rest) => {
      const { data } = readYaml(rest);
      return settingsOf(wish).every((setting) => says(data, setting));
    }),
};

/** In the order of the lines in the file, from the last to the first: each new line goes above what is there. */
function settingsOf(wish: K3sWish): readonly Setting[] {
  const { address, caPath, client, plainHttp, isOwnMirror } = wish;
  const tls = (key: string, value: string): Setting => ({
    path: ['configs', address, 'tls', key],
    value,
  });
  const mirror = (scheme: string): Setting => ({
    path: ['mirrors', address, 'endpoint'],
    value: [`${scheme}://${address}`],
  });
  return [
    ...(plainHttp ? [mirror('http')] : isOwnMirror ? [mirror('https')] : []),
    ...(client ? [tls('key_file', client.key), tls('cert_file', client.cert)] : []),
    ...(caPath === undefined ? [] : [tls('ca_file', caPath)]),
  ];
}

function wholeFile(settings: readonly Setting[]): readonly string[] {
  let text = '';
  for (const setting of settings) {
    text = text === '' ? linesAsFile(settingLines(setting)) : addSetting(text, setting, '');
  }
  return text.trimEnd().split('\n');
}

/** A CA is of no use where the file sends k3s to the registry without encryption. */
function refuseHttp(data: unknown, { address, caPath, plainHttp }: K3sWish): void {
  const endpoints = yamlAt(data, ['mirrors', address, 'endpoint']);
  const http = `http://${address}`;
  const isHttp =
    Array.isArray(endpoints) && endpoints.some((one) => String(one).replace(/\/+$/, '') === http);
  if (isHttp && caPath !== undefined && !plainHttp) {
    throw new EditRefused('conflict', `endpoint: ["${http}"]`);
  }
}
