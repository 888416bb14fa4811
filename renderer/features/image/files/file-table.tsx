import Folder from 'lucide-react/icons/folder';
import { useMemo, useState } from 'react';
import type { LayerFile } from '../../../../shared/model/layer-file.ts';
import type { ImagePlace } from '../../../lib/image-place.ts';
import { useWords } from '../../../lib/words.tsx';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FilterField } from '../../../ui/filter-field.tsx';
import { NoHits } from '../../../ui/no-hits.tsx';
import { fileColumns } from './file-columns.tsx';
import { FileDialog } from './file-dialog.tsx';
import { matchingRows, type TreeRow, treeOf, treeRows } from './file-tree.ts';

/** The files as a tree to open folder by folder, or as a list of what a filter finds. */
export function FileTable(props: {
  readonly place: ImagePlace;
  readonly digest: string;
  readonly layer?: string;
  readonly files: readonly LayerFile[];
  readonly limit: number | null;
}) {
  const t = useWords();
  const { files, limit } = props;
  const [filter, setFilter] = useState('');
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState<LayerFile | null>(null);
  const tree = useMemo(() => treeOf(files), [files]);
  const wanted = filter.trim();
  const rows = useMemo(
    () => (wanted === '' ? treeRows(tree, opened) : matchingRows(files, wanted)),
    [tree, opened, files, wanted],
  );
  const columns = useMemo(() => fileColumns(t), [t]);
  const setOpen = ({ file }: TreeRow, open: boolean): void => {
    if (file.kind !== 'folder') return;
    const next = new Set(opened);
    if (open) next.add(file.path);
    else next.delete(file.path);
    setOpened(next);
  };
  const openRow = (row: TreeRow): void => {
    if (row.file.kind === 'folder') setOpen(row, !row.open);
    else if (row.file.kind === 'file' || row.file.kind === 'hard-link') setShown(row.file);
  };
  if (files.length === 0) {
    return (
      <EmptyState
        icon={<Folder size={32} strokeWidth={1.25} />}
        title={t('image.files.none')}
        text={t('image.files.noneWhy')}
      />
    );
  }
  return (
    <>
      <div className="toolbar">
        <FilterField label={t('image.files.filter')} value={filter} onChange={setFilter} />
        <span className="toolbar-note" aria-live="polite">
          {limit === null
            ? t('image.files.count', { count: wanted === '' ? files.length : rows.length })
            : t('image.files.limit', { count: limit })}
        </span>
      </div>
      {rows.length === 0 ? (
        <NoHits text={wanted} />
      ) : (
        <>
          <DataTable
            label={t('image.files.label')}
            rows={rows}
            columns={columns}
            idOf={({ file }) => file.path}
            opensOnClick
            onOpen={openRow}
            rowKeys={{
              arrowright: (row) => setOpen(row, true),
              arrowleft: (row) => setOpen(row, false),
            }}
          />
          <p className="key-hints">{t('image.files.keys')}</p>
        </>
      )}
      {shown ? (
        <FileDialog
          {...{ place: props.place, digest: props.digest, file: shown }}
          {...(props.layer === undefined ? {} : { layer: props.layer })}
          onClose={() => setShown(null)}
        />
      ) : null}
    </>
  );
}
