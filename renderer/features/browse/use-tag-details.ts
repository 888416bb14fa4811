import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { problemOf } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { TagDetails } from './tag-details.ts';

/** The details of a repository's tags, and a number that changes with them. `round` starts them anew. */
export function useTagDetails(
  address: string,
  repository: string,
  round: number,
): { readonly details: TagDetails; readonly version: number } {
  const { client } = useRegent();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round means new details
  const details = useMemo(
    () =>
      new TagDetails(
        (tag, signal) => client.repositories.tag({ address, repository, tag }, { signal }),
        problemOf,
        (call) => requestAnimationFrame(call),
      ),
    [client, address, repository, round],
  );
  useEffect(() => () => details.close(), [details]);
  const version = useSyncExternalStore(details.subscribe, details.getVersion);
  return { details, version };
}
