import { Checkbox } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeletionWish } from '../../../shared/model/deletion.ts';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { useAskToSignIn } from '../sign-in/ask-to-sign-in.tsx';
import { wishFor } from '../sign-in/sign-in-wish.ts';
import { StatusBadge } from '../status-badge.tsx';
import { DeletionResult } from './deletion-result.tsx';
import { PlanTable } from './plan-table.tsx';
import { PlanWords } from './plan-words.tsx';
import { useDeletion } from './use-deletion.ts';

/** Shows exactly what a deletion would do, asks, deletes, and says of each image how it ended. */
export function DeletionDialog(props: {
  readonly address: string;
  readonly repository: string;
  readonly title: string;
  readonly wish: DeletionWish;
  readonly onClose: () => void;
  /** All went well. */
  readonly onDeleted: (images: number) => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const { address, repository } = props;
  const askToSignIn = useAskToSignIn();
  const [withAttached, setWithAttached] = useState(false);
  const wish = { ...props.wish, withAttached };
  const planned = useQuery(
    api.repositories.planDeletion.queryOptions({
      input: { address, repository, wish },
      ...{ staleTime: 0, gcTime: 0, placeholderData: keepPreviousData },
    }),
  );
  const { run, start, stop } = useDeletion(props);
  const plan = planned.data;
  const count = plan?.entries.length ?? 0;
  const isWaiting = run.state === 'waiting';
  const attached = plan?.entries.flatMap((entry) => entry.attached).length ?? 0;
  const confirm = async (): Promise<void> => {
    if (plan && (await start(plan.entries))) props.onDeleted(count);
  };
  const signIn = (): void => askToSignIn(wishFor(run.problem, address, () => void confirm()));
  const canDelete = isWaiting && (planned.isPending || count > 0);
  const closeLabel = run.state === 'running' ? 'deletion.stop' : 'browse.close';
  return (
    <ConfirmDialog
      danger
      opened
      wide
      title={props.title}
      confirmLabel={canDelete ? t('deletion.confirm', { count }) : null}
      {...(canDelete ? {} : { closeLabel: t(closeLabel) })}
      busy={planned.isFetching}
      problem={problemIn(planned)}
      onConfirm={() => void confirm()}
      onClose={run.state === 'running' ? stop : props.onClose}
    >
      {planned.isPending ? <StatusBadge tone="busy" word={t('deletion.looking')} /> : null}
      {plan ? (
        <>
          {count === 0 ? <p>{t('deletion.nothing')}</p> : <PlanTable plan={plan} run={run} />}
          {isWaiting ? <PlanWords plan={plan} /> : <DeletionResult plan={plan} run={run} />}
        </>
      ) : null}
      {run.problem ? (
        <ProblemNote problem={run.problem} actions={isWaiting ? { 'sign-in': signIn } : {}} />
      ) : null}
      {isWaiting && (withAttached || attached > 0) ? (
        <Checkbox
          checked={withAttached}
          label={t('deletion.withAttached')}
          onChange={(event) => setWithAttached(event.currentTarget.checked)}
        />
      ) : null}
    </ConfirmDialog>
  );
}
