import { useMutation } from '@tanstack/react-query';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useRefreshAccounts } from '../../lib/use-refresh-accounts.ts';
import { useWords } from '../../lib/words.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

/** Moves the logins back into the keychain after a yes. */
export function KeychainDialog(props: {
  readonly name: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const refresh = useRefreshAccounts();
  const choose = useMutation(api.accounts.chooseStore.mutationOptions({ onSettled: refresh }));
  return (
    <ConfirmDialog
      opened={props.opened}
      title={t('accounts.store.keychainTitle')}
      confirmLabel={t('accounts.store.move')}
      busy={choose.isPending}
      problem={problemIn(choose)}
      onConfirm={() => choose.mutate({ kind: 'keychain' }, { onSuccess: props.onClose })}
      onClose={props.onClose}
    >
      <p>{t('accounts.store.keychainText', { name: props.name })}</p>
    </ConfirmDialog>
  );
}
