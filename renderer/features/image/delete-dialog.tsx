import type { ImagePlace } from '../../lib/image-place.ts';
import { goTo } from '../../lib/navigation.ts';
import { useWords } from '../../lib/words.tsx';
import { DeletionDialog } from '../../ui/deletion/deletion-dialog.tsx';

/** Shows what deleting an image would take along, asks, and leads back to the tags. */
export function DeleteDialog(props: { readonly place: ImagePlace; readonly onClose: () => void }) {
  const t = useWords();
  const { address, repository, reference } = props.place;
  return (
    <DeletionDialog
      address={address}
      repository={repository}
      title={t('deletion.title', { name: `${repository} ${reference}` })}
      wish={{ references: [reference] }}
      onDeleted={() => goTo({ screen: 'repository', address, repository })}
      onClose={props.onClose}
    />
  );
}
