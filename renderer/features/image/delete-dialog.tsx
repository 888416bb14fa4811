import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { formatBytes } from '../../../shared/i18n/words.ts';
import type { DeletionEntry, DeletionPlan } from '../../../shared/model/deletion.ts';
import { problemIn } from '../../lib/errors.ts';
import { goTo } from '../../lib/navigation.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { ImagePlace } from './image-place.ts';
import { useDelete } from './use-delete.ts';

/** Shows what deleting an image would take along, and asks. */
export function DeleteDialog(props: { readonly place: ImagePlace; readonly onClose: () => void }) {
  const t = useWords();
  const { api } = useRegent();
  const cache = useQueryClient();
  const { address, repository, reference } = props.place;
  const input = { address, repository, wish: { references: [reference] } };
  const planned = useQuery(
    api.repositories.planDeletion.queryOptions({ input, staleTime: 0, gcTime: 0 }),
  );
  const deleteAll = useDelete(props.place);
  const deletion = useMutation({
    mutationFn: (plan: DeletionPlan) => deleteAll(plan.entries),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: api.repositories.tags.key() });
      goTo({ screen: 'repository', address, repository });
    },
  });
  const plan = planned.data;
  return (
    <ConfirmDialog
      danger
      opened
      title={t('image.delete.title', { name: `${repository} ${reference}` })}
      confirmLabel={t('image.delete.confirm')}
      busy={deletion.isPending || planned.isPending}
      problem={problemIn(planned) ?? problemIn(deletion)}
      onConfirm={() => {
        if (plan) deletion.mutate(plan);
      }}
      onClose={props.onClose}
    >
      {planned.isPending ? <StatusBadge tone="busy" word={t('image.delete.looking')} /> : null}
      {plan?.entries.map((entry) => (
        <EntryText key={entry.digest} entry={entry} />
      ))}
      {plan && plan.frees !== null ? (
        <p>{t('image.delete.frees', { size: formatBytes(t.locale, plan.frees) })}</p>
      ) : null}
      <p className="dimmed">{t('image.delete.collect')}</p>
    </ConfirmDialog>
  );
}

function EntryText({ entry }: { readonly entry: DeletionEntry }) {
  const t = useWords();
  const { alsoLost, heldBy } = entry;
  return (
    <>
      {alsoLost.length === 0 ? null : (
        <p>
          <strong>
            {t('image.delete.alsoLost', { count: alsoLost.length, tags: alsoLost.join(', ') })}
          </strong>
        </p>
      )}
      {heldBy.length === 0 ? null : (
        <p>{t('image.delete.heldBy', { count: heldBy.length, tags: heldBy.join(', ') })}</p>
      )}
    </>
  );
}
