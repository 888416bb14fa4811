import { formatBytes, type Translator } from '../../../shared/i18n/index.ts';
import type {
  FileChange,
  ImageComparison,
  PackageChange,
} from '../../../shared/model/image-comparison.ts';
import type { CommandContext } from '../command.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';
import type { FileChanges } from './collect-file-changes.ts';

/** Prints packages, then files: `-` for what only the left image has, `+` for the right one's, `~` for what changed. */
export function printFileChanges(
  { out, t }: CommandContext,
  { files, packages, unread }: FileChanges,
  { shared, onlyLeft, onlyRight }: ImageComparison,
): void {
  out.line(paint('bold', t('compare.packages', { count: packages.length })));
  for (const line of setInColumns(packages.map(packageRow))) out.line(line);
  if (unread.length > 0) out.line(t('compare.rpm'));
  out.line(paint('bold', t('compare.changes', { count: files.length })));
  for (const change of files) out.line(fileText(t, change));
  const elsewhere = [...shared, ...onlyLeft, ...onlyRight].filter(({ foreign }) => foreign);
  if (elsewhere.length > 0) out.line(t('image.files.elsewhere', { count: elsewhere.length }));
}

function packageRow({ name, left, right }: PackageChange): readonly string[] {
  const versions = [left, right].filter((version) => version !== null);
  return [markOf({ left, right }), name, versions.join(' → ')];
}

function fileText(t: Translator, { path, left, right }: FileChange): string {
  const sizes = [left, right].flatMap((file) => (file?.kind === 'file' ? [file.size] : []));
  const [before, after] = sizes.map((size) => formatBytes(t.locale, size));
  const hasChanged = sizes.length === 2 && sizes[0] !== sizes[1];
  const change = hasChanged ? `${before} → ${after}` : sizes.length === 1 ? before : undefined;
  const name = (right ?? left)?.kind === 'folder' ? `${path}/` : path;
  return [markOf({ left, right }), name, change && paint('dim', change)].filter(Boolean).join(' ');
}

function markOf({ left, right }: { readonly left: unknown; readonly right: unknown }): string {
  if (left === null) return paint('good', '+');
  return right === null ? paint('bad', '-') : paint('warn', '~');
}
