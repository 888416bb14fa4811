import { runChild } from './run-child.mjs';

const test = 'test/main/build/helper-systems.integration.test.ts';

/**
 * Fetches what the helper of every system is made from, about 250 MB once, where vitest may choose its test by these
 * arguments (file filters are parts of paths). Outside the sandbox, which has no network; what went wrong is shown.
 * @param {boolean} isWanted whether integration tests are run at all
 * @param {readonly string[]} rest @param {readonly string[]} fetch the command
 * @returns {Promise<'1' | undefined>} undefined when they are not there
 */
export async function ensureHelperRuntimes(isWanted, rest, fetch) {
  const isChosen = rest.some((word) => word.startsWith('-') || test.includes(word));
  if (!isWanted || (rest.length > 0 && !isChosen)) return undefined;
  return (await runChild(fetch)).status === 0 ? '1' : undefined;
}
