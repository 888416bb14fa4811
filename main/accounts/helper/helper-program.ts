import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, readlink, realpath, rename, rm, symlink, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { RegentError } from '../../../shared/errors/index.ts';
import { quoteShell } from '../../../shared/model/command-text.ts';
import { temporaryBeside } from '../../platform/leftovers.ts';
import { writeAtomically } from '../../platform/write-atomically.ts';
import { HELPER_MODULE, isCopyOf, putCopy, readStart, removeCopy } from './helper-copy.ts';

/**
 * What the installed helper is: a launcher of a script for Node (null where this machine has no Node), a link to an
 * executable, which stays beside its own parts, or (on Windows) a copy of both. All paths absolute.
 */
export type HelperProgram =
  | { readonly kind: 'launcher'; readonly node: string | null; readonly script: string }
  | { readonly kind: 'executable'; readonly path: string; readonly script: string }
  | { readonly kind: 'copy'; readonly path: string; readonly script: string };

/** docker looks for exactly this name on its PATH. */
export const HELPER_NAME = 'docker-credential-regent';

const MARK = '# Installed by Regent (regent helper uninstall removes it).';

/** Whatever Node would take from the environment of whoever calls docker, such as an editor's debug terminal. */
const NODE_VARIABLES = [
  ...['NODE_OPTIONS', 'NODE_PATH', 'NODE_EXTRA_CA_CERTS', 'NODE_REPL_EXTERNAL_MODULE'],
  ...['NODE_DEBUG', 'NODE_V8_COVERAGE', 'NODE_COMPILE_CACHE', 'NODE_ICU_DATA'],
  ...['NODE_PENDING_DEPRECATION', 'NODE_PRESERVE_SYMLINKS', 'NODE_PRESERVE_SYMLINKS_MAIN'],
  ...['NODE_REDIRECT_WARNINGS', 'NODE_CHANNEL_FD', 'ELECTRON_RUN_AS_NODE'],
  // Node reads it at its start, and the file it names may name a library to load.
  'OPENSSL_CONF',
];

/** The name that docker looks for, as it is written on the system that this is for: Go starts only an `.exe` there. */
export function helperFileName(program: HelperProgram): string {
  return program.kind === 'copy' ? `${HELPER_NAME}.exe` : HELPER_NAME;
}

/**
 * What the helper is known again by: the text of a launcher, where a link leads, or all of a copy.
 * @throws RegentError `NODE_MISSING`; NodeJS.ErrnoException
 */
export function renderHelper(program: HelperProgram): Buffer {
  if (program.kind === 'copy') return readFileSync(program.path);
  if (program.kind === 'executable') return Buffer.from(program.path);
  if (program.node === null) throw new RegentError('NODE_MISSING', {});
  const lines = [
    '#!/bin/sh',
    MARK,
    `unset ${NODE_VARIABLES.join(' ')}`,
    // Node can't leave a thread that hangs in the keychain, so the script kills itself then, after it has said why.
    // Docker shall see a failure instead of a signal, and nobody the shell's word about it.
    'exec 3>&2 2>/dev/null',
    `(exec ${quoteShell(program.node)} ${quoteShell(program.script)} "$@" 2>&3 3>&-)`,
    'status=$?',
    '[ "$status" -lt 128 ] || status=1',
    'exit "$status"',
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** Puts the helper there, over whatever stands there. @throws as `renderHelper`, and NodeJS.ErrnoException */
export async function putHelper(path: string, program: HelperProgram): Promise<void> {
  if (program.kind === 'launcher') {
    return writeAtomically(path, renderHelper(program), { mode: 0o755 });
  }
  if (program.kind === 'copy') return putCopy(path, program.path);
  const temporary = temporaryBeside(path);
  await symlink(program.path, temporary);
  try {
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Removes the helper and what was put beside it. @throws NodeJS.ErrnoException */
export async function removeHelper(path: string, program: HelperProgram): Promise<void> {
  await (program.kind === 'copy' ? removeCopy(path) : unlink(path));
}

/** Whose a file is: Regent's by its mark, by the hash of what was installed, or because it leads to Regent's own program. */
export async function isRegentsHelper(
  file: string,
  program: HelperProgram,
  installedSha256: string | undefined,
): Promise<boolean> {
  // A link first, also one that leads nowhere by now: an executable is too big to be read for nothing.
  if (await isLinkTo(file, program)) return true;
  const link = await readlink(file).catch(() => undefined);
  const content = link ?? (await readFile(file).catch(() => undefined));
  if (content === undefined) return false;
  if (content.slice(0, 200).toString().includes(MARK)) return true;
  return hashBytes(Buffer.from(content)) === installedSha256;
}

/** Whether the file is a link to Regent's own program, of either kind: its executable, or its script, as npm links a global package's. */
export async function isLinkTo(file: string, program: HelperProgram): Promise<boolean> {
  if (program.kind === 'copy' && (await isCopyOf(file, program.path))) return true;
  const own = program.kind === 'launcher' ? [program.script] : [program.path, program.script];
  const [one, ...others] = await Promise.all(
    [file, ...own].map((path) => realpath(path).catch(() => '')),
  );
  return one !== undefined && one !== '' && others.includes(one);
}

/** What an installed helper needs to be there: the programs that a launcher starts, the end of a link, a copy's module. */
export async function helperParts(file: string): Promise<readonly string[]> {
  const link = await readlink(file).catch(() => undefined);
  if (link !== undefined) return [resolve(dirname(file), link)];
  if (file.endsWith('.exe')) return [join(dirname(file), HELPER_MODULE)];
  const text = (await readStart(file)).toString();
  const line = text.includes(MARK) ? /^\(?exec (.*) "\$@"/m.exec(text)?.[1] : undefined;
  const words = line?.match(/'(?:[^']|'\\'')*'/g) ?? [];
  return words.map((word) => word.slice(1, -1).replaceAll(`'\\''`, `'`));
}

/** SHA-256 of a file's bytes, in hex. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
