import type { ColumnDef } from '@tanstack/react-table';
import { formatAge, formatBytes, formatDate, type Translator } from '../../../shared/i18n/words.ts';
import type { Tag } from '../../../shared/model/image.ts';
import { dateOfTag } from '../../../shared/model/tag-date.ts';
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
      meta: { track: 'minmax(112px, 2.2fr)' },
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
      meta: { track: 'minmax(84px, 1.4fr)' },
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
      meta: { track: '128px' },
      cell: ({ row }) => (
        <DetailCell
          details={details}
          name={row.original}
          show={(tag) => {
            const date = dateOfTag(tag);
            return date === null ? '–' : formatAge(t.locale, date, now);
          }}
          title={(tag) => sayDate(t, tag)}
        />
      ),
    },
    {
      id: 'actions',
      header: () => <span className="visually-hidden">{t('browse.column.actions')}</span>,
      enableSorting: false,
      meta: { track: '76px', align: 'end' },
      cell: ({ row }) => <PullCell name={row.original} onPull={pull} />,
    },
  ];
  // Headings sort only where a value can be read, although the rows come sorted.
  return columns.map((column) => ({ ...column, accessorFn: (name) => name }));
}

/** A tag's date in full; that it is the one of the push, where nothing better is known. */
function sayDate(t: Translator, tag: Tag): string {
  const { created, pushed = null } = tag;
  if (created !== null) return formatDate(t.locale, created);
  return pushed === null ? '' : t('browse.pushedAt', { date: formatDate(t.locale, pushed) });
}
