import { useMutation, useQuery } from '@tanstack/react-query';
import type { Account } from '../../../shared/model/account.ts';
import { useAnnounce } from '../../lib/announcer.tsx';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useRefreshAccounts } from '../../lib/use-refresh-accounts.ts';
import { useWords } from '../../lib/words.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';

/** Asks before a login is deleted, and says what stops working and what stays. */
export function SignOutDialog(props: {
  readonly account: Account;
  /** What the registry's other accounts are called. */
  readonly others: readonly string[];
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const announce = useAnnounce();
  const refresh = useRefreshAccounts();
  const helper = useQuery(api.accounts.helperStatus.queryOptions());
  const { account, others } = props;
  const { address, inUse, kind, username } = account;
  const logout = useMutation(
    api.accounts.logout.mutationOptions({
      onSuccess: () => {
        props.onClose();
        announce(t('accounts.signOut.done', { username }));
        void refresh();
      },
    }),
  );
  const programs = (helper.data?.reach ?? [])
    .filter((one) => one.address === address && one.finds === 'regent')
    .map(({ program }) => program);
  return (
    <ConfirmDialog
      opened={props.opened}
      title={t(kind === 'password' ? 'accounts.signOut.title' : 'accounts.signOut.titleToken', {
        address,
        username,
      })}
      confirmLabel={t('accounts.signOut.confirm')}
      busy={logout.isPending}
      problem={problemIn(logout)}
      onConfirm={() => logout.mutate({ address, username })}
      onClose={props.onClose}
    >
      <p>{t('accounts.signOut.deleted')}</p>
      <ul className="reverted">
        {inUse ? (
          <>
            <li>{t('accounts.signOut.regent')}</li>
            {programs.map((program) => (
              <li key={program}>{t('accounts.signOut.program', { program })}</li>
            ))}
          </>
        ) : (
          <li>{t('accounts.signOut.idle')}</li>
        )}
        {others.length > 0 ? <li>{t('accounts.signOut.stay', { usernames: others })}</li> : null}
        {others.length > 0 && inUse ? <li>{t('accounts.signOut.choose')}</li> : null}
      </ul>
    </ConfirmDialog>
  );
}
