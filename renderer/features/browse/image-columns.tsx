import type { ColumnDef } from '@tanstack/react-table';
import { formatAge, formatBytes, formatDate, type Translator } from '../../../shared/i18n/words.ts';
import type { LocalImage } from '../../../shared/model/image.ts';
import { shortDigest } from './short-digest.ts';

/** The columns of the table of local images. `now` is in milliseconds since 1970. */
export function imageColumns(t: Translator, now: number): readonly ColumnDef<LocalImage>[] {
  return [
    {
      id: 'tags',
      header: t('browse.column.tag'),
      enableSorting: false,
      meta: { track: 'minmax(0, 1fr)' },
      cell: ({ row: { original } }) => {
        const tags = original.tags.join(', ');
        return tags === '' ? (
          <span className="dimmed">{t('browse.untagged')}</span>
        ) : (
          <span className="clip" dir="ltr" title={tags}>
            {tags}
          </span>
        );
      },
    },
    {
      id: 'id',
      header: t('browse.column.id'),
      enableSorting: false,
      meta: { track: '130px' },
      cell: ({ row }) => (
        <code dir="ltr" title={row.original.id}>
          {shortDigest(row.original.id)}
        </code>
      ),
    },
    {
      id: 'size',
      header: t('browse.column.size'),
      enableSorting: false,
      meta: { track: '90px', align: 'end' },
      cell: ({ row }) => formatBytes(t.locale, row.original.size),
    },
    {
      id: 'created',
      header: t('browse.column.created'),
      enableSorting: false,
      meta: { track: '150px' },
      cell: ({ row: { original } }) => (
        <span className="clip" title={formatDate(t.locale, original.created)}>
          {formatAge(t.locale, original.created, now)}
        </span>
      ),
    },
  ];
}
