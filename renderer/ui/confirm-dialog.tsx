import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Problem } from '../../shared/errors/index.ts';
import { useWords } from '../lib/words.tsx';
import { Dialog } from './dialog.tsx';
import { ProblemNote } from './problem-note.tsx';

/** Asks before something is changed that a person may miss. Cancel has the focus; Escape cancels. */
export function ConfirmDialog(props: {
  readonly opened: boolean;
  readonly title: string;
  /** Null where there is nothing to be confirmed (any more). */
  readonly confirmLabel: string | null;
  /** What else than "Cancel" the way out is called. */
  readonly closeLabel?: string;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly danger?: boolean;
  readonly wide?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const t = useWords();
  return (
    <Dialog
      role="alertdialog"
      opened={props.opened}
      title={props.title}
      wide={props.wide ?? false}
      onClose={props.onClose}
    >
      {props.children}
      {props.problem ? <ProblemNote problem={props.problem} /> : null}
      <div className="dialog-actions">
        <Button variant="default" data-autofocus onClick={props.onClose}>
          {props.closeLabel ?? t('browse.cancel')}
        </Button>
        {props.confirmLabel === null ? null : (
          <Button
            {...(props.danger ? { color: 'red' } : {})}
            loading={props.busy}
            onClick={props.onConfirm}
          >
            {props.confirmLabel}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
