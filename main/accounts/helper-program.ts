import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { RegentError } from '../../shared/errors/index.ts';

/**
 * What the installed helper is: a launcher of a script for Node (null where this machine has no Node), or an
 * executable of its own. All paths absolute.
 */
export type HelperProgram =
  | { readonly kind: 'launcher'; readonly node: string | null; readonly script: string }
  | { readonly kind: 'executable'; readonly path: string };

/** docker looks for exactly this name on its PATH. */
export const HELPER_NAME = 'docker-credential-regent';

const MARK = '# Installed by Regent (regent helper uninstall removes it).';

/** Whatever Node would take from the environment of whoever calls docker, such as an editor's debug terminal. */
const NODE_VARIABLES = [
  ...['NODE_OPTIONS', 'NODE_PATH', 'NODE_EXTRA_CA_CERTS', 'NODE_REPL_EXTERNAL_MODULE'],
  ...['NODE_DEBUG', 'NODE_V8_COVERAGE', 'NODE_COMPILE_CACHE', 'NODE_ICU_DATA'],
  ...['NODE_PENDING_DEPRECATION', 'NODE_PRESERVE_SYMLINKS', 'NODE_PRESERVE_SYMLINKS_MAIN'],
  ...['NODE_REDIRECT_WARNINGS', 'NODE_CHANNEL_FD', 'ELECTRON_RUN_AS_NODE'],
];

/** The bytes of the file to install. @throws RegentError `NODE_MISSING`; NodeJS.ErrnoException when an executable can't be read */
export async function renderHelper(program: HelperProgram): Promise<Buffer> {
  if (program.kind === 'executable') return readFile(program.path);
  if (program.node === null) throw new RegentError('NODE_MISSING', {});
  const lines = [
    '#!/bin/sh',
    MARK,
    `unset ${NODE_VARIABLES.join(' ')}`,
    `exec ${quote(program.node)} ${quote(program.script)} "$@"`,
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** Whose a file is: Regent's by its mark, by the hash of what was installed, or because it leads to Regent's own script. */
export async function isRegentsHelper(
  file: string,
  program: HelperProgram,
  installedSha256: string | undefined,
): Promise<boolean> {
  const content = await readFile(file).catch(() => undefined);
  if (!content) return false;
  if (content.subarray(0, 200).toString().includes(MARK)) return true;
  return hashBytes(content) === installedSha256 || (await isLinkTo(file, program));
}

/** Whether the file is a link to Regent's own program, as npm makes for a package installed globally. */
export async function isLinkTo(file: string, program: HelperProgram): Promise<boolean> {
  const own = program.kind === 'launcher' ? program.script : program.path;
  const [one, other] = await Promise.all([file, own].map((path) => realpath(path).catch(() => '')));
  return one !== '' && one === other;
}

/** The programs that an installed launcher starts; none for an executable. */
export async function launcherParts(file: string): Promise<readonly string[]> {
  const text = (await readFile(file)).toString();
  const line = text.includes(MARK) ? /^exec (.*) "\$@"$/m.exec(text)?.[1] : undefined;
  const words = line?.match(/'(?:[^']|'\\'')*'/g) ?? [];
  return words.map((word) => word.slice(1, -1).replaceAll(`'\\''`, `'`));
}

/** SHA-256 of a file's bytes, in hex. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const quote = (word: string) => `'${word.replaceAll(`'`, `'\\''`)}'`;
