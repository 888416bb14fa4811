import type { ColumnDef } from '@tanstack/react-table';
import { formatAge, formatBytes, formatDate, type Translator } from '../../../shared/i18n/index.ts';
import type { Tag } from '../../../shared/model/image.ts';
import { shortDigest } from './short-digest.ts';
import { shortPlatforms } from './short-platforms.ts';
import { DigestCell, PullCell } from './tag-cells.tsx';
import type { TagRow } from './tag-row.ts';

/** What rows of the table can do. */
export interface TagActions {
  readonly pull: (row: TagRow) => void;
  readonly retry: (row: TagRow) => void;
}

/** The columns of the table of tags. `now` is in milliseconds since 1970. */
export function tagColumns(
  t: Translator,
  now: number,
  actions: TagActions,
): readonly ColumnDef<TagRow>[] {
  const known = (row: TagRow, show: (tag: Tag) => string) =>
    row.detail?.state === 'ready' ? show(row.detail.tag) : '';
  const columns: readonly ColumnDef<TagRow>[] = [
    {
      id: 'name',
      header: t('browse.column.tag'),
      meta: { track: 'minmax(100px, 1.6fr)' },
      cell: ({ row }) => (
        <span className="clip" dir="ltr" title={row.original.name}>
          {row.original.name}
        </span>
      ),
    },
    {
      id: 'digest',
      header: t('browse.column.digest'),
      enableSorting: false,
      meta: { track: '142px' },
      cell: ({ row }) => (
        <DigestCell
          row={row.original}
          short={known(row.original, ({ digest }) => shortDigest(digest))}
          onRetry={() => actions.retry(row.original)}
        />
      ),
    },
    {
      id: 'platforms',
      header: t('browse.column.platforms'),
      enableSorting: false,
      meta: { track: 'minmax(90px, 1fr)' },
      cell: ({ row }) => (
        <span
          className="clip"
          dir="ltr"
          title={known(row.original, ({ platforms }) => platforms.join(', '))}
        >
          {known(row.original, ({ platforms }) => shortPlatforms(platforms))}
        </span>
      ),
    },
    {
      id: 'size',
      header: t('browse.column.size'),
      sortDescFirst: true,
      meta: { track: '84px', align: 'end' },
      cell: ({ row }) =>
        known(row.original, ({ size }) => (size === null ? '–' : formatBytes(t.locale, size))),
    },
    {
      id: 'created',
      header: t('browse.column.created'),
      sortDescFirst: true,
      meta: { track: '120px' },
      cell: ({ row }) => (
        <span
          className="clip"
          title={known(row.original, ({ created }) =>
            created === null ? '' : formatDate(t.locale, created),
          )}
        >
          {known(row.original, ({ created }) =>
            created === null ? '–' : formatAge(t.locale, created, now),
          )}
        </span>
      ),
    },
    {
      id: 'actions',
      header: () => <span className="visually-hidden">{t('browse.column.actions')}</span>,
      enableSorting: false,
      meta: { track: '84px', align: 'end' },
      cell: ({ row }) => (
        <PullCell name={row.original.name} onPull={() => actions.pull(row.original)} />
      ),
    },
  ];
  // Headings sort only where a value can be read, although the rows come sorted.
  return columns.map((column) => ({ ...column, accessorFn: ({ name }) => name }));
}
