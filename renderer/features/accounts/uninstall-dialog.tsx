import { problemIn } from '../../lib/errors.ts';
import { useWords } from '../../lib/words.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useHelper } from './use-helper.ts';

/** Says what no longer works without the credential helper, and removes it after a yes. */
export function UninstallDialog(props: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useWords();
  const { status, uninstall } = useHelper();
  return (
    <ConfirmDialog
      opened={props.opened}
      title={t('accounts.helper.uninstallTitle')}
      confirmLabel={t('accounts.helper.uninstallConfirm')}
      busy={uninstall.isPending}
      problem={problemIn(uninstall)}
      onConfirm={() => uninstall.mutate(undefined, { onSuccess: props.onClose })}
      onClose={props.onClose}
    >
      <p>{t('accounts.helper.uninstallText', { path: status.data?.configPath ?? '' })}</p>
    </ConfirmDialog>
  );
}
