import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { explainHere } from '../../shared/i18n/words.ts';
import type { MarkedRepository, Marks } from '../../shared/model/marks.ts';
import { useAnnounce } from './announcer.tsx';
import { problemOf } from './errors.ts';
import { useRegent } from './regent-context.tsx';
import { useWords } from './words.tsx';

const NONE: Marks = { favourites: [], recents: [] };

/** Favourites and what was opened last, and the way to change what is a favourite; that never rejects. */
export interface MarksInHand {
  readonly marks: Marks;
  readonly isFavourite: (one: MarkedRepository) => boolean;
  readonly toggle: (one: MarkedRepository) => void;
}

/** Reads the marks anew whenever a screen that shows them opens. */
export function useMarks(): MarksInHand {
  const t = useWords();
  const { api, client } = useRegent();
  const cache = useQueryClient();
  const announce = useAnnounce();
  const { data: marks = NONE } = useQuery(api.repositories.marks.queryOptions({ staleTime: 0 }));
  const keys = useMemo(() => new Set(marks.favourites.map(keyOf)), [marks]);
  const isFavourite = useCallback((one: MarkedRepository) => keys.has(keyOf(one)), [keys]);
  const toggle = useCallback(
    ({ address, repository }: MarkedRepository): void => {
      const favourite = !keys.has(keyOf({ address, repository }));
      client.repositories.mark({ address, repository, favourite }).then(
        (next) => {
          cache.setQueryData(api.repositories.marks.queryKey(), next);
          announce(t(favourite ? 'browse.marked' : 'browse.unmarked', { repository }));
        },
        (error: unknown) => announce(explainHere(t, problemOf(error)).what),
      );
    },
    [keys, client, cache, api, announce, t],
  );
  return { marks, isFavourite, toggle };
}

const keyOf = ({ address, repository }: MarkedRepository): string => `${address}/${repository}`;
