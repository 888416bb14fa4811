import type { ColumnDef } from '@tanstack/react-table';
import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { formatBytes, formatDate, type Translator } from '../../../../shared/i18n/words.ts';
import { shortDigest } from '../../../../shared/model/digest.ts';
import { formatMode } from '../../../../shared/model/file-mode.ts';
import type { TreeRow } from './file-tree.ts';

/** The columns of the table of files. */
export function fileColumns(t: Translator): readonly ColumnDef<TreeRow>[] {
  return [
    {
      id: 'name',
      header: t('image.files.name'),
      meta: { track: 'minmax(0, 1fr)' },
      cell: ({ row: { original } }) => <NameCell row={original} />,
    },
    {
      id: 'size',
      header: t('image.size'),
      meta: { track: '84px', align: 'end' },
      cell: ({ row: { original } }) =>
        original.file.kind === 'file' ? formatBytes(t.locale, original.file.size) : '',
    },
    {
      id: 'mode',
      header: t('image.files.mode'),
      meta: { track: '108px' },
      cell: ({ row: { original } }) => <code dir="ltr">{formatMode(original.file)}</code>,
    },
    {
      id: 'modified',
      header: t('image.files.modified'),
      meta: { track: '112px' },
      cell: ({ row: { original } }) =>
        original.file.modified === null ? '' : formatDate(t.locale, original.file.modified),
    },
    {
      id: 'layer',
      header: t('image.layer'),
      meta: { track: '116px' },
      cell: ({ row: { original } }) => (
        <code dir="ltr" title={original.file.layer}>
          {shortDigest(original.file.layer)}
        </code>
      ),
    },
  ];
}

/** Steps of indentation that there is room for. */
const DEEPEST = 12;
/** Pixels. */
const STEP = 16;

function NameCell({ row: { file, name, depth, open } }: { readonly row: TreeRow }) {
  const Chevron = open ? ChevronDown : ChevronRight;
  const arrow = file.target === null ? '' : ` → ${file.target}`;
  return (
    <span
      className="file-name clip"
      style={{ paddingInlineStart: Math.min(depth, DEEPEST) * STEP }}
      dir="ltr"
      title={file.path}
    >
      {open === undefined ? (
        <span className="file-no-chevron" />
      ) : (
        <Chevron size={13} aria-hidden="true" />
      )}
      <span className={file.kind === 'removed' ? 'file-removed' : undefined}>{name}</span>
      <span className="dimmed">{arrow}</span>
    </span>
  );
}
