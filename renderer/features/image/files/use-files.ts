import { useCallback } from 'react';
import type { LayerFile } from '../../../../shared/model/layer-file.ts';
import type { ImagePlace } from '../../../lib/image-place.ts';
import { useRegent } from '../../../lib/regent-context.tsx';
import { useReading } from '../../../lib/use-reading.ts';

/** The files of an image or of a layer. `limit`: how many entries there are room for, when there were more. */
interface ReadFiles {
  readonly files: readonly LayerFile[];
  readonly limit: number | null;
}

/** Reads the files of an image, or of one of its layers, when it is told to. */
export function useFiles({ address, repository }: ImagePlace, digest: string) {
  const { client } = useRegent();
  const { reading, read: readAll, cancel } = useReading<ReadFiles>(digest);
  const read = useCallback(
    (layer?: string): Promise<void> => {
      const files: LayerFile[] = [];
      let limit: number | null = null;
      const input = { address, repository, digest, ...(layer === undefined ? {} : { layer }) };
      return readAll({
        open: (signal) => client.repositories.files(input, { signal }),
        receive: (event) => {
          if (event.type === 'files') for (const file of event.files) files.push(file);
          if (event.type === 'limit') limit = event.entries;
        },
        result: () => ({ files, limit }),
      });
    },
    [client, address, repository, digest, readAll],
  );
  return { reading, read, cancel };
}
