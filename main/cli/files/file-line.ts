import type { Translator } from '../../../shared/i18n/index.ts';
import { formatMode } from '../../../shared/model/file-mode.ts';
import type { LayerFile } from '../../../shared/model/layer-file.ts';
import { paint } from '../text/paint.ts';

/** A file as `tar -tv` lists it: kind and mode, owner, bytes, time (UTC), path, and where a link leads to. */
export function fileLine(t: Translator, file: LayerFile): string {
  const { kind, uid, gid, size, modified, path, target } = file;
  const time = modified === null ? '' : modified.slice(0, 16).replace('T', ' ');
  const owner = `${uid}/${gid}`;
  const cells = [
    formatMode(file),
    `${owner} ${String(size).padStart(19 - owner.length)}`,
    time.padEnd(16),
    kind === 'folder' ? paint('bold', `${path}/`) : path,
  ];
  if (kind === 'removed') cells.push(paint('dim', t('cli.files.removed')));
  if (target !== null) cells.push(kind === 'hard-link' ? `=> ${target}` : `-> ${target}`);
  return cells.join(' ');
}
