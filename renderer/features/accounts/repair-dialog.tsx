import { sayRepair } from '../../../shared/i18n/words.ts';
import { problemIn } from '../../lib/errors.ts';
import { useWords } from '../../lib/words.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useHelper } from './use-helper.ts';

/** Shows the exact changes of a repair, and makes them after a yes. */
export function RepairDialog(props: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useWords();
  const { repair, status } = useHelper();
  return (
    <ConfirmDialog
      wide
      opened={props.opened}
      title={t('accounts.helper.repairTitle')}
      confirmLabel={t('accounts.helper.repairConfirm')}
      busy={repair.isPending}
      problem={problemIn(repair)}
      onConfirm={() => repair.mutate(undefined, { onSuccess: props.onClose })}
      onClose={props.onClose}
    >
      <p>{t('accounts.helper.repairDoes')}</p>
      <ul className="reverted">
        {(status.data?.repairs ?? []).map((one) => (
          <li key={JSON.stringify(one)}>{sayRepair(t, one)}</li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}
