import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { CommandLine } from '../command-line.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { Dialog } from '../dialog.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { ChangeList } from './change-list.tsx';
import { RevertedList } from './reverted-list.tsx';

/** Asks before a trust is undone, with exactly what that changes, undoes it, and lists what was put back. */
export function RevokeDialog(props: {
  /** Null for every trust there is. */
  readonly address: string | null;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const cache = useQueryClient();
  const { address } = props;
  const revoke = useMutation(
    api.trust.revoke.mutationOptions({
      onSuccess: () =>
        Promise.all([
          cache.invalidateQueries({ queryKey: api.trust.list.key() }),
          cache.invalidateQueries({ queryKey: api.registries.status.key() }),
          cache.invalidateQueries({ queryKey: api.repositories.key() }),
        ]),
    }),
  );
  const close = (): void => {
    props.onClose();
    revoke.reset();
  };
  const title =
    address === null ? t('registries.revoke.titleAll') : t('registries.revoke.title', { address });
  if (revoke.data) {
    return (
      <Dialog opened={props.opened} title={title} onClose={close}>
        <p role="status">{t('registries.revoke.done')}</p>
        <RevertedList reverted={revoke.data.reverted} />
        <div className="dialog-actions">
          <Button data-autofocus onClick={close}>
            {t('browse.close')}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      wide
      opened={props.opened}
      title={title}
      confirmLabel={t('registries.revoke.confirm')}
      busy={revoke.isPending}
      problem={problemIn(revoke)}
      onConfirm={() => revoke.mutate(wishFor(address))}
      onClose={close}
    >
      <p>{t(address === null ? 'registries.revoke.textAll' : 'registries.revoke.text')}</p>
      {props.opened ? <WayBack address={address} /> : null}
    </ConfirmDialog>
  );
}

function wishFor(address: string | null): { address?: string } {
  return address === null ? {} : { address };
}

function WayBack({ address }: { readonly address: string | null }) {
  const t = useWords();
  const { api } = useRegent();
  const way = useQuery(
    api.trust.planRevoke.queryOptions({ input: wishFor(address), staleTime: 0, gcTime: 0 }),
  );
  const problem = problemIn(way);
  if (problem) return <ProblemNote problem={problem} tone="attention" />;
  if (!way.data) return null;
  const { changes, elevated, script } = way.data;
  return (
    <section className="plan" aria-label={t('registries.revoke.changes')}>
      <div className="plan-head">
        <h3>{t('registries.revoke.changes')}</h3>
        <span className="dimmed">
          {elevated ? t('registries.plan.asksOnce') : t('registries.plan.notElevated')}
        </span>
      </div>
      <ChangeList changes={changes.map(({ change }) => change)} />
      {script.trim() === '' ? null : (
        <details>
          <summary>{t('registries.plan.showScript')}</summary>
          <CommandLine command={script} copyLabel={t('registries.plan.copyScript')} />
        </details>
      )}
    </section>
  );
}
