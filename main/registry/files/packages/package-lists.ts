import type { FileTree, TreeNode } from '../file-tree.ts';
import { readApk } from './read-apk.ts';
import { type Packages, readDpkg } from './read-dpkg.ts';

const DPKG = 'var/lib/dpkg/status';
/** Images without dpkg itself, such as Google's distroless ones, have a file a package. */
const DPKG_FOLDER = 'var/lib/dpkg/status.d';
const APK = ['lib/apk/db/installed', 'usr/lib/apk/db/installed'] as const;
const RPM = ['var/lib/rpm', 'usr/lib/sysimage/rpm', 'usr/share/rpm'].flatMap((folder) =>
  ['Packages', 'Packages.db', 'rpmdb.sqlite'].map((name) => `${folder}/${name}`),
);
const WHOLE: ReadonlySet<string> = new Set([DPKG, ...APK]);

/** Whether a file lists packages in a way that is read here. */
export function isPackageList(path: readonly string[]): boolean {
  // Asked for every file, so the path is put together for few.
  if (path.length < 4 || path.length > 5) return false;
  const joined = path.join('/');
  return (
    WHOLE.has(joined) || (joined.startsWith(`${DPKG_FOLDER}/`) && !joined.endsWith('.md5sums'))
  );
}

/** What is installed in an image, by the lists whose content was kept. */
export function installedIn(tree: FileTree): Packages {
  const packages = new Map<string, string>();
  const add = (node: TreeNode | undefined, read: (text: string) => Packages): void => {
    const text = node?.facts?.content?.bytes?.toString('utf8') ?? '';
    for (const [name, version] of text === '' ? [] : read(text)) packages.set(name, version);
  };
  add(find(tree, DPKG), readDpkg);
  for (const node of find(tree, DPKG_FOLDER)?.children?.values() ?? []) add(node, readDpkg);
  for (const path of APK) add(find(tree, path), readApk);
  return packages;
}

/** Whether an image has a list that is not read: those of rpm are databases. */
export function hasRpm(tree: FileTree): boolean {
  return RPM.some((path) => find(tree, path) !== undefined);
}

function find(tree: FileTree, path: string): TreeNode | undefined {
  return tree.find(path.split('/'));
}
