import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The folder of the locked `electron` package. */
export const electronFolder: string = dirname(
  createRequire(import.meta.url).resolve('electron/package.json'),
);

/** A download from which nothing has come for this long is given up. */
const stalledAfterMs = 20_000;

/** The part of `@electron/get`, the package's own downloader, that is used here. */
interface Downloader {
  downloadArtifact(details: {
    readonly version: string;
    readonly artifactName: string;
    readonly platform: string;
    readonly arch: string;
    readonly checksums: unknown;
    readonly downloadOptions: {
      readonly quiet: boolean;
      readonly signal: AbortSignal;
      readonly getProgressCallback: () => Promise<void>;
    };
  }): Promise<string>;
}

/**
 * Puts the official archive into the downloader's cache, from where the package's installer takes it. Slow
 * networks get their time, silent ones don't.
 * @throws {Error} unreachable, stalled, or not the archive that the package's checksums name
 */
export async function fetchOfficialArchive(
  version: string,
  stallMs = stalledAfterMs,
): Promise<void> {
  const ofElectron = createRequire(join(electronFolder, 'package.json'));
  const downloader = (await import(
    pathToFileURL(ofElectron.resolve('@electron/get')).href
  )) as Downloader;
  const stalled = new AbortController();
  const reason = new Error(`nothing came for ${stallMs / 1000} s`);
  const watch = setTimeout(() => stalled.abort(reason), stallMs);
  try {
    await downloader.downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: JSON.parse(await readFile(join(electronFolder, 'checksums.json'), 'utf8')),
      downloadOptions: {
        quiet: true,
        signal: stalled.signal,
        getProgressCallback: async () => {
          watch.refresh();
        },
      },
    });
  } finally {
    clearTimeout(watch);
  }
}
