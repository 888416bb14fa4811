import { useCallback } from 'react';
import type { FileChange, PackageChange } from '../../../shared/model/image-comparison.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useReading } from '../../lib/use-reading.ts';
import type { Both } from './use-comparison.ts';

/** How two images differ by their files and packages. */
export interface FileChanges {
  readonly files: readonly FileChange[];
  readonly packages: readonly PackageChange[];
  /** Whose lists of packages are there and can't be read. */
  readonly unread: readonly 'rpm'[];
}

/** Compares the files and packages of two images when it is told to. */
export function useFileChanges({ left, right }: Both) {
  const { client } = useRegent();
  const {
    reading,
    read: readAll,
    cancel,
  } = useReading<FileChanges>(`${left.reference} ${right.reference}`);
  const read = useCallback((): Promise<void> => {
    const files: FileChange[] = [];
    let rest: Omit<FileChanges, 'files'> = { packages: [], unread: [] };
    return readAll({
      open: (signal) => client.repositories.compareFiles({ left, right }, { signal }),
      receive: (event) => {
        if (event.type === 'files') for (const file of event.files) files.push(file);
        if (event.type === 'packages') rest = { packages: event.packages, unread: event.unread };
      },
      result: () => ({ files, ...rest }),
    });
  }, [client, left, right, readAll]);
  return { reading, read, cancel };
}
