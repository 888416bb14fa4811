import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useRegent } from './regent-context.tsx';
import { rescueFocus } from './rescue-focus.ts';

/** Asks anew for all that depends on who is signed in where; settled once the answers are there and shown. */
export function useRefreshAccounts(): () => Promise<unknown> {
  const { api } = useRegent();
  const cache = useQueryClient();
  return useCallback(
    () =>
      Promise.all(
        [api.accounts.key(), api.registries.status.key(), api.repositories.key()].map((queryKey) =>
          cache.invalidateQueries({ queryKey }),
        ),
      ).then(rescueFocus),
    [api, cache],
  );
}
