/** What `npm test` can be narrowed to, in the order they run. */
const parts = /** @type {const} */ (['check', 'unit', 'integration', 'e2e', 'bench', 'shell']);

/** @typedef {(typeof parts)[number]} Part */

/** What runs when nothing is asked for. @type {readonly Part[]} */
const usual = ['check', 'unit', 'integration', 'e2e'];

/** @param {string} word @returns {word is Part} */
const isPart = (word) => parts.some((part) => part === word);

/**
 * Reads `[--only PART[,PART…]] [argument…]`; the arguments go to vitest (file filters, -t …), or are the command for
 * `--only shell`.
 * @param {readonly string[]} argv
 * @returns {{ chosen: readonly Part[], rest: readonly string[] }}
 * @throws {Error} naming a part that does not exist
 */
export function readTestArguments(argv) {
  const [flag, list = '', ...others] = argv;
  const only = flag === '--only';
  const wanted = only ? list.split(',') : [...usual];
  const unknown = wanted.find((word) => !isPart(word));
  if (unknown !== undefined) {
    throw new Error(`--only takes ${parts.join(', ')}; not "${unknown}"`);
  }
  const rest = only ? others : [...argv];
  return {
    chosen: parts.filter((part) => wanted.includes(part)),
    rest: rest[0] === '--' ? rest.slice(1) : rest,
  };
}
