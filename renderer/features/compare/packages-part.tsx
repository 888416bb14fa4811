import type { ColumnDef } from '@tanstack/react-table';
import Package from 'lucide-react/icons/package';
import { useMemo } from 'react';
import type { Translator } from '../../../shared/i18n/words.ts';
import type { PackageChange } from '../../../shared/model/image-comparison.ts';
import { useWords } from '../../lib/words.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { kindOf } from './change-kind.ts';
import { ChangeMark } from './change-mark.tsx';
import { ChangeTable } from './change-table.tsx';
import type { FileChanges } from './use-file-changes.ts';

/** The packages that two images have in different versions, or that only one of them has. */
export function PackagesPart({ changes }: { readonly changes: FileChanges }) {
  const t = useWords();
  const { packages, unread } = changes;
  const columns = useMemo(() => packageColumns(t), [t]);
  const unreadNote = unread.length === 0 ? null : t('compare.rpm');
  if (packages.length === 0) {
    return (
      <EmptyState
        icon={<Package size={32} strokeWidth={1.25} />}
        title={t('compare.packages', { count: 0 })}
      >
        {unreadNote === null ? null : <p>{unreadNote}</p>}
      </EmptyState>
    );
  }
  return (
    <>
      <ChangeTable
        label={t('compare.packagesOf')}
        filterLabel={t('compare.filterPackages')}
        changes={packages}
        columns={columns}
        nameOf={nameOf}
        sayCount={(count) => t('compare.packages', { count })}
      />
      {unreadNote === null ? null : <p className="key-hints">{unreadNote}</p>}
    </>
  );
}

const nameOf = ({ name }: PackageChange): string => name;

function packageColumns(t: Translator): readonly ColumnDef<PackageChange>[] {
  const version = (side: 'left' | 'right', header: string): ColumnDef<PackageChange> => ({
    id: side,
    header,
    meta: { track: 'minmax(0, 1fr)' },
    cell: ({ row: { original } }) => {
      const text = original[side];
      return text === null ? null : (
        <code className="clip" dir="ltr" title={text}>
          {text}
        </code>
      );
    },
  });
  return [
    {
      id: 'kind',
      header: t('compare.column.kind'),
      meta: { track: '112px' },
      cell: ({ row }) => <ChangeMark kind={kindOf(row.original)} />,
    },
    {
      id: 'name',
      header: t('compare.column.package'),
      meta: { track: 'minmax(0, 1fr)' },
      cell: ({ row }) => (
        <span className="clip" dir="ltr" title={row.original.name}>
          {row.original.name}
        </span>
      ),
    },
    version('left', t('compare.first')),
    version('right', t('compare.second')),
  ];
}
