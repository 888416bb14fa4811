import { useAnnounce } from '../../lib/announcer.tsx';
import { useWords } from '../../lib/words.tsx';
import { DeletionDialog } from '../../ui/deletion/deletion-dialog.tsx';
import { CleanUpDialog } from './clean-up-dialog.tsx';

/** What is to be deleted: tags by name, or what a rule fits. */
export type Deletion = readonly string[] | 'by-rule';

/** Deletes tags of a repository, after showing what that means. */
export function TagDialogs(props: {
  readonly address: string;
  readonly repository: string;
  readonly deletion: Deletion | null;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const announce = useAnnounce();
  const { deletion, onClose, ...place } = props;
  const onDeleted = (count: number): void => {
    announce(t('deletion.allDeleted', { count }));
    onClose();
  };
  if (deletion === null) return null;
  if (deletion === 'by-rule') {
    return <CleanUpDialog {...place} onDeleted={onDeleted} onClose={onClose} />;
  }
  const [first = ''] = deletion;
  const title =
    deletion.length === 1
      ? t('deletion.title', { name: `${place.repository} ${first}` })
      : t('deletion.titleOfMany', { count: deletion.length, repository: place.repository });
  return (
    <DeletionDialog
      {...place}
      title={title}
      wish={{ references: [...deletion] }}
      onDeleted={onDeleted}
      onClose={onClose}
    />
  );
}
