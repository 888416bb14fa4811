import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this bundle: the preload script, the page and the icon lie beside it. */
export const bundleFolder = dirname(fileURLToPath(import.meta.url));

/**
 * The folder of the programs that others start. In a packed app they lie beside the archive, since only
 * Electron can look into it.
 */
export const programsFolder = unpackedFolder(bundleFolder);

/** The place outside app.asar that electron-builder's `asarUnpack` gives to a folder inside it. */
export function unpackedFolder(folder: string): string {
  return folder.replace(/([\\/]app\.asar)(?=[\\/]|$)/, '$1.unpacked');
}
