import { createReadStream, createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { createGunzip } from 'node:zlib';
import { type Extract, extract } from 'tar-stream';

/**
 * Writes one file of a .tgz to `target`.
 * @throws {Error} when the archive is damaged or has no such entry
 */
export async function extractTarEntry(
  archive: string,
  name: string,
  target: string,
): Promise<void> {
  const entries = extract();
  const [found] = await Promise.all([
    writeEntry(entries, name, target),
    pipeline(createReadStream(archive), createGunzip(), entries),
  ]);
  if (!found) throw new Error(`${archive} has no ${name}`);
}

async function writeEntry(entries: Extract, name: string, target: string): Promise<boolean> {
  let found = false;
  for await (const entry of entries) {
    if (entry.header.name === name) {
      found = true;
      await pipeline(entry, createWriteStream(target));
    } else {
      entry.resume();
    }
  }
  return found;
}

/** Unpacks a whole .zip with the extractor that the `electron` package brings for its own. */
export async function extractZip(archive: string, folder: string): Promise<void> {
  const ofElectron = createRequire(createRequire(import.meta.url).resolve('electron/package.json'));
  const path = ofElectron.resolve('@electron-internal/extract-zip');
  const extractor = (await import(pathToFileURL(path).href)) as {
    extract(archive: string, options: { dir: string }): Promise<void>;
  };
  await extractor.extract(archive, { dir: folder });
}
