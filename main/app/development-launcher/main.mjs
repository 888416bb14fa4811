// Copied into the development runtime, which has no default app: makes `electron FOLDER` work in it.
// It must be an ES module, since Electron waits for one before `ready`; so the app may still register its scheme.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

// Electron's own default app calls these; its type declarations leave them out.
const self =
  /** @type {import('electron').App & Record<'setAppPath' | 'setVersion', (value: string) => void>} */ (
    app
  );

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (folder === undefined) {
  console.error('usage: electron FOLDER');
  self.exit(2);
} else {
  const path = resolve(folder);
  const { name, productName, version, main } = JSON.parse(
    readFileSync(join(path, 'package.json'), 'utf8'),
  );
  self.setAppPath(path);
  self.setName(productName ?? name);
  self.setVersion(version);
  await import(pathToFileURL(join(path, main ?? 'index.js')).href);
}
