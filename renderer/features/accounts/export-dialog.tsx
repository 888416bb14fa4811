import { Button } from '@mantine/core';
import type { Account, AccountFormat } from '../../../shared/model/account.ts';
import { commandText } from '../../../shared/model/command-text.ts';
import { useWords } from '../../lib/words.tsx';
import { CommandLine } from '../../ui/command-line.tsx';
import { Dialog } from '../../ui/dialog.tsx';

const formats: readonly AccountFormat[] = ['k8s-secret', 'dockerconfigjson'];

/** Says how the terminal writes a login down for other programs; the window never sees its secret. */
export function ExportDialog(props: { readonly account: Account; readonly onClose: () => void }) {
  const t = useWords();
  const { address, username } = props.account;
  return (
    <Dialog wide opened title={t('accounts.export.title', { address })} onClose={props.onClose}>
      <p>{t('accounts.export.text')}</p>
      {formats.map((format) => (
        <div key={format}>
          <p>{t(`accounts.export.${format}`)}</p>
          <CommandLine
            command={commandText(
              ['regent', 'accounts', 'export', address, '-u', username].concat('--format', format),
            )}
            copyLabel={`${t('accounts.export.copy')}: ${t(`accounts.export.${format}`)}`}
          />
        </div>
      ))}
      <div className="dialog-actions">
        <Button data-autofocus onClick={props.onClose}>
          {t('browse.close')}
        </Button>
      </div>
    </Dialog>
  );
}
