import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { type ErrorAction, errorTable, type Problem } from '../../shared/errors/index.ts';
import { isRefusedLogin } from '../../shared/errors/refused-login.ts';
import { explainHere } from '../../shared/i18n/words.ts';
import { useWords } from '../lib/words.tsx';
import { Prose } from './prose.tsx';
import { StatusIcon } from './status-badge.tsx';
import { UnlockForm } from './unlock-form.tsx';
import './problem-note.css';

/**
 * What can be done about problems here; the button is shown for the action that the problem names. Encrypted logins can
 * be unlocked anywhere, and `retry` comes after that.
 */
export type ProblemActions = Partial<Record<Exclude<ErrorAction, 'none' | 'unlock'>, () => void>>;

/** A problem where it happened: what, why, what mends it, and a button for that where there is one. */
export function ProblemNote(props: {
  readonly problem: Problem;
  readonly actions?: ProblemActions;
  readonly tone?: 'bad' | 'attention';
  readonly children?: ReactNode;
}) {
  const t = useWords();
  const { what, why, fix } = explainHere(t, props.problem);
  const tone = props.tone ?? 'bad';
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
        <WayOut {...props} />
      </div>
    </div>
  );
}

function WayOut(props: { readonly problem: Problem; readonly actions?: ProblemActions }) {
  const t = useWords();
  const { action } = errorTable[props.problem.code];
  if (action === 'none') return null;
  if (action === 'unlock') return <UnlockForm onUnlocked={props.actions?.retry} />;
  const run = props.actions?.[action];
  if (!run) return null;
  return (
    <Button size="compact-sm" variant="default" mt={6} onClick={run}>
      {isRefusedLogin(props.problem) ? t('registries.signIn.again') : t(`browse.action.${action}`)}
    </Button>
  );
}
