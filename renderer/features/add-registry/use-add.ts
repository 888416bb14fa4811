import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { type Flow, isToBeAdded } from './flow.ts';

/** Puts the registry into the list as soon as the run has come that far. */
export function useAdd(flow: Flow) {
  const { api } = useRegent();
  const cache = useQueryClient();
  const add = useMutation(
    api.registries.add.mutationOptions({
      onSettled: () =>
        Promise.all([
          cache.invalidateQueries({ queryKey: api.registries.list.key() }),
          cache.invalidateQueries({ queryKey: api.registries.status.key() }),
        ]),
    }),
  );
  const { mutate } = add;
  const address = flow.target?.address;
  const scheme = flow.report?.scheme ?? 'https';
  const due = isToBeAdded(flow);
  useEffect(() => {
    if (due && address !== undefined) mutate({ address, scheme });
  }, [due, address, scheme, mutate]);
  return {
    isAdded: due && add.isSuccess,
    problem: problemIn(add),
    retry: () => address !== undefined && mutate({ address, scheme }),
  };
}
