import Files from 'lucide-react/icons/files';
import { useMemo, useState } from 'react';
import type { FileChange } from '../../../shared/model/image-comparison.ts';
import { useWords } from '../../lib/words.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ChangeTable } from './change-table.tsx';
import { FileChangeDialog, isReadable } from './file-change-dialog.tsx';
import { fileColumns } from './file-columns.tsx';
import type { Both } from './use-comparison.ts';
import type { FileChanges } from './use-file-changes.ts';

/** The files that two images have in different ways, or that only one of them has. */
export function FilesPart(props: { readonly both: Both; readonly changes: FileChanges }) {
  const t = useWords();
  const { files } = props.changes;
  const [shown, setShown] = useState<FileChange | null>(null);
  const columns = useMemo(() => fileColumns(t), [t]);
  if (files.length === 0) {
    return (
      <EmptyState
        icon={<Files size={32} strokeWidth={1.25} />}
        title={t('compare.changes', { count: 0 })}
      />
    );
  }
  return (
    <>
      <ChangeTable
        label={t('compare.filesOf')}
        filterLabel={t('image.files.filter')}
        changes={files}
        columns={columns}
        nameOf={pathOf}
        onOpen={(change) => {
          if (isReadable(change)) setShown(change);
        }}
        sayCount={(count) => t('compare.changes', { count })}
      />
      <p className="key-hints">{t('compare.fileKeys')}</p>
      {shown ? (
        <FileChangeDialog both={props.both} change={shown} onClose={() => setShown(null)} />
      ) : null}
    </>
  );
}

const pathOf = ({ path }: FileChange): string => path;
