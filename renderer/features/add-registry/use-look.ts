import { type Dispatch, useCallback, useEffect, useRef } from 'react';
import { problemOf } from '../../lib/errors.ts';
import { followStream } from '../../lib/follow-stream.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import type { FlowEvent, Target } from './flow.ts';

/** Looks at servers, one at a time: a new look, or leaving the screen, ends the one before. */
export function useLook(dispatch: Dispatch<FlowEvent>): {
  readonly look: (target: Target) => void;
  readonly stop: () => void;
} {
  const { client } = useRegent();
  const running = useRef<AbortController | null>(null);
  const look = useCallback(
    (target: Target) => {
      running.current?.abort();
      const mine = new AbortController();
      running.current = mine;
      dispatch({ type: 'look', target });
      followStream(
        (signal) =>
          client.registries.probe(
            { address: target.address, ...(target.complete ? { complete: true } : {}) },
            { signal },
          ),
        mine.signal,
        (event) => dispatch(event),
      ).catch((error: unknown) => dispatch({ type: 'fail', problem: problemOf(error) }));
    },
    [client, dispatch],
  );
  const stop = useCallback(() => {
    running.current?.abort();
    dispatch({ type: 'stop' });
  }, [dispatch]);
  useEffect(() => () => running.current?.abort(), []);
  return { look, stop };
}
