import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { problemOf } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { type TagDetail, TagDetails } from './tag-details.ts';

/** The details of a repository's tags. `round` starts them anew. */
export function useTagDetails(address: string, repository: string, round: number): TagDetails {
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
  return details;
}

/** What is known of one tag, followed: only the cells of that tag are drawn again. */
export function useTagDetail(details: TagDetails, name: string): TagDetail | undefined {
  return useSyncExternalStore(details.subscribe, () => details.get(name));
}

/** Between two new orders while details come in, in milliseconds. */
const SORT_AGAIN = 400;

/** A number that grows, now and then, with the details; it stands still unless `active`. */
export function useDetailsVersion(details: TagDetails, active: boolean): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    if (!active) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = details.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setVersion((before) => before + 1);
      }, SORT_AGAIN);
    });
    return () => {
      leave();
      clearTimeout(timer);
    };
  }, [details, active]);
  return version;
}
