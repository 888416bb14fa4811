import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemIn } from '../../lib/errors.ts';
import { goTo } from '../../lib/navigation.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

/** Asks before a registry is taken off the list, and says what stays. */
export function RemoveDialog(props: {
  readonly address: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const cache = useQueryClient();
  const { address } = props;
  const remove = useMutation(
    api.registries.remove.mutationOptions({
      onSuccess: async () => {
        await cache.invalidateQueries({ queryKey: api.registries.list.key() });
        goTo({ screen: 'home' });
      },
    }),
  );
  return (
    <ConfirmDialog
      danger
      opened={props.opened}
      title={t('registries.remove.title', { address })}
      confirmLabel={t('registries.remove.confirm')}
      busy={remove.isPending}
      problem={problemIn(remove)}
      onConfirm={() => remove.mutate({ address })}
      onClose={props.onClose}
    >
      <p>{t('registries.remove.text')}</p>
    </ConfirmDialog>
  );
}
