import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { type ErrorAction, errorTable, type Problem } from '../../shared/errors/index.ts';
import { isRefusedLogin } from '../../shared/errors/refused-login.ts';
import { explain } from '../../shared/i18n/words.ts';
import { useWords } from '../lib/words.tsx';
import { Prose } from './prose.tsx';
import { StatusIcon } from './status-badge.tsx';
import { UnlockForm } from './unlock-form.tsx';
import './problem-note.css';

/** What can be done about problems here; the button is shown for the action that the problem names. */
export type ProblemActions = Partial<Record<Exclude<ErrorAction, 'none'>, () => void>>;

/** A problem where it happened: what, why, what mends it, and a button for that where there is one. */
export function ProblemNote(props: {
  readonly problem: Problem;
  readonly actions?: ProblemActions;
  readonly tone?: 'bad' | 'attention';
  readonly children?: ReactNode;
}) {
  const t = useWords();
  const { what, why, fix } = explain(t, props.problem);
  const tone = props.tone ?? 'bad';
  const { action } = errorTable[props.problem.code];
  const run = action === 'none' ? undefined : props.actions?.[action];
  return (
    <div className={`problem-note problem-${tone}`} role="alert">
      <StatusIcon tone={tone} size={16} />
      <div className="problem-text">
        <p className="problem-what">
          <Prose text={what} />
        </p>
        <p className="problem-why">
          <Prose text={why} />
        </p>
        <p>
          <Prose text={fix} />
        </p>
        {props.children}
        {props.problem.code === 'STORE_LOCKED' ? (
          <UnlockForm onUnlocked={props.actions?.retry} />
        ) : run ? (
          <Button size="compact-sm" variant="default" mt={6} onClick={run}>
            {isRefusedLogin(props.problem)
              ? t('registries.signIn.again')
              : t(`browse.action.${action}` as 'browse.action.retry')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
