import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { EncryptedFilesState } from './encrypted-files-state.tsx';
import { FilesDialog } from './files-dialog.tsx';
import { KeychainDialog } from './keychain-dialog.tsx';
import { KeychainState } from './keychain-state.tsx';

/** Where logins are kept: the keychain, or encrypted files where the user chose them by name. */
export function StorePanel() {
  const t = useWords();
  const { api } = useRegent();
  const store = useQuery(api.accounts.store.queryOptions());
  const [dialog, setDialog] = useState<'files' | 'keychain' | null>(null);
  const title = t('accounts.store.title');
  const problem = problemIn(store);
  const { data } = store;
  const retry = (): void => void store.refetch();
  const close = (): void => setDialog(null);
  const change = (
    <>
      {data?.offersFiles ? (
        <Button variant="default" onClick={() => setDialog('files')}>
          {t(data.file ? 'accounts.store.otherKey' : 'accounts.store.useFiles')}
        </Button>
      ) : null}
      {data?.file && data.keychain.state === 'ready' ? (
        <Button variant="default" onClick={() => setDialog('keychain')}>
          {t('accounts.store.useKeychain')}
        </Button>
      ) : null}
    </>
  );
  return (
    <section className="accounts-part" aria-label={title}>
      <h2>{title}</h2>
      {problem ? <ProblemNote problem={problem} actions={{ retry }} /> : null}
      {data?.file ? (
        <EncryptedFilesState files={data.file} actions={change} onRetry={retry} />
      ) : data ? (
        <KeychainState keychain={data.keychain} actions={change} onRetry={retry} />
      ) : null}
      <KeychainDialog
        name={data?.keychain.name ?? ''}
        opened={dialog === 'keychain'}
        onClose={close}
      />
      {dialog === 'files' ? <FilesDialog onClose={close} /> : null}
    </section>
  );
}
