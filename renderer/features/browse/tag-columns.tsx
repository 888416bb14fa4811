import type { ColumnDef } from '@tanstack/react-table';
import { formatAge, formatBytes, formatDate, type Translator } from '../../../shared/i18n/words.ts';
import { shortDigest } from './short-digest.ts';
import { shortPlatforms } from './short-platforms.ts';
import { DetailCell, DigestCell, NameCell, PullCell } from './tag-cells.tsx';
import type { TagDetails } from './tag-details.ts';

/** The columns of the table of tags, whose rows are names. `now` is in milliseconds since 1970. */
export function tagColumns(
  t: Translator,
  now: number,
  address: string,
  details: TagDetails,
  pull: (name: string) => void,
): readonly ColumnDef<string>[] {
  const columns: readonly ColumnDef<string>[] = [
    {
      id: 'name',
      header: t('browse.column.tag'),
      sortDescFirst: true,
      meta: { track: 'minmax(112px, 1.8fr)' },
      cell: ({ row }) => <NameCell details={details} name={row.original} />,
    },
    {
      id: 'digest',
      header: t('browse.column.digest'),
      enableSorting: false,
      meta: { track: '134px' },
      cell: ({ row }) => (
        <DigestCell address={address} details={details} name={row.original} show={shortDigest} />
      ),
    },
    {
      id: 'platforms',
      header: t('browse.column.platforms'),
      enableSorting: false,
      meta: { track: 'minmax(100px, 1.4fr)' },
      cell: ({ row }) => (
        <DetailCell
          details={details}
          name={row.original}
          show={({ platforms }) => shortPlatforms(platforms)}
          title={({ platforms }) => platforms.join(', ')}
        />
      ),
    },
    {
      id: 'size',
      header: t('browse.column.size'),
      sortDescFirst: true,
      meta: { track: '84px', align: 'end' },
      cell: ({ row }) => (
        <DetailCell
          details={details}
          name={row.original}
          show={({ size }) => (size === null ? '–' : formatBytes(t.locale, size))}
        />
      ),
    },
    {
      id: 'created',
      header: t('browse.column.created'),
      sortDescFirst: true,
      meta: { track: '144px' },
      cell: ({ row }) => (
        <DetailCell
          details={details}
          name={row.original}
          show={({ created }) => (created === null ? '–' : formatAge(t.locale, created, now))}
          title={({ created }) => (created === null ? '' : formatDate(t.locale, created))}
        />
      ),
    },
    {
      id: 'actions',
      header: () => <span className="visually-hidden">{t('browse.column.actions')}</span>,
      enableSorting: false,
      meta: { track: '84px', align: 'end' },
      cell: ({ row }) => <PullCell name={row.original} onPull={pull} />,
    },
  ];
  // Headings sort only where a value can be read, although the rows come sorted.
  return columns.map((column) => ({ ...column, accessorFn: (name) => name }));
}
