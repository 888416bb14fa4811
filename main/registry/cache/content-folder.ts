import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UnsafePath } from '../../platform/check-folder.ts';
import type { Clock } from '../../platform/clock.ts';
import { makeBlobFolders } from './blob-files.ts';
import { ignore, openPrivateFolder } from './private-folder.ts';

/** The folder of the content store, looked at when it is first needed. */
export interface ContentFolder {
  /** Its real path, with the folders that every store has. @throws UnsafePath, NodeJS.ErrnoException */
  path(): Promise<string>;
  /** What to call a failure. */
  faultOf(error: unknown): string;
}

/** In milliseconds: a folder that could not be used may be usable later. */
const LOOK_AGAIN_AFTER = 60_000;

/** What makes a folder an OCI image layout (image-spec, image-layout.md), so that other tools can read it. */
const LAYOUT = {
  'oci-layout': { imageLayoutVersion: '1.0.0' },
  'index.json': { schemaVersion: 2, manifests: [] },
} as const;

/** Nothing is made yet. */
export function openContentFolder(cache: string, clock: Clock): ContentFolder {
  let opened: Promise<string> | undefined;
  let failed: { readonly error: unknown; readonly at: number } | undefined;
  return {
    path: () => {
      if (failed && clock.now() - failed.at < LOOK_AGAIN_AFTER) return Promise.reject(failed.error);
      opened ??= prepare(cache).catch((error: unknown) => {
        opened = undefined;
        failed = { error, at: clock.now() };
        throw error;
      });
      return opened;
    },
    faultOf: (error) => {
      if (error instanceof UnsafePath) return error.reason;
      return (error as NodeJS.ErrnoException).code ?? 'EIO';
    },
  };
}

async function prepare(cache: string): Promise<string> {
  const folder = await openPrivateFolder(cache, 'content');
  try {
    await makeBlobFolders(folder, `sha256:${'0'.repeat(64)}`);
    for (const [name, content] of Object.entries(LAYOUT)) {
      const options = { flag: 'wx', mode: 0o600 } as const;
      const text = JSON.stringify(content);
      await writeFile(join(folder, name), text, options).catch(ignore('EEXIST'));
    }
  } catch (error) {
    // What was kept can still be read.
    if ((error as NodeJS.ErrnoException).code !== 'EROFS') throw error;
  }
  return folder;
}
