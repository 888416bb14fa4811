import { useQuery } from '@tanstack/react-query';
import HardDrive from 'lucide-react/icons/hard-drive';
import { useMemo } from 'react';
import type { LocalImage } from '../../../shared/model/image.ts';
import { problemIn } from '../../lib/errors.ts';
import { useShortcuts } from '../../lib/keys.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { RefreshButton } from '../../ui/refresh-button.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { imageColumns } from './image-columns.tsx';

/** The images of the local engine. */
export function LocalImagesScreen() {
  const t = useWords();
  const { api } = useRegent();
  const images = useQuery(api.images.list.queryOptions({ staleTime: 0 }));
  const refresh = (): void => void images.refetch();
  useShortcuts({ r: refresh });
  const columns = useMemo(() => imageColumns(t, Date.now()), [t]);
  const problem = problemIn(images);
  const title = t('browse.localImages');
  return (
    <Page title={title} documentTitle={title} fill actions={<RefreshButton onRefresh={refresh} />}>
      {problem ? (
        <div className="page-body">
          <ProblemNote problem={problem} tone="attention" actions={{ retry: refresh }} />
        </div>
      ) : images.data ? (
        images.data.length === 0 ? (
          <EmptyState
            icon={<HardDrive size={32} strokeWidth={1.25} />}
            title={t('browse.noImages')}
            text={t('browse.noImagesWhy')}
          />
        ) : (
          <DataTable label={title} rows={images.data} columns={columns} idOf={idOf} />
        )
      ) : (
        <div className="toolbar">
          <StatusBadge tone="busy" word={t('browse.loadingImages')} />
        </div>
      )}
    </Page>
  );
}

const idOf = ({ id }: LocalImage): string => id;
