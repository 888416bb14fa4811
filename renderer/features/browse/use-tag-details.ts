import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import { problemOf } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { type TagDetail, TagDetails } from './tag-details.ts';
import type { KnownTags } from './use-tags.ts';

/** The details of a repository's tags, with those that were kept from an earlier day. */
export function useTagDetails(
  address: string,
  repository: string,
  known: KnownTags | undefined,
): TagDetails {
  const { client } = useRegent();
  const details = useMemo(
    () =>
      new TagDetails(
        (tag, signal) => client.repositories.tag({ address, repository, tag }, { signal }),
        problemOf,
        (call) => requestAnimationFrame(call),
      ),
    [client, address, repository],
  );
  const { details: kept, names } = known ?? {};
  useMemo(() => details.keep(kept ?? []), [details, kept]);
  useEffect(() => {
    if (names) details.only(names);
  }, [details, names]);
  useEffect(() => () => details.close(), [details]);
  return details;
}

/** What is known of one tag, followed: only the cells of that tag are drawn again. */
export function useTagDetail(details: TagDetails, name: string): TagDetail | undefined {
  return useSyncExternalStore(details.subscribe, () => details.get(name));
}

/** The other tags of the same digest, followed. */
export function useSameAs(details: TagDetails, name: string): readonly string[] {
  return useSyncExternalStore(details.subscribe, () => details.sameAs(name));
}

/** Why no more details come, if so. Once the registry takes requests again, it goes on by itself. */
export function useHalt(details: TagDetails): Problem | null {
  const halt = useSyncExternalStore(details.subscribe, () => details.halted);
  const seconds = halt?.code === 'RATE_LIMITED' ? halt.data.seconds : 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each halt has a wait of its own
  useEffect(() => {
    if (seconds <= 0) return;
    // Longer waits than a timer can hold are left to the person.
    const timer = setTimeout(details.resume, Math.min(seconds * 1000, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [details, halt, seconds]);
  return halt;
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
