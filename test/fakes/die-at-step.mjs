// Loaded into a program before it starts (node --import): counts its changes on disk, and at the chosen one the whole
// process is gone, by SIGKILL: what is in memory, no code gets to tidy up. A write that is cut off is done by half.
//   REGENT_DIE_AT    the step, from 0; without it the program lives, and the number of its steps is written down
//   REGENT_STEPS     the file for that

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { kill, pid } from 'node:process';

const { REGENT_DIE_AT, REGENT_STEPS } = process.env;
const last = REGENT_DIE_AT === undefined ? Number.POSITIVE_INFINITY : Number(REGENT_DIE_AT);
let steps = 0;

/** @param {() => void} [half] what is still done of the last step */
function step(half) {
  if (steps === last) {
    half?.();
    kill(pid, 'SIGKILL');
  }
  steps += 1;
}

/** @type {Record<string, any>} */
const files = fs.promises;
for (const name of [
  'mkdir',
  'rename',
  'unlink',
  'rm',
  'rmdir',
  'symlink',
  'link',
  'copyFile',
  'chmod',
  'chown',
]) {
  const real = files[name];
  files[name] = (/** @type {unknown[]} */ ...args) => {
    step();
    return real(...args);
  };
}
const open = files.open;
files.open = async (
  /** @type {string} */ path,
  /** @type {unknown} */ flags,
  /** @type {unknown} */ mode,
) => {
  const changes = flags !== undefined && flags !== 'r' && typeof flags === 'string';
  if (changes) step();
  const handle = await open(path, flags, mode);
  if (!changes) return handle;
  for (const name of ['writeFile', 'chmod', 'chown', 'truncate', 'sync']) {
    const real = handle[name].bind(handle);
    handle[name] = (/** @type {any[]} */ ...args) => {
      const half = () => fs.writeSync(handle.fd, args[0].slice(0, args[0].length / 2));
      step(name === 'writeFile' ? half : undefined);
      return real(...args);
    };
  }
  return handle;
};
syncBuiltinESMExports();

if (REGENT_STEPS !== undefined) {
  process.on('exit', () => fs.writeFileSync(REGENT_STEPS, String(steps)));
}
