import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { distFolder, projectFolder } from '../../main/build/project.mjs';
import { runChild } from './run-child.mjs';

const output = 'release/for-test';
const unpacked = process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked';
const executable = join(projectFolder, output, unpacked, 'regent');
const stampPath = join(projectFolder, output, '.stamp');

/**
 * Packs the built app as it is shipped, but for the one fuse that lets Playwright in, unless that was done with these
 * bundles and this Electron already. Outside the sandbox, where the result is kept.
 * @param {NodeJS.ProcessEnv} env with REGENT_ELECTRON
 * @returns {Promise<string | undefined>} the executable's path; undefined when it could not be packed, which was said
 */
async function ensurePackedApp(env) {
  const stamp = stampOf(env.REGENT_ELECTRON ?? '');
  if (existsSync(executable) && isStamped(stamp)) return executable;
  console.log('Packing the app for the tests …');
  const builder = join(projectFolder, 'node_modules/electron-builder/cli.js');
  const { status, stdout } = await runChild(
    [process.execPath, builder, '--dir', `-c.directories.output=${output}`],
    { env: { ...env, REGENT_PACK_FOR_TEST: '1' }, keepOutput: true },
  );
  if (status !== 0) {
    console.error(`${stdout}\nThe app could not be packed.`);
    return undefined;
  }
  writeFileSync(stampPath, stamp);
  return executable;
}

/** Everything that the package is made from; dist/.stamp stands for the sources. @param {string} electron */
function stampOf(electron) {
  const hash = createHash('sha256').update(electron);
  for (const path of [join(distFolder, '.stamp'), join(projectFolder, 'electron-builder.yml')]) {
    hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** @param {string} stamp */
const isStamped = (stamp) => existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp;

const packedTest = 'test/e2e/packed.e2e.test.ts';

/**
 * Packs the app for its test, where vitest may choose that by these arguments (file filters are parts of paths) and there
 * is an Electron; REGENT_PACKED then names the executable.
 * @param {NodeJS.ProcessEnv} env @param {readonly string[]} rest @returns {Promise<boolean>} false when it failed
 */
export async function packForTest(env, rest) {
  const isChosen = rest.some((word) => word.startsWith('-') || packedTest.includes(word));
  if (env.REGENT_ELECTRON === undefined || (rest.length > 0 && !isChosen)) return true;
  env.REGENT_PACKED = await ensurePackedApp(env);
  return env.REGENT_PACKED !== undefined;
}
