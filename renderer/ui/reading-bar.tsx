import { Button, Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Reading } from '../lib/use-reading.ts';
import { useWords } from '../lib/words.tsx';
import './reading-bar.css';
import { RegistryProblem } from './registry-problem.tsx';

/**
 * Begins to read what takes its time, shows how far that is, and gives it up; says before what will be done, and why it
 * failed. `children` stand before the button. Nothing of it is left when all is read, but for them.
 */
export function ReadingBar(props: {
  readonly reading: Reading<unknown>;
  /** The registry that is read from. */
  readonly address: string;
  readonly label: string;
  readonly hint: string;
  readonly onStart: () => void;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
}) {
  const t = useWords();
  const { reading, onStart } = props;
  return (
    <>
      {reading.state === 'done' && !props.children ? null : (
        <div className="toolbar">
          {props.children}
          {reading.state === 'reading' ? (
            <>
              <Button variant="default" size="compact-sm" onClick={props.onCancel}>
                {t('browse.cancel')}
              </Button>
              <Progress
                className="reading-progress"
                aria-label={t('image.files.reading')}
                value={reading.total > 0 ? (reading.done / reading.total) * 100 : 0}
              />
            </>
          ) : reading.state === 'done' ? null : (
            <Button variant="default" size="compact-sm" onClick={onStart}>
              {props.label}
            </Button>
          )}
        </div>
      )}
      {reading.state === 'idle' ? <p className="reading-hint">{props.hint}</p> : null}
      {reading.state === 'failed' ? (
        <div className="fill-note">
          <RegistryProblem
            {...{ address: props.address, problem: reading.problem }}
            {...{ onRetry: onStart, onSignedIn: onStart }}
          />
        </div>
      ) : null}
    </>
  );
}
