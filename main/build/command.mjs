import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/**
 * Whether Node was started with this very module.
 * @param {string} moduleUrl its `import.meta.url`
 * @returns {boolean}
 */
export function isRunDirectly(moduleUrl) {
  const script = process.argv[1];
  // Node resolves links in the module's address, not in argv.
  return script !== undefined && pathToFileURL(realpathSync(script)).href === moduleUrl;
}

/**
 * Runs a script's work; when it fails, prints the sentence without a stack and ends with status 1.
 * @param {() => Promise<void>} work
 */
export async function exitWithSentence(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
