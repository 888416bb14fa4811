import { checkPaths } from './check-wish.ts';
import { removeCertsFolder, replaceEmptyPath } from './containerd-edit.ts';
import { type ContainerdConfig, readContainerdConfig, registryTable } from './containerd-read.ts';
import { besideMark, checkEditable, type Editor, EditRefused, holds, lineEndOf } from './editor.ts';
import { indentOf, insertLines, linesAsFile, marked, startOfNextLine } from './marked-lines.ts';
import { checkedToml, headerOf, pairsUnder, readToml, tomlText, tomlWith } from './toml-file.ts';

/** The folder in which containerd's CRI plugin shall look for `<host:port>/hosts.toml` and certificates. */
export interface CertsFolderWish {
  readonly certsD: string;
}

/** containerd reads config.toml at its start only. Containers go on running meanwhile. */
export const CONTAINERD_RESTART: readonly string[] = ['systemctl', 'restart', 'containerd'];

/**
 * `config_path` in containerd's config.toml (containerd `docs/cri/registry.md`), where none is set. What is below
 * that folder is read live, but this setting needs `CONTAINERD_RESTART`. Another folder in use is a conflict: its
 * certificates belong there. Old style (`registry.mirrors`, `configs.*.tls`) is refused, since containerd does not
 * load its CRI plugin with both.
 */
export const containerdConfig: Editor<CertsFolderWish> = {
  apply(text, wish) {
    checkPaths(wish.certsD);
    if (text === null) return linesAsFile([marked('version = 2'), ...linesFor(2, wish)]);
    checkEditable(text);
    const config = readContainerdConfig(text);
    if (config.configPath.includes(wish.certsD)) return text;
    refuseUnfit(config);
    return addCertsFolder(text, config, wish);
  },

  revert: (text, wish) => besideMark(text, (rest) => removeCertsFolder(rest, wish.certsD)),

  has: (text, { certsD }) =>
    holds(text, (rest) => readContainerdConfig(rest).configPath.includes(certsD)),
};

function refuseUnfit({ configPath, oldStyle, version }: ContainerdConfig): void {
  const [old] = oldStyle;
  if (old !== undefined) throw new EditRefused('oldStyle', old);
  if (configPath.length > 0) {
    throw new EditRefused('conflict', `config_path = ${tomlText(configPath.join(':'))}`);
  }
  if (version < 1 || version > 3) throw new EditRefused('conflict', `version = ${version}`);
}

function addCertsFolder(text: string, { version }: ContainerdConfig, wish: CertsFolderWish) {
  const file = readToml(text);
  const table = registryTable(version);
  const header = headerOf(file, table);
  const pairs = header ? pairsUnder(file, header) : [];
  const empty = pairs.find(({ key }) => key.length === 1 && key[0] === 'config_path');
  const eol = lineEndOf(text);
  const [headerLine = '', line = ''] = linesFor(version, wish);
  let after: string;
  if (empty) {
    after = replaceEmptyPath(text, empty, wish.certsD);
  } else if (header) {
    const indented = indentOf(text, pairs[0]?.start ?? header.start) + line;
    after = insertLines(text, startOfNextLine(text, header.end), [indented], eol);
  } else {
    after = insertLines(text, text.length, [headerLine, line], eol);
  }
  const expected = tomlWith(file.data, [...table, 'config_path'], wish.certsD);
  return checkedToml(after, expected, `${headerLine}\n${line}`);
}

function linesFor(version: number, { certsD }: CertsFolderWish): readonly string[] {
  const [first, ...rest] = registryTable(version);
  const keys = [first, ...rest.map((key) => (key.includes('.') ? tomlText(key) : key))];
  return [marked(`[${keys.join('.')}]`), marked(`config_path = ${tomlText(certsD)}`)];
}
