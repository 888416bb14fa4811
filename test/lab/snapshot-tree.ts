import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What is in a folder, byte for byte, as lines that can be compared: kind, mode, owner, path below the folder, and
 * the SHA-256 of contents or the target of a link. No times. A folder that is not there gives `['absent']`.
 */
export function snapshotTree(root: string): readonly string[] {
  if (lstatSync(root, { throwIfNoEntry: false }) === undefined) return ['absent'];
  const lines: string[] = [];
  const visit = (path: string, name: string) => {
    const stat = lstatSync(path);
    const who = `${(stat.mode & 0o7777).toString(8)} ${stat.uid}:${stat.gid} ${name}`;
    if (stat.isSymbolicLink()) lines.push(`link ${who} -> ${readlinkSync(path)}`);
    else if (stat.isDirectory()) {
      lines.push(`folder ${who}`);
      for (const entry of readdirSync(path).sort()) visit(join(path, entry), `${name}/${entry}`);
    } else if (stat.isFile()) {
      const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
      lines.push(`file ${who} ${stat.size} ${hash}`);
    } else lines.push(`special ${who}`);
  };
  visit(root, '.');
  return lines;
}
