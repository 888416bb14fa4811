import type { ColumnDef } from '@tanstack/react-table';
import { formatBytes, type Translator } from '../../../shared/i18n/words.ts';
import { formatMode } from '../../../shared/model/file-mode.ts';
import type { FileChange } from '../../../shared/model/image-comparison.ts';
import type { LayerFile } from '../../../shared/model/layer-file.ts';
import { kindOf } from './change-kind.ts';
import { ChangeMark } from './change-mark.tsx';
import { type ChangedPart, changedParts } from './changed-parts.ts';

/** The columns of the files that differ. */
export function fileColumns(t: Translator): readonly ColumnDef<FileChange>[] {
  return [
    {
      id: 'kind',
      header: t('compare.column.kind'),
      meta: { track: '112px' },
      cell: ({ row }) => <ChangeMark kind={kindOf(row.original)} />,
    },
    {
      id: 'path',
      header: t('compare.column.path'),
      meta: { track: 'minmax(0, 1fr)' },
      cell: ({ row: { original } }) => (
        <span className="clip" dir="ltr" title={original.path}>
          {(original.right ?? original.left)?.kind === 'folder'
            ? `${original.path}/`
            : original.path}
        </span>
      ),
    },
    {
      id: 'what',
      header: t('compare.column.what'),
      meta: { track: 'minmax(0, 0.5fr)' },
      cell: ({ row: { original } }) => <WhatCell t={t} change={original} />,
    },
    {
      id: 'size',
      header: t('image.size'),
      meta: { track: '160px', align: 'end' },
      cell: ({ row: { original } }) => sizeText(t, original),
    },
  ];
}

function WhatCell(props: { readonly t: Translator; readonly change: FileChange }) {
  const { t } = props;
  const { left, right } = props.change;
  if (!left || !right) return null;
  const parts = changedParts(left, right);
  return (
    <span className="clip" title={parts.map((part) => spelledOut(part, left, right)).join('\n')}>
      {parts.map((part) => t(`compare.what.${part}`)).join(', ')}
    </span>
  );
}

/** What a part was and is, as `ls -l` writes it. */
function spelledOut(part: ChangedPart, left: LayerFile, right: LayerFile): string {
  const of = ({ kind, size, uid, gid, target, ...file }: LayerFile): string =>
    ({
      kind,
      content: String(size),
      mode: formatMode({ kind, ...file }),
      owner: `${uid}:${gid}`,
      target: target ?? '',
    })[part];
  return `${of(left)} → ${of(right)}`;
}

function sizeText(t: Translator, { left, right }: FileChange): string {
  const sizes = [left, right].flatMap((file) => (file?.kind === 'file' ? [file.size] : []));
  return [...new Set(sizes.map((size) => formatBytes(t.locale, size)))].join(' → ');
}
