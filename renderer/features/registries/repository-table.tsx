import type { ColumnDef } from '@tanstack/react-table';
import FolderTree from 'lucide-react/icons/folder-tree';
import { useMemo } from 'react';
import { goTo } from '../../lib/navigation.ts';
import { useWords } from '../../lib/words.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { useStable } from '../../ui/data-table/use-stable.ts';
import { FilterField } from '../../ui/filter-field.tsx';
import { NoHits } from '../../ui/no-hits.tsx';
import { ToolbarToggle } from '../../ui/toolbar-toggle.tsx';
import { ReadingState } from './reading-state.tsx';
import { RepositoryCell, RepositorySideCell } from './repository-cell.tsx';
import './repository-list.css';
import { folderAround, type RepositoryRow } from './repository-rows.ts';
import type { KnownRepositories } from './use-repositories.ts';
import { useRepositoryRows } from './use-repository-rows.ts';

/** The list of repositories with its filter, its folders and its favourites. */
export function RepositoryTable(props: {
  readonly address: string;
  /** What it is a list of: the registry, or a namespace on it. */
  readonly place: string;
  readonly known: KnownRepositories;
  readonly isReading: boolean;
  readonly favourites: readonly string[];
  readonly onStar: (repository: string) => void;
}) {
  const t = useWords();
  const { address, place, known } = props;
  const list = useRepositoryRows(place, known.names, props.favourites);
  const turn = useStable(list.turn);
  const star = useStable(props.onStar);
  const columns = useMemo<readonly ColumnDef<RepositoryRow>[]>(
    () => [
      {
        id: 'name',
        header: t('browse.column.repository'),
        enableSorting: false,
        meta: { track: 'minmax(0, 1fr)' },
        cell: ({ row }) => <RepositoryCell row={row.original} onTurn={turn} />,
      },
      {
        id: 'side',
        header: () => <span className="visually-hidden">{t('browse.column.actions')}</span>,
        enableSorting: false,
        meta: { track: 'minmax(44px, max-content)', align: 'end' },
        cell: ({ row }) => <RepositorySideCell row={row.original} onStar={star} />,
      },
    ],
    [t, turn, star],
  );
  const open = (row: RepositoryRow): void => {
    if (row.kind === 'folder') list.turn(row);
    else goTo({ screen: 'repository', address, repository: row.name });
  };
  /** To the right into a folder, to the left out of it, as in every tree. */
  const step = (row: RepositoryRow, side: 'left' | 'right'): RepositoryRow | undefined => {
    if (row.kind === 'folder' && row.isOpen !== (side === 'right')) {
      list.turn(row);
      return undefined;
    }
    if (side === 'left') return folderAround(list.rows, row);
    return row.kind === 'folder' ? list.rows[list.rows.indexOf(row) + 1] : undefined;
  };
  return (
    <>
      <div className="toolbar">
        <FilterField
          label={t('browse.filterRepositories')}
          value={list.filter}
          onChange={list.setFilter}
        />
        {list.hasFolders ? (
          <ToolbarToggle
            label={t('browse.folders')}
            icon={<FolderTree size={14} aria-hidden="true" />}
            isOn={!list.isFlat}
            onChange={(isOn) => list.setFlat(!isOn)}
          />
        ) : null}
        <ReadingState known={known} isReading={props.isReading} count={list.count} />
      </div>
      {list.rows.length === 0 ? (
        <NoHits text={list.filter.trim()} />
      ) : (
        <>
          <DataTable
            label={t('browse.repositoriesOf', { address: place })}
            rows={list.rows}
            columns={columns}
            idOf={idOf}
            keptAs={`repositories row ${place}`}
            opensOnClick
            onOpen={open}
            onSide={step}
            rowKeys={{
              s: (row) => row.kind === 'repository' && props.onStar(row.name),
            }}
          />
          <p className="key-hints">{t('browse.repositoryKeys')}</p>
        </>
      )}
    </>
  );
}

const idOf = ({ id }: RepositoryRow): string => id;
