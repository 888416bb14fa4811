import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import type { DeletionEntry } from '../../../shared/model/deletion.ts';
import { problemOf } from '../../lib/errors.ts';
import { followStream } from '../../lib/follow-stream.ts';
import { useRegent } from '../../lib/regent-context.tsx';

/** How one deletion ended; null is well. */
type End = Problem | null;

/** How far a deletion is. `ends` are by digest, in the order in which they came. */
export interface DeletionRun {
  readonly state: 'waiting' | 'running' | 'ended';
  readonly ends: ReadonlyMap<string, End>;
  /** What ended all of it before its time. */
  readonly problem: Problem | null;
}

const waiting: DeletionRun = { state: 'waiting', ends: new Map(), problem: null };

/** Deletes what a plan names, one by one; who leaves stops it. */
export function useDeletion(place: { readonly address: string; readonly repository: string }) {
  const { api, client } = useRegent();
  const cache = useQueryClient();
  const { address, repository } = place;
  const [run, setRun] = useState(waiting);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (entries: readonly DeletionEntry[]): Promise<boolean> => {
    const control = new AbortController();
    running.current = control;
    const orders = entries.map(({ digest, tags, parts }) => ({ digest, tags, parts }));
    const ends = new Map<string, End>();
    let stopped: Problem | null = null;
    setRun({ state: 'running', ends: new Map(), problem: null });
    try {
      await followStream(
        (signal) => client.repositories.delete({ address, repository, orders }, { signal }),
        control.signal,
        ({ digest, problem }) => {
          ends.set(digest, problem);
          setRun({ state: 'running', ends: new Map(ends), problem: null });
        },
      );
    } catch (error) {
      stopped = problemOf(error);
    }
    void cache.invalidateQueries({ queryKey: api.repositories.tags.key() });
    setRun({ state: ends.size === 0 ? 'waiting' : 'ended', ends, problem: stopped });
    return ends.size === entries.length && [...ends.values()].every((end) => end === null);
  };
  return { run, start, stop: () => running.current?.abort() };
}
