import { mkdirSync, readFileSync, renameSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { labFolder } from './processes.ts';

/**
 * Makes a costly part once per sandbox: the first test file that asks makes it, later ones (other processes) get
 * the same plain data. What `make` starts must outlive its process (`outliving: true`); the sandbox ends it.
 * @param key names the part within this sandbox
 */
export async function share<T extends object>(key: string, make: () => Promise<T>): Promise<T> {
  const folder = join(labFolder, 'shared');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${key}.json`);
  const release = await lock(join(folder, `${key}.lock`));
  try {
    const known = read<T>(file);
    if (known !== undefined) return known;
    const made = await make();
    writeFileSync(`${file}.new`, JSON.stringify(made));
    renameSync(`${file}.new`, file);
    return made;
  } finally {
    release();
  }
}

function read<T>(file: string): T | undefined {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
  // Written by `share` itself, in this sandbox, for this key.
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

/** A folder as a lock: only one process can make it. One left by a killed process is given up after a minute. */
async function lock(path: string): Promise<() => void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      mkdirSync(path);
      return () => rmdirSync(path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if (Date.now() > deadline) throw new Error(`${path} has been held for a minute.`);
      await sleep(20);
    }
  }
}
