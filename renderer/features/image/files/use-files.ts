import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../../shared/errors/index.ts';
import { assertNever } from '../../../../shared/model/assert-never.ts';
import type { LayerFile } from '../../../../shared/model/layer-file.ts';
import { problemOf } from '../../../lib/errors.ts';
import { followStream } from '../../../lib/follow-stream.ts';
import { useRegent } from '../../../lib/regent-context.tsx';
import type { ImagePlace } from '../image-place.ts';

/** How far reading the files has come. Bytes are compressed ones. */
export type Reading =
  | { readonly state: 'idle' }
  | { readonly state: 'reading'; readonly done: number; readonly total: number }
  /** `limit`: how many entries there are room for, when there were more. */
  | { readonly state: 'done'; readonly files: readonly LayerFile[]; readonly limit: number | null }
  | { readonly state: 'failed'; readonly problem: Problem };

/** Reads the files of an image, or of one of its layers, when it is told to. */
export function useFiles({ address, repository }: ImagePlace, digest: string) {
  const { client } = useRegent();
  const [reading, setReading] = useState<Reading>({ state: 'idle' });
  const stop = useRef<AbortController>(null);
  const cancel = useCallback((): void => {
    stop.current?.abort();
    setReading({ state: 'idle' });
  }, []);
  const read = useCallback(
    async (layer?: string): Promise<void> => {
      stop.current?.abort();
      const mine = new AbortController();
      stop.current = mine;
      setReading({ state: 'reading', done: 0, total: 0 });
      const files: LayerFile[] = [];
      let limit: number | null = null;
      const input = { address, repository, digest, ...(layer === undefined ? {} : { layer }) };
      try {
        await followStream(
          (signal) => client.repositories.files(input, { signal }),
          mine.signal,
          (event) => {
            switch (event.type) {
              case 'progress':
                setReading({ state: 'reading', done: event.done, total: event.total });
                return;
              case 'files':
                for (const file of event.files) files.push(file);
                return;
              case 'limit':
                limit = event.entries;
                return;
              default:
                assertNever(event);
            }
          },
        );
        if (!mine.signal.aborted) setReading({ state: 'done', files, limit });
      } catch (error) {
        setReading({ state: 'failed', problem: problemOf(error) });
      }
    },
    [client, address, repository, digest],
  );
  useEffect(() => () => stop.current?.abort(), []);
  return { reading, read, cancel };
}
