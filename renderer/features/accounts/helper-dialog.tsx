import { problemIn } from '../../lib/errors.ts';
import { useWords } from '../../lib/words.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useHelper } from './use-helper.ts';

/** Says what installing the credential helper changes, for all registries or for one, and does it after a yes. */
export function HelperDialog(props: {
  /** The only registry to be routed to Regent; all with an account where it is not given. */
  readonly address?: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { install, status } = useHelper();
  const { address } = props;
  const path = status.data?.configPath ?? '';
  const confirm = (): void =>
    install.mutate(address === undefined ? {} : { addresses: [address] }, {
      onSuccess: props.onClose,
    });
  return (
    <ConfirmDialog
      opened={props.opened}
      title={
        address === undefined
          ? t('accounts.helper.installTitle')
          : t('accounts.helper.installFor', { address })
      }
      confirmLabel={t(
        address === undefined ? 'accounts.helper.installConfirm' : 'accounts.helper.letConfirm',
      )}
      busy={install.isPending}
      problem={problemIn(install)}
      onConfirm={confirm}
      onClose={props.onClose}
    >
      <p>{t('accounts.helper.does')}</p>
      <ul className="reverted">
        {status.data?.installed ? null : <li>{t('accounts.helper.doesPath')}</li>}
        <li>
          {address === undefined
            ? t('accounts.helper.doesConfig', { path })
            : t('accounts.helper.doesOne', { path, address })}
        </li>
        <li>{t('accounts.helper.doesUndo')}</li>
      </ul>
    </ConfirmDialog>
  );
}
