import { useWords } from '../../lib/words.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useHelper } from './use-helper.ts';

/** Says what installing the credential helper changes, and installs it after a yes. */
export function HelperDialog(props: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useWords();
  const helper = useHelper();
  return (
    <ConfirmDialog
      opened={props.opened}
      title={t('settings.helperInstallTitle')}
      confirmLabel={t('settings.helperInstall')}
      busy={helper.isBusy}
      problem={helper.problem}
      onConfirm={() => helper.install().then(props.onClose, () => {})}
      onClose={props.onClose}
    >
      <p>{t('settings.helperDoes')}</p>
      <ul className="reverted">
        <li>{t('settings.helperDoesPath')}</li>
        <li>{t('settings.helperDoesConfig', { path: helper.status?.configPath ?? '' })}</li>
        <li>{t('settings.helperDoesUndo')}</li>
      </ul>
    </ConfirmDialog>
  );
}
