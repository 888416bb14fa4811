import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { distFolder, projectFolder } from './project.mjs';

const stampPath = join(distFolder, '.stamp');

/** A hash over everything that the bundles are made from: sources, build rules and locked packages. */
export async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await listSources()) {
    const content = await readFile(join(projectFolder, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Whether dist/ was made, whole, from these very sources. */
export async function isStamped(sources: string, outputs: readonly string[]): Promise<boolean> {
  const stamp = await readFile(stampPath, 'utf8').catch(() => undefined);
  return stamp === sources && outputs.every((output) => existsSync(join(distFolder, output)));
}

/** Notes that dist/ is whole and made from these sources. */
export async function writeStamp(sources: string): Promise<void> {
  await writeFile(stampPath, sources);
}

async function listSources(): Promise<readonly string[]> {
  const folders = await Promise.all(
    ['main', 'renderer', 'shared'].map(async (folder) => {
      const found = await readdir(join(projectFolder, folder), {
        recursive: true,
        withFileTypes: true,
      });
      return found
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(projectFolder.length + 1));
    }),
  );
  return [...folders.flat(), 'package.json', 'package-lock.json', 'tsconfig.json'].sort();
}
