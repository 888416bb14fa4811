import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { usePrivateCall } from '../../lib/use-private-call.ts';
import { useWords } from '../../lib/words.tsx';
import { Dialog } from '../dialog.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { HeaderForm } from './header-form.tsx';
import { HeaderList } from './header-list.tsx';
import './headers.css';

/** The headers that a service before a registry wants to see: names, never values, and a way to set and remove them. */
export function HeadersDialog(props: { readonly address: string; readonly onClose: () => void }) {
  const t = useWords();
  const { api, client } = useRegent();
  const cache = useQueryClient();
  const { address, onClose } = props;
  const headers = useQuery(api.headers.list.queryOptions({ input: { address } }));
  const { isBusy, problem, run } = usePrivateCall();
  const change = async (call: () => Promise<unknown>): Promise<boolean> => {
    const isDone = (await run(call)) !== null;
    if (isDone) {
      await cache.invalidateQueries({ queryKey: api.headers.list.key({ input: { address } }) });
      // The registry may answer differently from now on.
      void cache.invalidateQueries({ queryKey: api.registries.status.key({ input: { address } }) });
      void cache.invalidateQueries({ queryKey: api.repositories.key({ input: { address } }) });
    }
    return isDone;
  };
  const shown = problem ?? problemIn(headers);
  return (
    <Dialog opened title={t('registries.headers.title', { address })} onClose={onClose}>
      <p>{t('registries.headers.text')}</p>
      <p className="dimmed">{t('registries.headers.engine')}</p>
      {shown ? <ProblemNote problem={shown} /> : null}
      <HeaderList
        headers={headers.data ?? []}
        busy={isBusy}
        onRemove={(name) => void change(() => client.headers.remove({ address, name }))}
      />
      <HeaderForm
        busy={isBusy}
        onSet={(name, value) => change(() => client.headers.set({ address, name, value }))}
      />
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose}>
          {t('browse.close')}
        </Button>
      </div>
    </Dialog>
  );
}
