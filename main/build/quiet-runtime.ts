/**
 * The variables by which Bun takes code or a debugger from the environment. They work in compiled executables too, and
 * no switch of the compiler turns them off: `BUN_OPTIONS=--preload=x.js` runs x.js in the credential helper,
 * `BUN_BE_BUN=1` makes it a whole Bun.
 */
const variables = ['BUN_OPTIONS', 'BUN_BE_BUN', 'BUN_INSPECT'];

/** Options of JavaScriptCore, set by `BUN_JSC_…`, that read code or more options from a file, or open its insides. */
const engineOptions = [
  ...['JSC_functionOverrides', 'JSC_configFile', 'JSC_diskCachePath'],
  ...['JSC_useDollarVM', 'JSC_evalMode', 'JSC_exposeInternalModuleLoader'],
];

/** No variable's name can hold one. */
const NUL = 0;
/** The name of an option ends before the first one. */
const EQUALS = '='.charCodeAt(0);

/** All the names that a quiet runtime does not hold any more. */
export const deafTo: readonly string[] = [...variables, ...engineOptions];

/**
 * Makes a runtime deaf to these: their names in its bytes, changed in place, become names that nobody can set. Which
 * ones there are is the pinned version's affair; the tests start the result in a hostile environment.
 * @throws {Error} when a name is not there, since another version may read it from somewhere else
 */
export function quietRuntime(runtime: Buffer): Buffer {
  const quiet = Buffer.from(runtime);
  for (const name of variables) replaceAt(quiet, name, 0, NUL);
  for (const name of engineOptions) replaceAt(quiet, name, 'JSC_'.length, EQUALS);
  return quiet;
}

/** Puts a byte over one of the name's, `offset` bytes into it, wherever it stands. */
function replaceAt(bytes: Buffer, name: string, offset: number, byte: number): void {
  let at = bytes.indexOf(name);
  if (at < 0) throw new Error(`the runtime does not know ${name}`);
  for (; at >= 0; at = bytes.indexOf(name, at + 1)) bytes[at + offset] = byte;
}
