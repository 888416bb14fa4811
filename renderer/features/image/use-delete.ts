import { useCallback } from 'react';
import { errorFromProblem } from '../../../shared/errors/index.ts';
import type { DeletionEntry } from '../../../shared/model/deletion.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import type { ImagePlace } from './image-place.ts';

/** Deletes what a plan names, to the first that can't be; rejects with its problem. */
export function useDelete({ address, repository }: ImagePlace) {
  const { client } = useRegent();
  return useCallback(
    async (entries: readonly DeletionEntry[]): Promise<void> => {
      const orders = entries.map(({ digest, tags, parts }) => ({
        ...{ digest, tags: [...tags], parts: [...parts] },
      }));
      for await (const { problem } of await client.repositories.delete({
        ...{ address, repository, orders },
      })) {
        if (problem) throw errorFromProblem(problem);
      }
    },
    [client, address, repository],
  );
}
