import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemIn } from '../lib/errors.ts';
import { useRegent } from '../lib/regent-context.tsx';
import { useWords } from '../lib/words.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Dialog } from './dialog.tsx';
import { RevertedList } from './reverted-list.tsx';

/** Asks before a trust is undone, undoes it, and lists what was put back. */
export function RevokeDialog(props: {
  readonly address: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const cache = useQueryClient();
  const { address } = props;
  const revoke = useMutation(
    api.trust.revoke.mutationOptions({
      onSuccess: () =>
        Promise.all([
          cache.invalidateQueries({ queryKey: api.trust.key() }),
          cache.invalidateQueries({ queryKey: api.registries.status.key() }),
          cache.invalidateQueries({ queryKey: api.repositories.key() }),
        ]),
    }),
  );
  const close = (): void => {
    props.onClose();
    revoke.reset();
  };
  const title = t('registries.revoke.title', { address });
  if (revoke.data) {
    return (
      <Dialog opened={props.opened} title={title} onClose={close}>
        <p role="status">{t('registries.revoke.done')}</p>
        <RevertedList reverted={revoke.data.reverted} />
        <div className="dialog-actions">
          <Button data-autofocus onClick={close}>
            {t('browse.close')}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      opened={props.opened}
      title={title}
      confirmLabel={t('registries.revoke.confirm')}
      busy={revoke.isPending}
      problem={problemIn(revoke)}
      onConfirm={() => revoke.mutate({ address })}
      onClose={close}
    >
      <p>{t('registries.revoke.text')}</p>
    </ConfirmDialog>
  );
}
