import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

/** Asks before the login of a registry is taken out of the keychain. */
export function SignOutDialog(props: {
  readonly address: string;
  readonly username: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const cache = useQueryClient();
  const { address, username } = props;
  const logout = useMutation(
    api.accounts.logout.mutationOptions({
      onSuccess: async () => {
        await Promise.all([
          cache.invalidateQueries({ queryKey: api.accounts.key() }),
          cache.invalidateQueries({ queryKey: api.registries.status.key() }),
          cache.invalidateQueries({ queryKey: api.repositories.key() }),
        ]);
        props.onClose();
      },
    }),
  );
  return (
    <ConfirmDialog
      opened={props.opened}
      title={t('registries.signOut.title', { address })}
      confirmLabel={t('registries.signOut.confirm')}
      busy={logout.isPending}
      problem={problemIn(logout)}
      onConfirm={() => logout.mutate({ address })}
      onClose={props.onClose}
    >
      <p>{t('registries.signOut.text', { username })}</p>
    </ConfirmDialog>
  );
}
