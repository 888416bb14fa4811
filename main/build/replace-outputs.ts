import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeAtomically } from '../platform/write-atomically.ts';
import { distFolder } from './project.mjs';

/** A file to be in dist/. */
export interface OutputFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Writes each file whole, so that a program starting meanwhile never reads half of one. */
export async function writeOutputs(files: readonly OutputFile[]): Promise<void> {
  for (const { path, content } of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeAtomically(path, content, { mode: isExecutable(content) ? 0o755 : 0o644 });
  }
}

/** Removes from dist/ what an earlier build left and this one did not make; the paths are absolute. */
export async function removeStale(paths: readonly string[]): Promise<void> {
  const made = new Set(paths);
  const found = await readdir(distFolder, { recursive: true, withFileTypes: true });
  for (const entry of found) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !entry.name.startsWith('.') && !made.has(path)) await rm(path);
  }
}

function isExecutable(content: string | Uint8Array): boolean {
  return Buffer.from(content.slice(0, 2) as Uint8Array).toString() === '#!';
}
