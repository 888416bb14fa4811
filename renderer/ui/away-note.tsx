import { Button } from '@mantine/core';
import CloudOff from 'lucide-react/icons/cloud-off';
import { useState } from 'react';
import type { Problem } from '../../shared/errors/index.ts';
import { explainHere, formatAge, formatClock, type Translator } from '../../shared/i18n/words.ts';
import { useWords } from '../lib/words.tsx';
import './away-note.css';
import { Prose } from './prose.tsx';

/** Over a list that can't be read anew right now: why, how old the list is, and a button that tries again. */
export function AwayNote(props: {
  readonly problem: Problem;
  /** ISO 8601: when the list below was read; null when it is no older than the screen. */
  readonly keptAt: string | null;
  readonly onRetry: () => void;
}) {
  const t = useWords();
  const { problem, keptAt } = props;
  const [now] = useState(() => Date.now());
  const reset = sayReset(t, problem, now);
  const { what, why, fix } = explainHere(t, problem);
  return (
    <div className="away-note" role="alert">
      <CloudOff size={16} aria-hidden="true" className="away-icon" />
      <div className="away-text">
        <p>
          <strong>
            <Prose text={what} />
          </strong>
          {keptAt === null ? null : (
            <> {t('browse.shownAsOf', { age: formatAge(t.locale, keptAt, now) })}</>
          )}
          {reset === null ? null : ` ${reset}`}
        </p>
        <p className="dimmed">
          <Prose text={`${why} ${fix}`} />
        </p>
      </div>
      <Button size="compact-sm" variant="default" onClick={props.onRetry}>
        {t('browse.action.retry')}
      </Button>
    </div>
  );
}

/** When a registry that wants fewer requests takes some again, from `now` in milliseconds; null for other problems. */
export function sayReset(t: Translator, problem: Problem, now: number): string | null {
  if (problem.code !== 'RATE_LIMITED' || problem.data.seconds <= 0) return null;
  const time = formatClock(t.locale, now + problem.data.seconds * 1000, now);
  return t('browse.limitedUntil', { time });
}
