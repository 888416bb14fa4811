import { Button, Radio } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import type { SecretStoreChoice } from '../../../shared/model/secret-store.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { usePrivateCall } from '../../lib/use-private-call.ts';
import { useRefreshAccounts } from '../../lib/use-refresh-accounts.ts';
import { useWords } from '../../lib/words.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { KeyFields, type KeyKind, noKey, readChoice } from './key-fields.tsx';

/** The explicit choice of encrypted files, with what opens them. The passphrase goes to the main process once. */
export function FilesDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useWords();
  const { client } = useRegent();
  const refresh = useRefreshAccounts();
  const { isBusy, problem, run } = usePrivateCall();
  const [kind, setKind] = useState<KeyKind>('passphrase');
  const [key, setKey] = useState(noKey);
  const formId = useId();
  const choice: SecretStoreChoice | null = readChoice(kind, key);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!choice || isBusy) return;
    setKey(noKey);
    if (!(await run(() => client.accounts.chooseStore(choice)))) return;
    onClose();
    await refresh();
  };
  const kinds = [
    ['passphrase', t('accounts.store.byPassphrase'), t('accounts.store.byPassphraseMeans')],
    ['key-file', t('accounts.store.byKeyFile'), t('accounts.store.byKeyFileMeans')],
  ] as const;
  return (
    <Dialog opened title={t('accounts.store.filesTitle')} onClose={onClose}>
      <p>{t('accounts.store.filesText')}</p>
      {problem ? <ProblemNote problem={problem} /> : null}
      <form id={formId} className="files-form" onSubmit={(event) => void submit(event)}>
        <fieldset className="plain-fieldset">
          <legend>{t('accounts.store.openedBy')}</legend>
          {kinds.map(([value, label, means]) => (
            <Radio
              key={value}
              name="opened-by"
              size="xs"
              label={label}
              description={means}
              checked={kind === value}
              disabled={isBusy}
              onChange={() => setKind(value)}
            />
          ))}
        </fieldset>
        <KeyFields kind={kind} value={key} busy={isBusy} onChange={setKey} />
      </form>
      <div className="dialog-actions">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('browse.cancel')}
        </Button>
        <Button type="submit" form={formId} loading={isBusy} disabled={choice === null}>
          {t('accounts.store.move')}
        </Button>
      </div>
    </Dialog>
  );
}
